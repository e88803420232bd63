import type { ReactNode } from 'react'
import { Route, Switch } from 'wouter'
import { useApi } from '../../data/use-api'
import { usePathValue } from '../../data/use-path-value'
import { Page } from '../../ui/page'
import { Loaded } from '../../ui/state'
import { PageTabs } from '../../ui/tabs'
import { DeliveryOverviewCards } from '../delivery/delivery-overview'
import { MappingsTab } from '../mappings/mappings-tab'
import { MissingRecord } from '../records/missing-record'
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
              { label: 'Settings', to: base },
              { label: 'Mappings', to: `${base}/mappings` },
              { label: 'Event Delivery', to: `${base}/delivery` },
              { label: 'Event Tester', to: `${base}/test` }
            ]}
          >
            <Switch>
              <Route path="/connections/destinations/:id">
                <DestinationSettings key={id} destination={value} />
              </Route>
              <Route path="/connections/destinations/:id/mappings">
                <MappingsTab destinationId={id} />
              </Route>
              <Route path="/connections/destinations/:id/delivery">
                <DeliveryOverviewCards destinationId={id} />
              </Route>
              <Route path="/connections/destinations/:id/test">
                <TestBench key={id} destinationId={id} />
              </Route>
            </Switch>
          </PageTabs>
        </Page>
      )}
    </Loaded>
  )
}

const CRUMBS = [
  { label: 'Connections', to: '/connections' },
  { label: 'Destinations', to: '/connections/destinations' }
] as const
