import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { CatalogEntry, SavedDestination, Source } from '../../../server/api'
import { usePathValue } from '../../data/address'
import { call } from '../../data/client'
import { useApi, useGuideStep } from '../../data/use-api'
import { ButtonLink } from '../../ui/button'
import { ChoiceCards } from '../../ui/choice-cards'
import { TextField } from '../../ui/field'
import { Card, Page } from '../../ui/page'
import { Empty, Loaded } from '../../ui/state'
import { useToast } from '../../ui/toasts'
import { DestinationForm } from './destination-form'

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
