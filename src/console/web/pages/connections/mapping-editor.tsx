import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { Action, JsonObject, Mapping, MappingCheck, Preview } from '../../../server/api'
import { call } from '../../../client/call'
import type { ApiError } from '../../../client/call'
import { changeDraft, discardDraft, useDraft } from '../../data/drafts'
import type { Draft } from '../../data/drafts'
import { useApi, useChange } from '../../data/use-api'
import { Button } from '../../ui/button'
import { Toggle } from '../../ui/choices'
import { JsonCode } from '../../ui/code'
import { MappingSteps } from '../../ui/delivery-steps'
import { ConfirmDialog } from '../../ui/dialog'
import { TextArea, TextField } from '../../ui/field'
import { Form, FormActions } from '../../ui/form'
import { Card, Note } from '../../ui/page'
import { StartFrom } from '../../ui/start-from'
import { Banner, Empty, Loaded } from '../../ui/state'
import { Fold, Steps } from '../../ui/steps'
import { useToast } from '../../ui/toasts'
import { destinationPath } from './add-destination-page'
import { fieldOfText, MappingFields } from './mapping-fields'
import styles from './mappings.module.css'

interface MappingEditorProps {
  destinationId: string
  mapping: Mapping
  action: Action
  onClose(): void
}

/** Trigger and fields of one mapping, checked as Segment checks them and previewed on a real event. */
export function MappingEditor({ destinationId, mapping, action, onClose }: MappingEditorProps): ReactNode {
  const address = mappingAddress(destinationId, mapping.id)
  const draft = useDraft(address)
  const { mapping: edited = mapping, texts = {} } = draft
  const change = (part: Partial<Mapping>, others: Draft = {}) =>
    changeDraft(address, { mapping: { ...edited, ...part }, ...others })
  const [isAsking, setIsAsking] = useState(false)
  const save = useChange('PATCH /api/destinations/:id/mappings/:mapping')
  const toast = useToast()
  const { data: check } = useMappingCheck(destinationId, edited)
  const problems = check?.problems ?? []
  const problemOf = (field: string) => problems.find((problem) => problem.field === field)?.message
  const hintOf = (field: string) => check?.hints.find((hint) => hint.field === field)?.message
  // The others stand at their field.
  const elsewhere = problems.filter(
    ({ field }) => field !== 'trigger' && action.fields.every(({ key }) => field !== `fields.${key}`)
  )
  const isJson = hasOnlyJson(draft)
  const isChanged = isUnsaved(draft, mapping)
  useLeaveQuestion(isChanged)

  function close(): void {
    discardDraft(address)
    onClose()
  }

  function submit(): void {
    const { id, name, trigger, fields, isEnabled } = edited
    save.mutate(
      { params: { id: destinationId, mapping: id }, body: { name, trigger, fields, isEnabled } },
      {
        onSuccess: () => {
          toast('Mapping saved.')
          close()
        }
      }
    )
  }

  return (
    <div className={styles.editor}>
      <Form onSubmit={() => isJson && submit()}>
        <TriggerCard {...{ action, edited, problemOf }} onChange={change} />
        <Card title="Fields">
          <MappingFields
            fields={action.fields}
            values={edited.fields}
            texts={texts}
            problemOf={problemOf}
            hintOf={hintOf}
            onChange={(fields, others) => change({ fields }, { texts: others })}
          />
        </Card>
        {save.error && <Banner kind="bad">{save.error.message}</Banner>}
        {elsewhere.length > 0 && <Banner kind="bad">{elsewhere.map(({ message }) => message).join(' ')}</Banner>}
        <FormActions>
          {isChanged && <Note>Not saved yet.</Note>}
          <Button onClick={() => (isChanged ? setIsAsking(true) : close())}>Cancel</Button>
          <Button type="submit" look="primary" disabled={problems.length > 0 || !isJson || save.isPending}>
            Save mapping
          </Button>
        </FormActions>
      </Form>
      <div className={styles.preview}>
        <MappingPreview destinationId={destinationId} mapping={edited} />
      </div>
      {isAsking && (
        <ConfirmDialog
          title="Discard your changes?"
          description="The mapping stays as it was saved last."
          action="Discard changes"
          onConfirm={close}
          onClose={() => setIsAsking(false)}
        />
      )}
    </div>
  )
}

