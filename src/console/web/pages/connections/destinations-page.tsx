import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Destination, KeyTest, Source } from '../../../server/api'
import { useApi } from '../../data/use-api'
import { Badge } from '../../ui/badge'
import type { Tone } from '../../ui/badge'
import { ButtonLink } from '../../ui/button'
import { Table } from '../../ui/details'
import { Icon } from '../../ui/icons'
import { Card, Page } from '../../ui/page'
import { Empty, Loaded } from '../../ui/state'

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

interface DestinationTableProps {
  destinations: Destination[]
  sources: Source[]
}

export function DestinationTable({ destinations, sources }: DestinationTableProps): ReactNode {
  if (destinations.length === 0) {
    return (
      <Empty title="No destinations yet" actions={<ButtonLink to="/connections/catalog">Catalog</ButtonLink>}>
        Open the <strong>Catalog</strong>, click the <strong>Destinations</strong> tab and search for{' '}
        <strong>Astrolabe</strong>.
      </Empty>
    )
  }
  return (
    <Table
      label="Destinations"
      columns={['Name', 'Source', 'Status', 'API key']}
      rows={destinations}
      keyOf={({ id }) => id}
      cellsOf={({ id, name, sourceId, isEnabled, keyTest }) => [
        <Link key="name" href={`/connections/destinations/${encodeURIComponent(id)}`}>
          <bdi>{name}</bdi>
        </Link>,
        <bdi key="source">{sources.find((source) => source.id === sourceId)?.name}</bdi>,
        <EnabledBadge key="enabled" isEnabled={isEnabled} />,
        <KeyTestBadge key="key" keyTest={keyTest} />
      ]}
    />
  )
}

export function EnabledBadge({ isEnabled }: Pick<Destination, 'isEnabled'>): ReactNode {
  return isEnabled ? <Badge tone="good">Enabled</Badge> : <Badge>Disabled</Badge>
}

function KeyTestBadge({ keyTest: { outcome } }: Pick<Destination, 'keyTest'>): ReactNode {
  const { label, tone } = KEY_TESTS[outcome]
  return <Badge tone={tone}>{label}</Badge>
}

const KEY_TESTS: Record<KeyTest['outcome'], { label: string; tone: Tone }> = {
  none: { label: 'Missing', tone: 'idle' },
  good: { label: 'Accepted', tone: 'good' },
  rejected: { label: 'Rejected', tone: 'bad' },
  unknown: { label: 'Not checked', tone: 'warn' }
}
