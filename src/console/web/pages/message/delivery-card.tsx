import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Delivery } from '../../../server/api'
import { OutcomeBadge } from '../../ui/badge'
import { Card } from '../../ui/page'
import { DeliverySteps } from './mapping-steps'

/** What one destination made of the message, step by step. */
export function DeliveryCard({ delivery }: { delivery: Delivery }): ReactNode {
  const { destination, outcome } = delivery
  return (
    <Card title={destination.name} aside={<OutcomeBadge outcome={outcome} />}>
      <DeliverySteps delivery={delivery} />
      <Link href={`/connections/destinations/${encodeURIComponent(destination.id)}/mappings`}>Open mappings</Link>
    </Card>
  )
}
