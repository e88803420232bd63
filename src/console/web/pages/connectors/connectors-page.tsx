import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Connector } from '../../../server/api'
import { formatNumber } from '../../data/format'
import { useApi } from '../../data/use-api'
import { Badge } from '../../ui/badge'
import { ButtonLink } from '../../ui/button'
import { Table, Time } from '../../ui/details'
import { Icon } from '../../ui/icons'
import { Card, Page } from '../../ui/page'
import { Empty, Loaded } from '../../ui/state'

export function ConnectorsPage(): ReactNode {
  const connectors = useApi('GET /api/connectors', {})
  const add = (
    <ButtonLink to="/connectors/new" look="primary" guide="add-connector">
      <Icon name="plus" />
      Add Connector
    </ButtonLink>
  )
  return (
    <Page
      title="Connectors"
      lead="A connector lets a tool such as Segment send data to Astrolabe. Each one has an API key of its own."
      actions={add}
    >
      <Card isFlush>
        <Loaded query={connectors}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty title="No connectors yet">
                Click <strong>Add Connector</strong>, choose the <strong>Segment.com Connector</strong> and follow the
                steps. You get an API key to paste in Segment.
              </Empty>
            ) : (
              <Table
                label="Connectors"
                columns={['Name', 'Key', 'Free email providers', 'Blocked', 'Created']}
                rows={rows}
                keyOf={({ id }) => id}
                cellsOf={cellsOf}
              />
            )
          }
        </Loaded>
      </Card>
    </Page>
  )
}

function cellsOf({ id, name, isRevoked, freeEmailProviders, blocked, createdAt }: Connector): ReactNode[] {
  return [
    <Link key="name" href={`/connectors/${encodeURIComponent(id)}`}>
      <bdi>{name}</bdi>
    </Link>,
    <KeyBadge key="key" isRevoked={isRevoked} />,
    freeEmailProviders === 'allow' ? 'Allowed' : 'Blocked',
    formatNumber(blocked),
    <Time key="time" at={createdAt} />
  ]
}

export function KeyBadge({ isRevoked }: Pick<Connector, 'isRevoked'>): ReactNode {
  return isRevoked ? <Badge tone="bad">Revoked</Badge> : <Badge tone="good">Active</Badge>
}
