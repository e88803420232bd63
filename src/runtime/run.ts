import type { SegmentEvent } from '@segment/actions-core'
import { decisiveRecord } from './delivery'
import type { Outcome } from './delivery'
import type { EventRead } from './read-events'
import type { Runtime } from './runtime'

/** What became of one event, or of what stood in its place, as a whole. */
export interface EventFate extends Pick<EventRead, 'unit' | 'line' | 'raw'> {
  outcome: Outcome
  /** Why it was refused or has failed, without secrets or personal data. */
  reason?: string
}

/**
 * Delivers what is read, one event after the other and in order: a User's later traits must not be overtaken by earlier
 * ones. What could not be read counts as refused, and the run goes on.
 */
export async function* run(events: AsyncIterable<EventRead>, runtime: Runtime): AsyncGenerator<EventFate> {
  for await (const read of events) {
    const { unit, line, raw } = read
    yield 'event' in read
      ? { unit, line, raw, ...(await fateOf(read.event, runtime)) }
      : { unit, line, raw, outcome: 'refused', reason: read.problem }
  }
}

async function fateOf(event: SegmentEvent, runtime: Runtime): Promise<Pick<EventFate, 'outcome' | 'reason'>> {
  const record = decisiveRecord(await runtime.deliver(event))
  return { outcome: record?.outcome ?? 'not subscribed', reason: record?.reason }
}
