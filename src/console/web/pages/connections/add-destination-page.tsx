import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { CatalogEntry, Destination, SavedDestination, SettingField, Source } from '../../../server/api'
import { usePathValue } from '../../data/address'
import { call } from '../../../client/call'
import type { ApiError } from '../../../client/call'
import { refresh, useApi } from '../../data/use-api'
import { changeDraft, discardDraft, useDraft } from '../../data/drafts'
import { goOnTo } from '../../ui/arrival'
import { Button, ButtonLink } from '../../ui/button'
import { ChoiceCards, Toggle } from '../../ui/choices'
import { TextField } from '../../ui/field'
import { Form, FormActions } from '../../ui/form'
import { Card, Note, Page } from '../../ui/page'
import { Banner, Empty, Loaded } from '../../ui/state'
import { useToast } from '../../ui/toasts'

/** "Add destination": source, name, settings and the toggle on one page, saved by one button. */
export function AddDestinationPage(): ReactNode {
  const slug = usePathValue(3)
  const catalog = useApi('GET /api/catalog', {})
  const sources = useApi('GET /api/sources', {})
  const entry = catalog.data?.find((candidate) => candidate.slug === slug)
  return (
    <Page title="Add destination" crumbs={CRUMBS} isNarrow>
      <Loaded query={sources}>
        {(list) =>
          entry === undefined ? null : list.length === 0 ? (
            <Card>
              <Empty title="No sources yet" actions={<ButtonLink to="/connections/sources">Sources</ButtonLink>}>
                A destination is connected to a source. Add a source first.
              </Empty>
            </Card>
          ) : (
            <AddForm entry={entry} sources={list} />
          )
        }
      </Loaded>
    </Page>
  )
}

interface DestinationFormProps {
  /** Of the form's page: what is entered belongs to it until it is saved. */
  path: string
  fields: SettingField[]
  /** Absent while it is being added. */
  destination?: Destination
  canSave: boolean
  /** Why it can't be saved yet. */
  hint?: string
  /** Beside the button that saves. */
  apart?: ReactNode
  save(settings: Record<string, string>, isEnabled: boolean): Promise<SavedDestination>
  onSaved(saved: SavedDestination): void
  /** What comes before the settings. */
  children?: ReactNode
}

/** The settings as Segment shows them, and the toggle at the bottom. */
export function DestinationForm(props: DestinationFormProps): ReactNode {
  const { path, fields, destination, canSave, hint, apart, save, onSaved, children } = props
  const { settings = {}, notEnabled, ...draft } = useDraft(path)
  const isEnabled = draft.isEnabled ?? destination?.isEnabled ?? false
  const client = useQueryClient()
  const saving = useMutation<SavedDestination, ApiError>({
    mutationFn: () => save(settings, isEnabled),
    onSuccess: (saved) => {
      discardDraft(path)
      // The guide and all that depends on the destination.
      void refresh(client)
      onSaved(saved)
      if (saved.notEnabled) {
        // The wish stays in the form, so that the right key alone is enough.
        const { id } = saved.destination
        changeDraft(destinationPath(id), { isEnabled: true, notEnabled: saved.notEnabled })
        goOnTo('paste-api-key')
      }
    }
  })

  return (
    <Form onSubmit={() => canSave && saving.mutate()}>
      {children}
      <Card title="Connection settings">
        {fields.map(({ key, label, description, required, type }) => (
          <TextField
            key={key}
            label={label}
            description={description}
            isRequired={required}
            isMono
            type={type === 'password' ? 'password' : 'text'}
            autoComplete="new-password"
            data-guide={type === 'password' ? 'paste-api-key' : undefined}
            value={settings[key] ?? destination?.settings[key]?.value ?? ''}
            placeholder={destination?.settings[key]?.masked}
            problem={
              saving.error?.problemOf(key) ??
              (type === 'password' && settings[key] === undefined ? (notEnabled ?? rejection(destination)) : undefined)
            }
            onChange={({ target }) => changeDraft(path, { settings: { ...settings, [key]: target.value } })}
          />
        ))}
      </Card>
      <Card>
        <Toggle
          label="Enable Destination"
          description="Events are sent only while the destination is enabled. Saving tests the API key."
          isOn={isEnabled}
          guide="enable-destination"
          onToggle={(isOn) => changeDraft(path, { isEnabled: isOn })}
        />
        {notEnabled !== undefined && isEnabled && (
          <Banner kind="bad">
            The destination is <strong>not enabled yet</strong>. Correct the API key and save again.
          </Banner>
        )}
      </Card>
      {saving.error && <Banner kind="bad">{saving.error.message}</Banner>}
      <FormActions apart={apart}>
        {hint && <Note>{hint}</Note>}
        <Button type="submit" look="primary" data-guide="save-changes" disabled={!canSave || saving.isPending}>
          {saving.isPending ? 'Saving …' : 'Save Changes'}
        </Button>
      </FormActions>
    </Form>
  )
}

