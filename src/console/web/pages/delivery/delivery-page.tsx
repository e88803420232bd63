import type { ReactNode } from 'react'
import { Page } from '../../ui/page'
import { ForDestination } from '../connections/for-destination'
import { DeliveryOverviewCards } from './delivery-overview'

export function DeliveryPage(): ReactNode {
  return (
    <Page title="Delivery" lead="What became of the events of a destination, over time, and why some did not arrive.">
      <ForDestination>{(id) => <DeliveryOverviewCards key={id} destinationId={id} />}</ForDestination>
    </Page>
  )
}
