import { useState } from 'react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { DeliveryOverview, DeliveryQuery, DeliveryReason, DestinationOutcome } from '../../../server/api'
import { useQueryText } from '../../data/address'
import { formatCompact, formatDuration, formatInstant, formatNumber } from '../../data/format'
import { useApi } from '../../data/use-api'
import { OutcomeBadge, outcomeColor, outcomeLabel } from '../../ui/badge'
import { ButtonLink } from '../../ui/button'
import { Table, Time } from '../../ui/details'
import { Select } from '../../ui/field'
import { ForDestination } from '../../ui/for-destination'
import { Card, Page } from '../../ui/page'
import { Empty, Loaded } from '../../ui/state'
import { apiKeyPath } from '../connections/add-destination-page'
import styles from './delivery-page.module.css'

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
            <Totals destinationId={destinationId} overview={value} />
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
            <ReasonsCard destinationId={destinationId} reasons={value.reasons} />
          </>
        )}
      </Loaded>
    </div>
  )
}

interface TotalsProps {
  destinationId: string
  overview: DeliveryOverview
}

/** Each leads to its messages. */
function Totals({ destinationId, overview: { totals, pending } }: TotalsProps): ReactNode {
  return (
    <dl className={styles.totals}>
      {([...OUTCOMES, 'pending'] as const).map((outcome) => {
        const label = outcomeLabel(outcome)
        const count = formatNumber(outcome === 'pending' ? pending : totals[outcome])
        const messages = `/debugger?${new URLSearchParams({ destination: destinationId, outcome })}`
        return (
          <div key={outcome} className={styles.total}>
            <dt>{label}</dt>
            <dd>
              <Link href={messages} aria-label={`${label}: ${count}`}>
                {count}
              </Link>
            </dd>
          </div>
        )
      })}
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

/** From the bottom of each column to its top. */
const OUTCOMES = [
  'delivered',
  'filtered',
  'not subscribed',
  'rejected',
  'failed'
] as const satisfies DestinationOutcome[]

/** Stacked columns, one for each bucket of time. */
function DeliveryChart({ overview: { buckets, bucketSeconds } }: { overview: DeliveryOverview }): ReactNode {
  const sums = buckets.map(({ counts }) => OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0))
  const highest = Math.max(...sums, 1)
  const width = 100 / buckets.length
  return (
    <figure className={styles.figure}>
      <svg
        className={styles.chart}
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        role="img"
        aria-label={chartLabel(buckets, sums)}
      >
        {buckets.map(({ startsAt, counts }, index) => {
          let top = 100
          return OUTCOMES.map((outcome) => {
            const height = (counts[outcome] / highest) * 100
            top -= height
            return height === 0 ? null : (
              <rect
                key={`${startsAt} ${outcome}`}
                fill={outcomeColor(outcome)}
                x={index * width}
                width={width * 0.8}
                y={top}
                height={height}
              >
                <title>{`${formatInstant(startsAt)}: ${formatNumber(counts[outcome])} ${outcomeLabel(outcome)}`}</title>
              </rect>
            )
          })
        })}
      </svg>
      <div className={styles.axis} aria-hidden="true">
        <span>{buckets[0] && formatInstant(buckets[0].startsAt)}</span>
        <span>
          Highest: {formatCompact(highest)} in {formatDuration(bucketSeconds * 1_000)}
        </span>
        <span>now</span>
      </div>
      <figcaption className={styles.legend}>
        {OUTCOMES.map((outcome) => (
          <span key={outcome}>
            <span className={styles.swatch} style={{ background: outcomeColor(outcome) }} />
            {outcomeLabel(outcome)}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}

function chartLabel(buckets: DeliveryOverview['buckets'], sums: number[]): string {
  const busiest = buckets[sums.indexOf(Math.max(...sums))]
  const total = sums.reduce((sum, count) => sum + count, 0)
  const peak = busiest === undefined ? '' : `, most of them at ${formatInstant(busiest.startsAt)}`
  return `${formatNumber(total)} events over time${peak}`
}

function ReasonsCard({ destinationId, reasons }: { destinationId: string; reasons: DeliveryReason[] }): ReactNode {
  const rows = useStillOrder(reasons)
  return (
    <Card title="Reasons" isFlush>
      {rows.length === 0 ? (
        <Empty title="No undelivered events">
          If an event does not arrive, its reason is listed here, with samples.
        </Empty>
      ) : (
        <Table
          label="Reasons"
          columns={['Outcome', 'Reason', 'Count', 'Last', 'Samples']}
          rows={rows}
          keyOf={keyOfReason}
          cellsOf={({ outcome, reason, status, isKeyRejected, count, lastAt, samples }) => [
            <OutcomeBadge key="outcome" outcome={outcome} />,
            <Reason key="reason" {...{ reason, status }}>
              {isKeyRejected && <Link href={apiKeyPath(destinationId)}>Check the API key</Link>}
            </Reason>,
            formatNumber(count),
            <Time key="time" at={lastAt} />,
            <Samples key="samples" samples={samples} />
          ]}
        />
      )}
    </Card>
  )
}

function Reason({ reason, status, children }: Pick<DeliveryReason, 'reason' | 'status'> & { children: ReactNode }) {
  return (
    <>
      <bdi>{reason}</bdi>
      {status !== undefined && <div className={styles.status}>Status {status}</div>}
      {children}
    </>
  )
}

function Samples({ samples }: Pick<DeliveryReason, 'samples'>): ReactNode {
  return (
    <ul className={styles.samples}>
      {samples.slice(0, SHOWN_SAMPLES).map(({ id, title }) => (
        <li key={id}>
          <Link href={`/messages/${encodeURIComponent(id)}`}>
            <bdi>{title}</bdi>
          </Link>
        </li>
      ))}
    </ul>
  )
}

const SHOWN_SAMPLES = 3

const keyOfReason = ({ outcome, reason, status }: DeliveryReason): string => `${outcome} ${status} ${reason}`

/** The most frequent first, as of the first look: rows stay in place while counts grow, and new ones follow at the end. */
function useStillOrder(reasons: DeliveryReason[]): DeliveryReason[] {
  const [order, setOrder] = useState<string[]>([])
  const added = reasons.map(keyOfReason).filter((key) => !order.includes(key))
  if (added.length > 0) {
    setOrder([...order, ...added])
  }
  return reasons.toSorted((one, other) => order.indexOf(keyOfReason(one)) - order.indexOf(keyOfReason(other)))
}
