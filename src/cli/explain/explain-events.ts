import type { Readable } from 'node:stream'
import type { SegmentEvent } from '@segment/actions-core'
import type { Input } from '../../delivery/inputs/find-inputs'
import { parseJson } from '../../delivery/inputs/parse-json'
import { readEvents } from '../../delivery/inputs/read-events'
import type { EventRead } from '../../delivery/inputs/read-events'
import { isTooDeep } from '../../formats/json'
import { hintsFor } from '../../runtime'
import type { EventTrace, Runtime } from '../../runtime'
import { resolveInputs } from '../deliver/inputs'
import { foreseeRejection } from '../foresee'
import { cannotRead } from '../terminal'

/** What would become of one event, or of something that is no event. */
export interface Explanation {
  /** The file and the line in it, or the item of an array. */
  place: string
  /** `sent`: the request would be sent to Astrolabe. */
  verdict: 'sent' | 'rejected' | 'filtered' | 'not subscribed'
  event?: SegmentEvent
  problem?: string
  hints: string[]
  trace?: EventTrace
}

/** Explains the events of a file or folder one after the other. Sends nothing. */
export async function* explainEvents(
  path: string,
  openStdin: () => Readable,
  runtime: Runtime
): AsyncGenerator<Explanation> {
  for (const [index, input] of (await resolveInputs([path], openStdin)).entries()) {
    for await (const reads of readInput(input, index)) {
      for (const read of reads) {
        yield await explain(read, runtime)
      }
    }
  }
}

async function* readInput(input: Input, index: number): AsyncGenerator<EventRead[]> {
  try {
    yield* readEvents(input.open(), { file: input.name, input: index })
  } catch (error) {
    cannotRead(input.name)(error)
  }
}

async function explain(read: EventRead, runtime: Runtime): Promise<Explanation> {
  const place = `${read.file}, ${read.unit} ${read.line}`
  if ('problem' in read) {
    if (typeof read.raw !== 'string' || read.raw === '') {
      return { place, verdict: 'rejected', problem: read.problem, hints: [] }
    }
    const { value, position } = parseJson(read.raw)
    const where = position === undefined ? '' : ` It breaks at character ${position + 1}.`
    // A hint says more than the general sentence.
    const [problem = read.problem + where, ...hints] = hintsFor(value, { types: [], destinationName: '' })
    return { place, verdict: 'rejected', problem, hints }
  }
  const trace = await runtime.preview(read.event)
  // What is nested too deep can't be printed.
  const event = isTooDeep(read.event) ? undefined : read.event
  const foreseen = new Set(trace.mappings.flatMap((mapping) => foreseeRejection(mapping) ?? []))
  return { place, verdict: verdictOf(trace), event, hints: [...foreseen, ...trace.hints], trace }
}

function verdictOf({ mappings, filters }: EventTrace): Explanation['verdict'] {
  const outcomes = mappings.map(({ request, outcome }) => (request ? 'sent' : outcome))
  if (filters?.some(({ effect }) => effect === 'dropped')) {
    return 'filtered'
  }
  return (['rejected', 'sent', 'filtered'] as const).find((verdict) => outcomes.includes(verdict)) ?? 'not subscribed'
}
