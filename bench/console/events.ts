import { historyEvent } from '../delivery/write-events'
import type { BenchEvent } from '../events'

/** Calls of a client: Segment adds the time of receipt itself. */
export function clientCalls(first: number, count: number): object[] {
  return Array.from({ length: count }, (_, index) => callOf(historyEvent(first + index)))
}

function callOf({ receivedAt: _receivedAt, ...call }: BenchEvent): object {
  return call
}
