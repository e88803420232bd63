import type { ReactNode } from 'react'
import type { Instant } from '../../server/api'
import { formatInstant } from '../data/format'

/** The time, with the exact one on demand. */
export function Time({ at }: { at: Instant }): ReactNode {
  return (
    <time dateTime={at} title={at} style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
      {formatInstant(at)}
    </time>
  )
}
