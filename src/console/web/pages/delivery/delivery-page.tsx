import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { DeliveryOverview, DeliveryQuery } from '../../../server/api'
import { useQueryText } from '../../data/address'
import { formatNumber } from '../../data/format'
import { useApi } from '../../data/use-api'
import { outcomeLabel } from '../../ui/badge'
import { ButtonLink } from '../../ui/button'
import { Select } from '../../ui/field'
import { ForDestination } from '../../ui/for-destination'
import { Card, Page } from '../../ui/page'
import { Empty, Loaded } from '../../ui/state'
import { DeliveryChart, OUTCOMES } from './delivery-chart'
import styles from './delivery.module.css'
import { ReasonsCard } from './reasons-card'

type Range = NonNullable<DeliveryQuery['range']>

export function DeliveryPage(): ReactNode {
  return (
    <Page title="Delivery" lead="What became of the events of a destination, over time, and why some did not arrive.">
      <ForDestination>{(id) => <DeliveryOverviewCards key={id} destinationId={id} />}</ForDestination>
    </Page>
  )
}

/** Counts by outcome over time, and reasons with a few samples. */
export function DeliveryOverviewCards({ destinationId }: { destinationId: string }): ReactNode {
  const [range, , setRange] = useQueryText('range')
  const overview = useApi('GET /api/destinations/:id/delivery', {
    params: { id: destinationId },
    query: { range: (range || '1h') as Range }
  })
  return (
    <div className={styles.cards}>
      <Loaded query={overview}>
        {(value) => (
          <>
            <Totals overview={value} />
            <Card
              title="Over time"
              aside={
                <div className={styles.range}>
                  <Select aria-label="Range" value={range || '1h'} onChoose={setRange} choices={RANGES} />
                </div>
              }
            >
              <div className={styles.overTime}>
                {isEmpty(value) ? (
                  <Empty title="No events in this time" actions={<ButtonLink to="/test">Send a test event</ButtonLink>}>
                    Events that this destination receives are counted here.
                  </Empty>
                ) : (
                  <DeliveryChart overview={value} />
                )}
              </div>
            </Card>
            <ReasonsCard reasons={value.reasons} />
          </>
        )}
      </Loaded>
    </div>
  )
}

function Totals({ overview: { totals, pending } }: { overview: DeliveryOverview }): ReactNode {
  return (
    <dl className={styles.totals}>
      {OUTCOMES.map((outcome) => (
        <div key={outcome} className={styles.total}>
          <dt>{outcomeLabel(outcome)}</dt>
          <dd>
            <Link href={`/debugger?outcome=${encodeURIComponent(outcome)}`}>{formatNumber(totals[outcome])}</Link>
          </dd>
        </div>
      ))}
      <div className={styles.total}>
        <dt>{outcomeLabel('pending')}</dt>
        <dd>{formatNumber(pending)}</dd>
      </div>
    </dl>
  )
}

function isEmpty({ buckets }: DeliveryOverview): boolean {
  return buckets.every(({ counts }) => OUTCOMES.every((outcome) => counts[outcome] === 0))
}

const RANGES = [
  { value: '10m', label: 'Last 10 minutes' },
  { value: '1h', label: 'Last hour' },
  { value: '24h', label: 'Last 24 hours' }
]
