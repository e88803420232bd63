import type { SegmentEvent } from '@segment/actions-core'
import type { DeliveryOptions, DeliverySummary } from '../../delivery/delivery'
import type { AttemptResult, Runtime } from '../../runtime'
import { foreseeRejection } from '../foresee'
import { formatCount, formatDuration } from '../format'
import { oneLine } from '../output'

type Limits = Pick<DeliveryOptions, 'concurrency' | 'rate' | 'batchSize'>

/** The response time that an estimate assumes, in ms. */
const RESPONSE_TIME = 50

/**
 * A runtime that does everything except sending: an event that would be sent counts as delivered, with its hints as the
 * reason, unless a documented rule of Astrolabe rejects it.
 */
export function withoutSending(runtime: Runtime): Omit<Runtime, 'preview'> {
  async function attempt(event: SegmentEvent, mappings: readonly number[]): Promise<AttemptResult[]> {
    const trace = await runtime.preview(event, mappings)
    return mappings.map((mapping) => {
      const { outcome, reason, status } = trace.mappings[mapping]
      const foreseen = foreseeRejection(trace.mappings[mapping])
      return outcome === 'rejected' || foreseen
        ? { mapping, outcome: 'rejected', reason: foreseen ?? reason, status, scope: 'event' }
        : { mapping, outcome: 'delivered', reason: trace.hints.join(' ') || undefined, scope: 'event' }
    })
  }
  return {
    mappings: runtime.mappings,
    route: (event) => runtime.route(event),
    attempt,
    attemptBatch: (events, mappings) => Promise.all(events.map((event) => attempt(event, mappings)))
  }
}

/**
 * A sentence on what a dry run has found: where it stopped, or how long sending would take.
 *
 * @param elapsed by the dry run, in ms
 */
export function describeDryRun(
  { tally, stopReason, continueAt }: DeliverySummary,
  elapsed: number,
  limits: Limits
): string {
  if (!stopReason) {
    return estimateDuration(tally.counts.delivered, elapsed, limits)
  }
  const where = continueAt ? ` before ${oneLine(continueAt.file)}, ${continueAt.unit} ${continueAt.line}` : ''
  return `Dry run: nothing was sent. It stopped${where}, so these numbers are not those of all events.`
}

/**
 * A sentence on how long sending would take: by requests in flight at an assumed response time, by the rate limit, or by the
 * time that the dry run itself took, whichever is longest.
 *
 * @param events that would be sent
 * @param elapsed by the dry run, in ms
 */
function estimateDuration(
  events: number,
  elapsed: number,
  { concurrency, rate = Infinity, batchSize = 1 }: Limits
): string {
  const byResponses = (events / batchSize / concurrency) * RESPONSE_TIME
  const byRate = (events / rate) * 1000
  const duration = Math.max(byResponses, byRate, elapsed)
  return `Dry run: nothing was sent. ${formatCount(events, 'event')} take${events === 1 ? 's' : ''} about ${formatDuration(duration)}, if Astrolabe responds within ${RESPONSE_TIME} ms and sets no rate limit.`
}
