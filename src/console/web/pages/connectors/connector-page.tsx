import type { ReactNode } from 'react'
import { usePathValue } from '../../data/address'
import { useApi } from '../../data/use-api'
import { ButtonLink } from '../../ui/button'
import { Details, Time } from '../../ui/details'
import { Card, Page } from '../../ui/page'
import { Empty, Loaded } from '../../ui/state'
import { BlockedList } from './blocked-list'
import { ConnectorKey } from './connector-key'
import { ConnectorSettingsForm } from './connector-settings-form'
import { KeyBadge } from './connectors-page'

export function ConnectorPage(): ReactNode {
  const id = usePathValue(1)
  const connector = useApi('GET /api/connectors/:id', { params: { id } })
  const missing = (
    <Page title="Connector" crumbs={CRUMBS}>
      <Card>
        <Empty title="This connector does not exist" actions={<ButtonLink to="/connectors">Connectors</ButtonLink>}>
          The console forgets everything when it stops. Add a connector again.
        </Empty>
      </Card>
    </Page>
  )
  return (
    <Loaded query={connector} missing={missing}>
      {(value) => (
        <Page title={value.name} aside={<KeyBadge isRevoked={value.isRevoked} />} crumbs={CRUMBS}>
          <Card title="Connector">
            <Details
              rows={[
                ['Type', 'Segment.com Connector'],
                ['ID', <code key="id">{value.id}</code>],
                ['Created', <Time key="created" at={value.createdAt} />]
              ]}
            />
          </Card>
          <ConnectorSettingsForm key={value.id} connector={value} />
          <ConnectorKey connector={value} />
          <BlockedList connector={value} />
        </Page>
      )}
    </Loaded>
  )
}

const CRUMBS = [{ label: 'Connectors', to: '/connectors' }]
