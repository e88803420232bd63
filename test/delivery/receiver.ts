import type { SegmentEvent } from '@segment/actions-core'
import type { DeliveryOptions } from '../../src/delivery/delivery'
import type { AttemptResult } from '../../src/runtime'

/** What a receiver does with one event at one attempt. */
export type Response = Pick<AttemptResult, 'outcome' | 'status' | 'retryAfter' | 'errorCode' | 'reason' | 'reasonFrom'>

export const DELIVERED: Response = { outcome: 'delivered' }

interface ReceiverOptions {
  sleep(milliseconds: number): Promise<void>
  /** Milliseconds until the response to the next request. */
  latency?(): number
  respond?(event: SegmentEvent): Response
  /** Called when a request arrives, with its events, and when its response leaves. */
  onRequest?(events: SegmentEvent[]): void
  onResponse?(events: SegmentEvent[], responses: Response[]): void
}

/** A runtime with one mapping, whose receiver is the test. */
export function createReceiver({
  sleep,
  latency = () => 0,
  respond = () => DELIVERED,
  onRequest = () => undefined,
  onResponse = () => undefined
}: ReceiverOptions): DeliveryOptions['runtime'] {
  async function send(events: SegmentEvent[]): Promise<AttemptResult[][]> {
    onRequest(events)
    const responses = events.map(respond)
    await sleep(latency())
    onResponse(events, responses)
    return responses.map((response) => [{ mapping: 0, scope: 'event', ...response }])
  }
  return {
    mappings: [{ name: 'All' }],
    route: () => ({ mappings: [0] }),
    attempt: async (event) => (await send([event]))[0],
    attemptBatch: send
  }
}
