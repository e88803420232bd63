import type { ReactNode } from 'react'
import type { DeliveryOverview, FinalOutcome } from '../../../server/api'
import { formatCompact, formatDuration, formatInstant, formatNumber } from '../../data/format'
import { outcomeLabel } from '../../ui/badge'
import styles from './delivery.module.css'

/** From the bottom of each column to its top. */
export const OUTCOMES = [
  'delivered',
  'filtered',
  'not subscribed',
  'rejected',
  'failed'
] as const satisfies FinalOutcome[]

/** Stacked columns, one for each bucket of time. */
export function DeliveryChart({ overview: { buckets, bucketSeconds } }: { overview: DeliveryOverview }): ReactNode {
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
        aria-label={label(buckets, sums)}
      >
        {buckets.map(({ startsAt, counts }, index) => {
          let top = 100
          return OUTCOMES.map((outcome) => {
            const height = (counts[outcome] / highest) * 100
            top -= height
            return height === 0 ? null : (
              <rect
                key={`${startsAt} ${outcome}`}
                className={styles.column}
                data-outcome={outcome}
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
            <span className={styles.swatch} data-outcome={outcome} />
            {outcomeLabel(outcome)}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}

function label(buckets: DeliveryOverview['buckets'], sums: number[]): string {
  const busiest = buckets[sums.indexOf(Math.max(...sums))]
  const total = sums.reduce((sum, count) => sum + count, 0)
  const peak = busiest === undefined ? '' : `, most of them at ${formatInstant(busiest.startsAt)}`
  return `${formatNumber(total)} events over time${peak}`
}
