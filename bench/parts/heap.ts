import { PerformanceObserver, constants } from 'node:perf_hooks'
import type { PerformanceEntry } from 'node:perf_hooks'
import { benchEvent, TYPES } from '../events'
import { median } from '../statistics'
import { StubbedNetwork } from '../stubbed-network'
import { ofAstrolabe } from '../variants'

export interface HeapResult {
  /** By how many bytes the heap grew an event. Below zero where it shrank. */
  bytesAnEvent: number
  events: number
}

const EVENTS = 20000

/** Until the heap holds all that the compiler and the caches put there for good. */
const WARM_UP = 5000

/** Compares what the heap holds after full collections in the first half of the events with the second half. */
export default async function heap(): Promise<HeapResult> {
  new StubbedNetwork()
  const variant = ofAstrolabe('heap')
  const oneOfEach = TYPES.map((type) => benchEvent(type))
  const held: { event: number; bytes: number }[] = []
  let event = 0

  const observer = new PerformanceObserver((list) => {
    if (list.getEntries().some(isFullCollection)) {
      held.push({ event, bytes: process.memoryUsage().heapUsed })
    }
  })
  observer.observe({ entryTypes: ['gc'] })
  for (; event < WARM_UP + EVENTS; event++) {
    await variant.sendEvent(oneOfEach[event % oneOfEach.length])
  }
  observer.disconnect()

  const middle = WARM_UP + EVENTS / 2
  const first = held.filter((reading) => reading.event >= WARM_UP && reading.event < middle)
  const second = held.filter((reading) => reading.event >= middle)
  if (first.length < 3 || second.length < 3) {
    throw new Error('heap: too few collections to compare')
  }
  const growth = (figure: 'event' | 'bytes') =>
    median(second.map((reading) => reading[figure])) - median(first.map((reading) => reading[figure]))
  return { bytesAnEvent: growth('bytes') / growth('event'), events: EVENTS }
}

function isFullCollection(entry: PerformanceEntry & { detail?: unknown }): boolean {
  return (entry.detail as { kind?: number }).kind === constants.NODE_PERFORMANCE_GC_MAJOR
}
