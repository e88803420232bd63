import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Delivery } from '../../../server/api'
import { OutcomeBadge } from '../../ui/badge'
import { Card } from '../../ui/page'
import { MappingSteps } from './mapping-steps'
import { Step, Steps } from './steps'

/** What one destination made of the message, step by step. */
export function DeliveryCard({ delivery }: { delivery: Delivery }): ReactNode {
  const { destination, outcome, integrations, mappings } = delivery
  return (
    <Card title={destination.name} aside={<OutcomeBadge outcome={outcome} />}>
      <Steps>
        <Step
          title="Integrations object"
          tone={integrations.isEnabled ? 'good' : 'idle'}
          summary={
            integrations.decidedBy ??
            (integrations.isEnabled ? 'Nothing in it keeps the event from this destination.' : undefined)
          }
        />
        {mappings.map((mapping) => (
          <MappingSteps key={mapping.mappingId} mapping={mapping} />
        ))}
      </Steps>
      <Link href={`/connections/destinations/${encodeURIComponent(destination.id)}/mappings`}>Open mappings</Link>
    </Card>
  )
}
