import type { Readable } from 'node:stream'
import type { SegmentEvent } from '@segment/actions-core'
import { hintsFor } from '../../runtime'
import type { EventTrace, Runtime } from '../../runtime'
import { readEvents } from '../../runtime/read-events'
import { findInputs } from '../deliver/inputs'

/** What would become of one event, or of something that is no event. */
export interface Explanation {
  /** The file and the line in it, or the item of an array. */
  place: string
  /** `sent`: the request would be sent to Astrolabe. */
  verdict: 'sent' | 'rejected' | 'filtered' | 'not subscribed'
  event?: SegmentEvent
  /** Why it is no event. */
  problem?: string
  /** Mistakes that are common in events. */
  hints: string[]
  trace?: EventTrace
}

/** Explains the events of a file one after the other. Sends nothing. */
export async function* explainEvents(path: string, stdin: Readable, runtime: Runtime): AsyncGenerator<Explanation> {
  const [{ name, open }] = await findInputs([path], stdin)
  for await (const read of readEvents(open())) {
    const place = `${name}, ${read.unit} ${read.line}`
    if ('event' in read) {
      const trace = await runtime.preview(read.event)
      yield { place, verdict: verdictOf(trace), event: read.event, hints: trace.hints, trace }
    } else {
      const hints = hintsFor(valueOf(read.raw), { types: [], destinationName: '' })
      yield { place, verdict: 'rejected', problem: read.problem, hints }
    }
  }
}

function verdictOf({ mappings }: EventTrace): Explanation['verdict'] {
  const outcomes = mappings.map(({ request, outcome }) => (request ? 'sent' : outcome))
  return (['rejected', 'sent', 'filtered'] as const).find((verdict) => outcomes.includes(verdict)) ?? 'not subscribed'
}

function valueOf(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    return undefined
  }
}
