import { useState } from 'react'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { Destination, KeyTest } from '../../../server/api'
import { usePathValue } from '../../data/address'
import { call } from '../../../client/call'
import { changeDraft, useDraft } from '../../data/drafts'
import { useApi, useChange } from '../../data/use-api'
import { Button } from '../../ui/button'
import { Time } from '../../ui/details'
import { ConfirmDialog } from '../../ui/dialog'
import { TextField } from '../../ui/field'
import { Card, MissingRecord, Page, PageTabs } from '../../ui/page'
import { Banner, Loaded } from '../../ui/state'
import { useToast } from '../../ui/toasts'
import { DeliveryOverviewCards } from '../delivery/delivery-page'
import { TestBench } from '../test/test-page'
import { DestinationForm, destinationPath } from './add-destination-page'
import styles from './connections.module.css'
import { EnabledBadge } from './destinations-page'
import { FiltersTab } from './filters-tab'
import { MappingsTab } from './mappings-tab'

/** One destination: its settings, its mappings and filters, and what became of its events. */
export function DestinationPage(): ReactNode {
  const id = usePathValue(2)
  const destination = useApi('GET /api/destinations/:id', { params: { id } })
  const base = destinationPath(id)
  return (
    <Loaded query={destination} missing={<MissingRecord noun="destination" list={CRUMBS[1]} />}>
      {(value) => (
        <Page title={value.name} aside={<EnabledBadge isEnabled={value.isEnabled} />} crumbs={[...CRUMBS]}>
          <PageTabs
            label="Destination"
            tabs={[
              { label: 'Settings', to: base, content: <DestinationSettings key={id} destination={value} /> },
              { label: 'Mappings', to: `${base}/mappings`, content: <MappingsTab destinationId={id} /> },
              { label: 'Filters', to: `${base}/filters`, content: <FiltersTab destinationId={id} /> },
              {
                label: 'Event Delivery',
                to: `${base}/delivery`,
                content: <DeliveryOverviewCards destinationId={id} />
              },
              { label: 'Event Tester', to: `${base}/test`, content: <TestBench key={id} destinationId={id} /> }
            ]}
          />
        </Page>
      )}
    </Loaded>
  )
}

const CRUMBS = [
  { label: 'Connections', to: '/connections' },
  { label: 'Destinations', to: '/connections/destinations' }
] as const

function DestinationSettings({ destination }: { destination: Destination }): ReactNode {
  const { id, catalogId, sourceId, name: savedName } = destination
  const catalog = useApi('GET /api/catalog', {})
  const source = useApi('GET /api/sources/:id', { params: { id: sourceId } })
  const path = destinationPath(id)
  const draft = useDraft(path)
  const { name = savedName } = draft
  const toast = useToast()
  return (
    <div className={styles.settings}>
      <KeyTestBanner keyTest={destination.keyTest} isEnabled={destination.isEnabled} />
      <Loaded query={catalog}>
        {(entries) => (
          <DestinationForm
            path={path}
            fields={entries.find((entry) => entry.id === catalogId)?.settings ?? []}
            destination={destination}
            canSave={name.trim() !== ''}
            hint={draft.notEnabled === undefined && Object.keys(draft).length > 0 ? 'Not saved yet.' : ''}
            apart={<DeleteDestination id={id} />}
            save={(settings, isEnabled) =>
              call('PATCH /api/destinations/:id', { params: { id }, body: { name: name.trim(), settings, isEnabled } })
            }
            onSaved={({ notEnabled, warning }) => {
              if (notEnabled === undefined) {
                toast(warning ?? 'Changes saved.', warning ? 'warn' : 'good')
              }
            }}
          >
            <Card title="Basic settings">
              <TextField
                label="Destination name"
                description={
                  <>
                    Connected to the source{' '}
                    <Link href={`/connections/sources/${encodeURIComponent(sourceId)}`}>
                      <bdi>{source.data?.name}</bdi>
                    </Link>
                    .
                  </>
                }
                value={name}
                maxLength={100}
                onChange={({ target }) => changeDraft(path, { name: target.value })}
              />
            </Card>
          </DestinationForm>
        )}
      </Loaded>
    </div>
  )
}

function KeyTestBanner({ keyTest, isEnabled }: Pick<Destination, 'keyTest' | 'isEnabled'>): ReactNode {
  const { outcome, message, testedAt } = keyTest
  if (outcome === 'rejected') {
    // The field of the key shows it.
    return null
  }
  return (
    <Banner kind={BANNERS[outcome]}>
      {message}
      {!isEnabled && outcome === 'good' && ' The destination is disabled: switch it on below.'}{' '}
      {testedAt && (
        <>
          (<Time at={testedAt} />)
        </>
      )}
    </Banner>
  )
}

const BANNERS = { none: 'idle', good: 'good', unknown: 'warn' } as const satisfies Partial<
  Record<KeyTest['outcome'], string>
>

function DeleteDestination({ id }: Pick<Destination, 'id'>): ReactNode {
  const [isAsking, setIsAsking] = useState(false)
  const [, navigate] = useLocation()
  const remove = useChange('DELETE /api/destinations/:id')
  return (
    <>
      <Button look="danger" onClick={() => setIsAsking(true)}>
        Delete destination
      </Button>
      {isAsking && (
        <ConfirmDialog
          title="Delete this destination?"
          description="Its settings, mappings and filters are gone then. What Astrolabe received stays."
          action="Delete destination"
          onConfirm={() =>
            remove.mutate({ params: { id } }, { onSuccess: () => navigate('/connections/destinations') })
          }
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  )
}