export function destinationPath(id: string): string {
  return `/connections/destinations/${encodeURIComponent(id)}`
}

/** The field of its API key. */
export function apiKeyPath(id: string): string {
  return `${destinationPath(id)}#paste-api-key`
}

/** Why Astrolabe does not accept the key that is saved. */
function rejection(destination: Destination | undefined): string | undefined {
  return destination?.keyTest.outcome === 'rejected' ? destination.keyTest.message : undefined
}

function AddForm({ entry, sources }: { entry: CatalogEntry; sources: Source[] }): ReactNode {
  const [path, navigate] = useLocation()
  const { name = '', ...draft } = useDraft(path)
  const sourceId = sources.find(({ id }) => id === draft.sourceId)?.id
  const added = useRef<string>(undefined)
  const toast = useToast()

  async function save(settings: Record<string, string>, isEnabled: boolean): Promise<SavedDestination> {
    const body = { catalogId: entry.id, sourceId: sourceId ?? '', name: name.trim() }
    // If the second request fails, saving again must not add a second destination.
    added.current ??= (await call('POST /api/destinations', { body })).id
    const id = added.current
    return call('PATCH /api/destinations/:id', { params: { id }, body: { name: body.name, settings, isEnabled } })
  }

  return (
    <DestinationForm
      path={path}
      fields={entry.settings}
      canSave={sourceId !== undefined && name.trim() !== ''}
      hint={sourceId === undefined ? 'Choose a source first.' : name.trim() === '' ? 'Name the destination first.' : ''}
      save={save}
      onSaved={({ destination: { id }, notEnabled, warning }) => {
        if (notEnabled === undefined) {
          toast(warning ?? 'Destination added.', warning ? 'warn' : 'good')
        }
        navigate(`${destinationPath(id)}${notEnabled === undefined ? '' : '#paste-api-key'}`)
      }}
    >
      <Card title="Source">
        <ChoiceCards
          legend={`Which data source should send to ${entry.name}?`}
          value={sourceId}
          guide="choose-source"
          onChoose={(id) => changeDraft(path, { sourceId: id })}
          choices={sources.map(({ id, name: title, destinationIds }) => ({
            value: id,
            title,
            description: destinationIds.length === 0 ? 'Not connected yet' : 'Already connected to a destination'
          }))}
        />
      </Card>
      <Card title="Basic settings">
        <TextField
          label="Destination name"
          description="A name that you recognize."
          isRequired
          value={name}
          maxLength={100}
          data-guide="name-destination"
          onChange={({ target }) => changeDraft(path, { name: target.value })}
        />
      </Card>
    </DestinationForm>
  )
}

const CRUMBS = [
  { label: 'Catalog', to: '/connections/catalog' },
  { label: 'Destinations', to: '/connections/catalog/destinations' }
]
