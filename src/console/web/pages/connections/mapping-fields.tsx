import { useState } from 'react'
import type { ReactNode } from 'react'
import type { ActionField, Json, JsonObject } from '../../../server/api'
import { Toggle } from '../../ui/choices'
import { TextField } from '../../ui/field'
import { Note } from '../../ui/page'
import { Fold } from '../../ui/steps'

interface MappingFieldsProps {
  fields: ActionField[]
  values: JsonObject
  problemOf(field: string): string | undefined
  hintOf(field: string): string | undefined
  onChange(values: JsonObject): void
}

export function MappingFields(props: MappingFieldsProps): ReactNode {
  const visible = props.fields.filter(({ isHidden }) => !isHidden)
  const hidden = props.fields.filter(({ isHidden }) => isHidden)
  return (
    <>
      <Note>
        <code>$.userId</code> takes a value from the event, other text is sent as it is, and an object in JSON can hold
        a directive such as <code>{'{"@if": …}'}</code>. An empty field is left out.
      </Note>
      {visible.map((field) => (
        <MappingField key={field.key} field={field} {...props} />
      ))}
      {hidden.length > 0 && (
        <Fold title="Hidden fields">
          {hidden.map((field) => (
            <MappingField key={field.key} field={field} {...props} />
          ))}
        </Fold>
      )}
    </>
  )
}

function MappingField(props: MappingFieldsProps & { field: ActionField }): ReactNode {
  const { field, values, problemOf, hintOf, onChange } = props
  const { key, label, description, type, required } = field
  const [text, setText] = useState(() => textOfField(values[key]))

  if (type === 'boolean') {
    return (
      <Toggle
        label={label}
        description={description}
        isOn={values[key] === true}
        onToggle={(isOn) => onChange({ ...values, [key]: isOn })}
      />
    )
  }

  function change(next: string): void {
    setText(next)
    const { [key]: _removed, ...others } = values
    const value = fieldOfText(next)
    onChange(value === undefined ? others : { ...others, [key]: value })
  }

  return (
    <TextField
      label={label}
      description={description}
      isRequired={required === 'always' || required === 'conditional'}
      isMono
      value={text}
      problem={problemOf(key) ?? problemOf(`fields.${key}`)}
      hint={hintOf(`fields.${key}`)}
      onChange={({ target }) => change(target.value)}
    />
  )
}

/**
 * A field's mapping as one line of text: `$.userId` is a path in the event, `{…}` is a directive or an object, and
 * anything else is a literal.
 */
function textOfField(value: Json | undefined): string {
  if (value === undefined) {
    return ''
  }
  if (isPath(value)) {
    return value['@path']
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The opposite. `undefined` leaves the field out. */
function fieldOfText(text: string): Json | undefined {
  const trimmed = text.trim()
  if (trimmed === '') {
    return undefined
  }
  if (trimmed === '$' || trimmed.startsWith('$.')) {
    return { '@path': trimmed }
  }
  if (trimmed.startsWith('{') || trimmed.startsWith('[')) {
    try {
      return JSON.parse(trimmed) as Json
    } catch {
      // Not JSON yet: a literal until it is.
    }
  }
  return text
}

function isPath(value: Json): value is { '@path': string } {
  return (
    value !== null &&
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.keys(value).length === 1 &&
    typeof value['@path'] === 'string'
  )
}
