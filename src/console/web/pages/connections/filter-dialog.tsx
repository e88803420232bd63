import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Filter, FilterAction, NewFilter } from '../../../server/api'
import { useChange } from '../../data/use-api'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { SelectField, TextArea, TextField } from '../../ui/field'
import { Form, FormActions } from '../../ui/form'
import { Banner } from '../../ui/state'
import { useToast } from '../../ui/toasts'

interface FilterDialogProps {
  destinationId: string
  /** Absent for a new one. */
  filter?: Filter
  onClose(): void
}

const NEW: NewFilter = { title: '', condition: 'type = "track"', action: { type: 'DROP' } }

/** A new filter, or one that is edited. The server checks it as a run of `deliver` does. */
export function FilterDialog({ destinationId, filter, onClose }: FilterDialogProps): ReactNode {
  const [{ title, condition, action }, setEdited] = useState<NewFilter>(filter ?? NEW)
  const [form, setForm] = useState(() => toForm(action))
  const add = useChange('POST /api/destinations/:id/filters')
  const change = useChange('PATCH /api/destinations/:id/filters/:filter')
  const toast = useToast()
  const saving = filter ? change : add
  const { error } = saving
  const isComplete = title.trim() !== '' && condition.trim() !== '' && isCompleteAction(form)

  function edit(part: Partial<NewFilter>): void {
    // What was wrong may be right now.
    saving.reset()
    setEdited((current) => ({ ...current, ...part }))
  }

  function editAction(edited: ActionForm): void {
    saving.reset()
    setForm(edited)
  }

  function submit(): void {
    const body = { title: title.trim(), condition, action: toAction(form) }
    const onSuccess = () => {
      toast('Filter saved.')
      onClose()
    }
    if (filter) {
      change.mutate({ params: { id: destinationId, filter: filter.id }, body }, { onSuccess })
    } else {
      add.mutate({ params: { id: destinationId }, body }, { onSuccess })
    }
  }

  return (
    <Dialog
      title={filter ? 'Edit Filter' : 'New Filter'}
      description="It is applied to each event before the mappings, as Segment does."
      onClose={onClose}
    >
      <Form onSubmit={submit}>
        <TextField
          label="Title"
          value={title}
          maxLength={200}
          onChange={({ target }) => edit({ title: target.value })}
        />
        <TextArea
          label="Condition"
          description={
            <>
              In Segment’s FQL, such as <code>type = "track"</code>. For every event: <code>all</code>.
            </>
          }
          value={condition}
          problem={error?.problemOf('condition')}
          onChange={({ target }) => edit({ condition: target.value })}
        />
        <ActionFields form={form} problem={error?.problemOf('action')} onChange={editAction} />
        {error && !error.problem.fields && <Banner kind="bad">{error.message}</Banner>}
        <FormActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={!isComplete || saving.isPending}>
            Save filter
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}

interface ActionFieldsProps {
  form: ActionForm
  problem?: string
  onChange(form: ActionForm): void
}

function ActionFields({ form, problem, onChange }: ActionFieldsProps): ReactNode {
  const { type, percent, path, names } = form
  const isSample = type === 'SAMPLE'
  return (
    <>
      <SelectField
        label="Action"
        value={type}
        choices={ACTIONS}
        problem={type === 'DROP' ? problem : undefined}
        onChoose={(value) => onChange({ ...form, type: value as FilterAction['type'] })}
      />
      {isSample && (
        <>
          <TextField
            label="Percent"
            description="How many of the events it keeps, from 0 to 100."
            type="number"
            value={percent}
            problem={percent === '' || isShare(percent) ? problem : 'Write a number from 0 to 100.'}
            onChange={({ target }) => onChange({ ...form, percent: target.value })}
          />
          <TextField
            label="Sample by"
            description="A field such as userId, so that a user’s events are kept or dropped together. Empty: each event for itself."
            isMono
            value={path}
            onChange={({ target }) => onChange({ ...form, path: target.value })}
          />
        </>
      )}
      {!isSample && type !== 'DROP' && (
        <TextArea
          label="Fields"
          description="One per line, such as properties.email or context.traits.email."
          value={names}
          problem={problem}
          onChange={({ target }) => onChange({ ...form, names: target.value })}
        />
      )}
    </>
  )
}

/** An action as the user types it. */
interface ActionForm {
  type: FilterAction['type']
  percent: string
  path: string
  names: string
}

const ACTIONS: { value: FilterAction['type']; label: string }[] = [
  { value: 'DROP', label: 'Drop the event' },
  { value: 'SAMPLE', label: 'Sample: keep a share of the events' },
  { value: 'DROP_PROPERTIES', label: 'Remove fields' },
  { value: 'ALLOW_PROPERTIES', label: 'Keep only these fields' }
]

function toForm({ type, percent, path = '', fields = {} }: FilterAction): ActionForm {
  return { type, percent: percent === undefined ? '' : toPercent(percent), path, names: namesOf(fields).join('\n') }
}

function toAction({ type, percent, path, names }: ActionForm): FilterAction {
  switch (type) {
    case 'DROP':
      return { type }
    case 'SAMPLE':
      return { type, percent: Number(percent) / 100, path: path.trim() }
    case 'DROP_PROPERTIES':
    case 'ALLOW_PROPERTIES':
      return { type, fields: fieldsIn(names) }
  }
}

function isCompleteAction({ type, percent, names }: ActionForm): boolean {
  switch (type) {
    case 'DROP':
      return true
    case 'SAMPLE':
      return isShare(percent)
    case 'DROP_PROPERTIES':
    case 'ALLOW_PROPERTIES':
      return names.trim() !== ''
  }
}

function isShare(percent: string): boolean {
  return percent.trim() !== '' && Number(percent) >= 0 && Number(percent) <= 100
}

/** `0.07` as `7`, in spite of binary fractions. */
export function toPercent(share: number): string {
  return String(Number((share * 100).toPrecision(10)))
}

/** `{ "context.traits": ["email"] }` as `context.traits.email`. */
export function namesOf(fields: Record<string, string[]>): string[] {
  return Object.entries(fields).flatMap(([place, keys]) => keys.map((key) => (place === '' ? key : `${place}.${key}`)))
}

function fieldsIn(text: string): Record<string, string[]> {
  const fields: Record<string, string[]> = {}
  for (const name of text.split(/[\s,]+/).filter(Boolean)) {
    const dot = name.lastIndexOf('.')
    const place = dot === -1 ? '' : name.slice(0, dot)
    fields[place] = [...(fields[place] ?? []), name.slice(dot + 1)]
  }
  return fields
}