export function mappingAddress(destinationId: string, mappingId: string): string {
  return `${destinationPath(destinationId)}/mappings?mapping=${encodeURIComponent(mappingId)}`
}

export function isUnsaved(draft: Draft, saved: Mapping): boolean {
  return !hasOnlyJson(draft) || JSON.stringify(draft.mapping ?? saved) !== JSON.stringify(saved)
}

function hasOnlyJson({ texts = {} }: Draft): boolean {
  return Object.values(texts).every((text) => fieldOfText(text).problem === undefined)
}

/** A draft outlives its page, but not a reload. */
function useLeaveQuestion(isChanged: boolean): void {
  useEffect(() => {
    const ask = (event: Event) => event.preventDefault()
    if (isChanged) {
      window.addEventListener('beforeunload', ask)
    }
    return () => window.removeEventListener('beforeunload', ask)
  }, [isChanged])
}

interface TriggerCardProps {
  action: Action
  edited: Mapping
  problemOf(field: string): string | undefined
  onChange(part: Partial<Mapping>): void
}

/** Its name, and which events run it. */
function TriggerCard({ action, edited, problemOf, onChange }: TriggerCardProps): ReactNode {
  return (
    <Card title={action.title}>
      <Note>{action.description}</Note>
      <TextField
        label="Mapping name"
        value={edited.name}
        maxLength={100}
        problem={problemOf('name')}
        onChange={({ target }) => onChange({ name: target.value })}
      />
      <TextArea
        label="Trigger"
        description={
          <>
            Which events run this mapping, such as <code>{action.defaultTrigger}</code>.
          </>
        }
        value={edited.trigger}
        problem={problemOf('trigger')}
        onChange={({ target }) => onChange({ trigger: target.value })}
      />
      <Toggle
        label="Enable mapping"
        description="A mapping that is disabled matches no event."
        isOn={edited.isEnabled}
        onToggle={(isOn) => onChange({ isEnabled: isOn })}
      />
    </Card>
  )
}

/** What an edited mapping makes of an event, before it is saved. */
function MappingPreview({ destinationId, mapping }: { destinationId: string; mapping: Mapping }): ReactNode {
  const [chosen, setChosen] = useState<JsonObject>()
  const { data: groups } = useApi('GET /api/examples', {})
  const event =
    chosen ??
    groups?.flatMap(({ examples }) => examples).find(({ event }) => event.type === mapping.action)?.event ??
    groups?.[0]?.examples[0]?.event
  return (
    <Card title="Preview" aside={<StartFrom onChoose={setChosen} />}>
      {event === undefined ? (
        <Empty title="No event">Choose an event to try the mapping on.</Empty>
      ) : (
        <>
          <Fold title="Event">
            <JsonCode label="Event" value={event} />
          </Fold>
          <PreviewSteps destinationId={destinationId} mapping={mapping} event={event} />
        </>
      )}
    </Card>
  )
}

interface PreviewStepsProps {
  destinationId: string
  mapping: Mapping
  event: JsonObject
}

function PreviewSteps({ destinationId, mapping, event }: PreviewStepsProps): ReactNode {
  const request = useDeferredValue(JSON.stringify({ event, mapping }))
  const preview = useQuery<Preview, ApiError>({
    queryKey: ['mappings', 'preview', destinationId, request],
    queryFn: ({ signal }) =>
      call('POST /api/destinations/:id/preview', {
        params: { id: destinationId },
        body: JSON.parse(request) as { event: JsonObject; mapping: Mapping },
        signal
      }),
    placeholderData: keepPreviousData,
    gcTime: 10_000
  })
  return (
    <Loaded query={preview}>
      {({ mappings }) => (
        <Steps>
          {mappings.map((trace) => (
            <MappingSteps key={trace.mappingId} mapping={trace} />
          ))}
        </Steps>
      )}
    </Loaded>
  )
}

function useMappingCheck(destinationId: string, mapping: Mapping) {
  const { id: _id, ...body } = mapping
  const deferred = useDeferredValue(JSON.stringify(body))
  return useQuery<MappingCheck, ApiError>({
    queryKey: ['mappings', 'check', destinationId, deferred],
    queryFn: ({ signal }) =>
      call('POST /api/destinations/:id/mappings/check', {
        params: { id: destinationId },
        body: JSON.parse(deferred) as Omit<Mapping, 'id'>,
        signal
      }),
    placeholderData: keepPreviousData,
    gcTime: 10_000
  })
}
