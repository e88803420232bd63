import type { ReactNode } from 'react'
import type { ActionField, Json, JsonObject } from '../../../server/api'
import { Toggle } from '../../ui/choices'
import { TextField } from '../../ui/field'
import { Note } from '../../ui/page'
import { Fold } from '../../ui/steps'

interface MappingFieldsProps {
  fields: ActionField[]
  values: JsonObject
  /** Texts that are not JSON yet, by the key of their field. They are not part of the values. */
  texts: Record<string, string>
  problemOf(field: string): string | undefined
  hintOf(field: string): string | undefined
  onChange(values: JsonObject, texts: Record<string, string>): void
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
  const { field, values, texts, problemOf, hintOf, onChange } = props
  const { key, label, description, type, required } = field

  if (type === 'boolean') {
    return (
      <Toggle
        label={label}
        description={description}
        isOn={values[key] === true}
        onToggle={(isOn) => onChange({ ...values, [key]: isOn }, texts)}
      />
    )
  }

  function change(text: string): void {
    const { [key]: _value, ...otherValues } = values
    const { [key]: _text, ...otherTexts } = texts
    const { value, problem } = fieldOfText(text)
    if (problem !== undefined) {
      onChange(values, { ...texts, [key]: text })
    } else {
      const isSame = textOfField(value) === text
      onChange(
        value === undefined ? otherValues : { ...values, [key]: value },
        isSame ? otherTexts : { ...otherTexts, [key]: text }
      )
    }
  }

  const text = texts[key] ?? textOfField(values[key])
  return (
    <TextField
      label={label}
      description={description}
      isRequired={required === 'always' || required === 'conditional'}
      isMono
      value={text}
      problem={fieldOfText(text).problem ?? problemOf(key) ?? problemOf(`fields.${key}`)}
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

/** The opposite. A value that is undefined leaves the field out. */
export function fieldOfText(text: string): { value?: Json; problem?: string } {
  const trimmed = text.trim()
  if (trimmed === '') {
    return {}
  }
  if (trimmed === '$' || trimmed.startsWith('$.')) {
    return { value: { '@path': trimmed } }
  }
  if (trimmed.startsWith('{') || trimmed.startsWith('[')) {
    try {
      return { value: JSON.parse(trimmed) as Json }
    } catch (error) {
      return { problem: `This is not valid JSON: ${(error as SyntaxError).message}. ${LITERAL}` }
    }
  }
  return { value: text }
}

/** How to send a text that looks like JSON. */
const LITERAL = 'For text that begins with { or [, write {"@template": "…"}.'

function isPath(value: Json): value is { '@path': string } {
  return (
    value !== null &&
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.keys(value).length === 1 &&
    typeof value['@path'] === 'string'
  )
}
