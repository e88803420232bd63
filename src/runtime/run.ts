import type { SegmentEvent } from '@segment/actions-core'
import { worstRecord } from './delivery-record'
import type { Outcome } from './delivery-record'
import type { EventRead } from './read-events'
import type { Runtime } from './runtime'

/** What became of one event, or of what stood in its place, as a whole. */
export interface EventFate extends Pick<EventRead, 'unit' | 'line' | 'raw'> {
  outcome: Outcome
  /** Why it was rejected or has failed, without secrets or personal data. */
  reason?: string
  /** The status that the error carries, if any. */
  status?: number
}

/** Called the first time that an event has to be tried again. */
export type OnRetry = (event: Pick<EventRead, 'unit' | 'line'>, reason: string) => void

/**
 * Delivers what is read, one event after the other and in order: a User's later traits must not be overtaken by earlier
 * ones. What could not be read counts as rejected, and the run goes on.
 */
export async function* run(
  events: AsyncIterable<EventRead>,
  runtime: Pick<Runtime, 'deliver'>,
  onRetry: OnRetry = () => undefined
): AsyncGenerator<EventFate> {
  for await (const read of events) {
    const { unit, line, raw } = read
    yield 'event' in read
      ? {
          unit,
          line,
          raw,
          ...(await fateOf(
            read.event,
            runtime,
            once((reason) => onRetry({ unit, line }, reason))
          ))
        }
      : { unit, line, raw, outcome: 'rejected', reason: read.problem }
  }
}

async function fateOf(
  event: SegmentEvent,
  runtime: Pick<Runtime, 'deliver'>,
  onRetry: (reason: string) => void
): Promise<Pick<EventFate, 'outcome' | 'reason' | 'status'>> {
  const {
    outcome = 'not subscribed',
    reason,
    status
  } = worstRecord(await runtime.deliver(event, { onRetry: (retry) => onRetry(retry.reason) })) ?? {}
  return { outcome, reason, status }
}

function once<T>(call: (value: T) => void): (value: T) => void {
  let isCalled = false
  return (value) => {
    if (!isCalled) {
      call(value)
    }
    isCalled = true
  }
}
