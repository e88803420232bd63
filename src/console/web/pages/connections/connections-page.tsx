import type { ReactNode } from 'react'
import { useApi } from '../../data/use-api'
import { ButtonLink } from '../../ui/button'
import { Icon } from '../../ui/icons'
import { Card, Page } from '../../ui/page'
import { Loaded } from '../../ui/state'
import { DestinationTable } from './destinations-page'
import { SourceTable } from './sources-page'

/** What is connected: sources on one side, destinations on the other. */
export function ConnectionsPage(): ReactNode {
  const sources = useApi('GET /api/sources', {})
  const destinations = useApi('GET /api/destinations', {})
  return (
    <Page
      title="Connections"
      lead="Sources receive events from your clients. Destinations pass them on, to Astrolabe for example."
      actions={
        <ButtonLink to="/connections/catalog" look="primary">
          <Icon name="catalog" />
          Catalog
        </ButtonLink>
      }
    >
      <Card title="Sources" aside={<ButtonLink to="/connections/sources">All sources</ButtonLink>} isFlush>
        <Loaded query={sources}>{(rows) => <SourceTable sources={rows} />}</Loaded>
      </Card>
      <Card
        title="Destinations"
        aside={<ButtonLink to="/connections/destinations">All destinations</ButtonLink>}
        isFlush
      >
        <Loaded query={destinations}>
          {(rows) => <DestinationTable destinations={rows} sources={sources.data ?? []} />}
        </Loaded>
      </Card>
    </Page>
  )
}
