import type { ReactNode } from 'react'
import { usePathValue } from '../../data/address'
import { useApi } from '../../data/use-api'
import { MissingRecord, Page, PageTabs } from '../../ui/page'
import { Loaded } from '../../ui/state'
import { DeliveryOverviewCards } from '../delivery/delivery-page'
import { MappingsTab } from '../mappings/mappings-tab'
import { TestBench } from '../test/test-bench'
import { DestinationSettings } from './destination-settings'
import { EnabledBadge } from './destination-table'

/** One destination: its settings, its mappings, and what became of its events. */
export function DestinationPage(): ReactNode {
  const id = usePathValue(2)
  const destination = useApi('GET /api/destinations/:id', { params: { id } })
  const base = `/connections/destinations/${encodeURIComponent(id)}`
  return (
    <Loaded query={destination} missing={<MissingRecord noun="destination" list={CRUMBS[1]} />}>
      {(value) => (
        <Page title={value.name} aside={<EnabledBadge isEnabled={value.isEnabled} />} crumbs={[...CRUMBS]}>
          <PageTabs
            label="Destination"
            tabs={[
              { label: 'Settings', to: base, content: <DestinationSettings key={id} destination={value} /> },
              { label: 'Mappings', to: `${base}/mappings`, content: <MappingsTab destinationId={id} /> },
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
