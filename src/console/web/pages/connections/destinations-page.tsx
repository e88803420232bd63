import type { ReactNode } from 'react'
import { useApi } from '../../data/use-api'
import { ButtonLink } from '../../ui/button'
import { Icon } from '../../ui/icons'
import { Card, Page } from '../../ui/page'
import { Loaded } from '../../ui/state'
import { DestinationTable } from './destination-table'

export function DestinationsPage(): ReactNode {
  const destinations = useApi('GET /api/destinations', {})
  const sources = useApi('GET /api/sources', {})
  return (
    <Page
      title="Destinations"
      crumbs={[{ label: 'Connections', to: '/connections' }]}
      lead="A destination is connected to one source. It passes on the events that one of its mappings matches."
      actions={
        <ButtonLink to="/connections/catalog/destinations" look="primary">
          <Icon name="plus" />
          Add from the Catalog
        </ButtonLink>
      }
    >
      <Card isFlush>
        <Loaded query={destinations}>
          {(rows) => <DestinationTable destinations={rows} sources={sources.data ?? []} />}
        </Loaded>
      </Card>
    </Page>
  )
}
