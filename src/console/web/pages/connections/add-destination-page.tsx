import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { CatalogEntry, Destination, SavedDestination, SettingField, Source } from '../../../server/api'
import { usePathValue } from '../../data/address'
import { call } from '../../../client/call'
import type { ApiError } from '../../../client/call'
import { refresh, useApi, useGuideStep } from '../../data/use-api'
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
  const report = useGuideStep()
  useEffect(() => report('add-destination'), [report])
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
  const { fields, destination, canSave, hint, apart, save, onSaved, children } = props
  const [settings, setSettings] = useState<Record<string, string>>({})
  const [isEnabled, setIsEnabled] = useState(destination?.isEnabled ?? false)
  const client = useQueryClient()
  const report = useGuideStep()
  const saving = useMutation<SavedDestination, ApiError>({
    mutationFn: () => save(settings, isEnabled),
    onSuccess: (saved) => {
      setSettings({})
      setIsEnabled(saved.destination.isEnabled)
      // The guide and all that depends on the destination.
      void refresh(client)
      onSaved(saved)
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
            value={settings[key] ?? destination?.settings[key]?.value ?? ''}
            placeholder={destination?.settings[key]?.masked}
            problem={saving.error?.problemOf(key)}
            onChange={({ target }) => setSettings({ ...settings, [key]: target.value })}
            onPaste={() => report('paste-api-key')}
          />
        ))}
      </Card>
      <Card>
        <Toggle
          label="Enable Destination"
          description="Events are sent only while the destination is enabled. Saving tests the API key."
          isOn={isEnabled}
          onToggle={(isOn) => {
            report('enable-destination')
            setIsEnabled(isOn)
          }}
        />
      </Card>
      {saving.error && <Banner kind="bad">{saving.error.message}</Banner>}
      <FormActions apart={apart}>
        {hint && <Note>{hint}</Note>}
        <Button type="submit" look="primary" disabled={!canSave || saving.isPending}>
          {saving.isPending ? 'Saving …' : 'Save Changes'}
        </Button>
      </FormActions>
    </Form>
  )
}

function AddForm({ entry, sources }: { entry: CatalogEntry; sources: Source[] }): ReactNode {
  const [, navigate] = useLocation()
  const [sourceId, setSourceId] = useState<string>()
  const [name, setName] = useState('')
  const added = useRef<string>(undefined)
  const toast = useToast()
  const report = useGuideStep()

  async function save(settings: Record<string, string>, isEnabled: boolean): Promise<SavedDestination> {
    const body = { catalogId: entry.id, sourceId: sourceId ?? '', name: name.trim() }
    // If the second request fails, saving again must not add a second destination.
    added.current ??= (await call('POST /api/destinations', { body })).id
    const id = added.current
    return call('PATCH /api/destinations/:id', { params: { id }, body: { name: body.name, settings, isEnabled } })
  }

  return (
    <DestinationForm
      fields={entry.settings}
      canSave={sourceId !== undefined && name.trim() !== ''}
      hint={sourceId === undefined ? 'Choose a source first.' : name.trim() === '' ? 'Name the destination first.' : ''}
      save={save}
      onSaved={({ destination: { id }, notEnabled, warning }) => {
        toast(notEnabled ?? warning ?? 'Destination added.', notEnabled ? 'bad' : warning ? 'warn' : 'good')
        navigate(`/connections/destinations/${encodeURIComponent(id)}`)
      }}
    >
      <Card title="Source">
        <ChoiceCards
          legend={`Which data source should send to ${entry.name}?`}
          value={sourceId}
          onChoose={(id) => {
            report('choose-source')
            setSourceId(id)
          }}
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
          onChange={({ target }) => setName(target.value)}
          onBlur={() => name.trim() && report('name-destination')}
        />
      </Card>
    </DestinationForm>
  )
}

const CRUMBS = [
  { label: 'Catalog', to: '/connections/catalog' },
  { label: 'Destinations', to: '/connections/catalog/destinations' }
]
