import type { SegmentEvent } from '@segment/actions-core'
import type { DeliveryRecord } from './delivery-record'
import type { Mapping } from './mapping'
import { backoff } from './retry'
import type { RetryOptions } from './retry'
import type { Sender } from './sender'
import type { EventTrace } from './trace'

export interface Retry {
  mapping: string
  /** Why the last attempt failed, without secrets. */
  reason: string
  status?: number
  attempts: number
  /** Milliseconds until the next. */
  wait: number
}

export interface DeliverOptions {
  onRetry?: (retry: Retry) => void
  /** Once it is aborted, no attempt follows and nothing is waited for. */
  signal?: AbortSignal
  /** Filled as things happen: see `createTrace`. */
  trace?: EventTrace
}

/**
 * Sends one event to one mapping until it is settled. Segment's platform would do the same, except that it does not read
 * `Retry-After`.
 */
export async function deliverEvent<Settings>(
  sender: Sender<Settings>,
  mapping: Mapping<Settings>,
  event: SegmentEvent,
  retry: RetryOptions,
  { onRetry, signal, trace }: DeliverOptions
): Promise<DeliveryRecord> {
  const { name, action, index } = mapping
  for (let attempts = 1; ; attempts++) {
    const { outcome, reason = '', status, retryAfter = 0 } = await sender.send(mapping, event, trace)
    const record = { mapping: name, action, status, attempts: mapping.problem === undefined ? attempts : 0 }
    if (outcome !== 'retryable') {
      return { ...record, outcome, ...(outcome === 'delivered' ? {} : { reason }) }
    }
    const hasAnother = attempts <= retry.retries && retryAfter <= retry.maxRetryAfter
    if (!hasAnother || signal?.aborted) {
      return { ...record, outcome: 'failed', reason }
    }
    const wait = Math.max(backoff(attempts, retry), retryAfter)
    noteWait(trace, index, wait)
    onRetry?.({ mapping: name, reason, status, attempts, wait })
    await retry.wait(wait, signal).catch(() => undefined)
    // Aborted by now, or by `onRetry`.
    if (isAborted(signal)) {
      noteWait(trace, index, undefined)
      return { ...record, outcome: 'failed', reason }
    }
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted ?? false
}

function noteWait(trace: EventTrace | undefined, mapping: number, wait: number | undefined): void {
  const attempt = trace?.mappings[mapping].attempts.at(-1)
  if (attempt) {
    attempt.wait = wait
  }
}
