import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Delivery } from '../../../server/api'
import { OutcomeBadge } from '../../ui/badge'
import { Card } from '../../ui/page'
import { Hints } from './hints'
import { IntegrationsStep } from './integrations-step'
import { MappingSteps } from './mapping-steps'
import { Steps } from './steps'

/** What one destination made of the message, step by step. */
export function DeliveryCard({ delivery }: { delivery: Delivery }): ReactNode {
  const { destination, outcome, integrations, hints, mappings } = delivery
  return (
    <Card title={destination.name} aside={<OutcomeBadge outcome={outcome} />}>
      <Hints hints={hints} />
      <Steps>
        <IntegrationsStep decision={integrations} />
        {integrations.isEnabled &&
          mappings.map((mapping) => <MappingSteps key={mapping.mappingId} mapping={mapping} />)}
      </Steps>
      <Link href={`/connections/destinations/${encodeURIComponent(destination.id)}/mappings`}>Open mappings</Link>
    </Card>
  )
}
