import type { Results } from './part'
import { SAME_WORK, SAME_WORK_IN_BATCHES } from './peers'
import { median, medianOfRounds } from './statistics'
import { ASTROLABE, CONTROL, FLOOR, UNDICI } from './variants'

/** One thing that is promised of this destination's cost. */
export interface Figure {
  name: string
  /** What it has to be. */
  promise: { atMost: number } | { atLeast: number } | { under: number }
  value: number
  /** The same of the framework's floor, where the framework may stand between a destination and the promise. */
  floor?: number
}

export type Verdict = 'kept' | "the framework's bound" | 'MISSED'

export function figures({ cpu, growth, tls, heap }: Results): Figure[] {
  const { single, batchOf100 } = cpu
  const perEvent = (rounds: Record<string, number[]>) => median(rounds[ASTROLABE])
  return [
    {
      name: "a single event / the framework's floor",
      promise: { atMost: 1.25 },
      value: medianOfRounds(single, (of) => of(ASTROLABE) / of(FLOOR))
    },
    {
      name: `a single event / the median of ${SAME_WORK.join(', ')}`,
      promise: { atMost: 0.95 },
      value: medianOfRounds(single, (of) => of(ASTROLABE) / median(SAME_WORK.map(of)))
    },
    ...SAME_WORK.map((peer) => ({
      name: `a single event / ${peer}`,
      promise: { atMost: 1.05 },
      value: medianOfRounds(single, (of) => of(ASTROLABE) / of(peer))
    })),
    {
      name: `an event in a batch of 100 / the best of ${SAME_WORK_IN_BATCHES.join(', ')}`,
      promise: { atMost: 1.05 },
      value: Math.max(
        ...SAME_WORK_IN_BATCHES.map((peer) => medianOfRounds(batchOf100, (of) => of(ASTROLABE) / of(peer)))
      )
    },
    {
      name: 'an event in a batch of 100 / a single event',
      promise: { atMost: 0.25 },
      value: perEvent(batchOf100) / perEvent(single)
    },
    {
      name: 'an event in a batch of 1,000 / in a batch of 100',
      promise: { atMost: 1.3 },
      value: medianOfRounds(growth.batchSizes, (of) => of('batch of 1000') / of('batch of 100'))
    },
    {
      name: `events a second over TLS, ${tls.concurrency} at a time / undici`,
      promise: { atLeast: 0.22 },
      value: medianOfRounds(tls.single, (of) => of(ASTROLABE) / of(UNDICI)),
      floor: medianOfRounds(tls.single, (of) => of(FLOOR) / of(UNDICI))
    },
    {
      name: 'connections opened / events at a time',
      promise: { atMost: 1.5 },
      value: tls.connections / tls.concurrency
    },
    {
      name: `bytes of heap growth an event, over ${heap.events.toLocaleString('en-US')} events`,
      promise: { under: 100 },
      value: heap.bytesAnEvent
    }
  ]
}

/**
 * What the floor misses itself, no destination of this framework can keep: then it is to come within a tenth of the floor.
 */
export function verdictOn({ promise, value, floor }: Figure): Verdict {
  if (isKept(promise, value)) {
    return 'kept'
  }
  const isBound = floor !== undefined && !isKept(promise, floor) && value >= 0.9 * floor
  return isBound ? "the framework's bound" : 'MISSED'
}

function isKept(promise: Figure['promise'], value: number): boolean {
  if ('atMost' in promise) {
    return value <= promise.atMost
  }
  return 'atLeast' in promise ? value >= promise.atLeast : value < promise.under
}

/** A copy of Astrolabe's destination against itself: how far from 1 a ratio of this run is by chance. */
export function noise({ cpu }: Results): Record<keyof Results['cpu'], number> {
  const ofCopy = (rounds: Record<string, number[]>) => medianOfRounds(rounds, (of) => of(CONTROL) / of(ASTROLABE))
  return {
    single: ofCopy(cpu.single),
    batchOf100: ofCopy(cpu.batchOf100),
    batchOf1000: ofCopy(cpu.batchOf1000)
  }
}
