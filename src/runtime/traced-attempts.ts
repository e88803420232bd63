import { transform } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import { isTooDeep } from '../formats/json'
import type { Withhold } from '../secrets/withhold'
import { attemptEvent, attemptEvents } from './attempt'
import type { AttemptResult } from './attempt-result'
import { DestinationPool } from './destination-pool'
import type { Observation } from './destination-pool'
import type { Mapping } from './mapping'
import { RequestRecorder } from './request-recorder'
import { statusOf } from './retryable'
import type { EventTrace, MappingTrace } from './trace'

const TOO_DEEP = 'The event is nested deeper than 1,000 levels.'

/** Makes attempts, each on a copy of the destination, and writes them into traces. */
export class TracedAttempts<Settings> {
  private readonly copies: DestinationPool<Settings>

  constructor(
    definition: DestinationDefinition<Settings>,
    private readonly withhold: Withhold,
    private readonly hintsFor: (event: SegmentEvent) => string[]
  ) {
    this.copies = new DestinationPool(definition)
  }

  async single(mapping: Mapping<Settings>, event: SegmentEvent, trace?: EventTrace): Promise<AttemptResult> {
    const problem = problemOf(mapping, event)
    if (problem !== undefined) {
      return rejected(mapping, problem)
    }
    const recording = trace && new Recording(new RequestRecorder(this.withhold, 'send'), this.withhold)
    const {
      result: bare,
      observation,
      error
    } = await this.copies.use((copy) => attemptEvent(copy, mapping, event, this.withhold, recording?.recorder))
    const result = this.withHints(bare, event)
    if (trace && recording) {
      recording.addTo(trace.mappings[mapping.index], mapping, event, result, observation, error)
    }
    return result
  }

  /** Sends one batch; or the events one by one if the action does not support batches. */
  async batch(mapping: Mapping<Settings>, events: SegmentEvent[], traces?: EventTrace[]): Promise<AttemptResult[]> {
    if (!mapping.definition?.performBatch) {
      return Promise.all(events.map((event, index) => this.single(mapping, event, traces?.[index])))
    }
    const problems = events.map((event) => problemOf(mapping, event))
    if (problems.every((problem) => problem === undefined)) {
      return this.send(mapping, events, traces)
    }
    const isSent = (_value: unknown, index: number) => problems[index] === undefined
    const sent = await this.send(mapping, events.filter(isSent), traces?.filter(isSent))
    let next = 0
    return problems.map((problem) => (problem === undefined ? sent[next++] : rejected(mapping, problem)))
  }

  private async send(
    mapping: Mapping<Settings>,
    events: SegmentEvent[],
    traces?: EventTrace[]
  ): Promise<AttemptResult[]> {
    if (events.length === 0) {
      return []
    }
    const recording = traces && new Recording(new RequestRecorder(this.withhold, 'send'), this.withhold)
    const {
      results: bare,
      observation,
      error
    } = await this.copies.use((copy) => attemptEvents(copy, mapping, events, this.withhold, recording?.recorder))
    const results = bare.map((result, index) =>
      result.scope === 'event' ? this.withHints(result, events[index]) : result
    )
    if (traces && recording) {
      events.forEach((event, index) => {
        const entry = traces[index].mappings[mapping.index]
        recording.addTo(entry, mapping, event, results[index], observation, error)
        entry.batch = { index, size: events.length }
      })
    }
    return results
  }

  /** A rejected event often shows one of the common mistakes. */
  private withHints(result: AttemptResult, event: SegmentEvent): AttemptResult {
    const { outcome, status = 400, reason = '' } = result
    const hints = outcome === 'rejected' && (status === 400 || status === 422) ? this.hintsFor(event) : []
    return hints.length > 0 ? { ...result, reason: [reason.replace(/\w$/, '$&.'), ...hints].join(' ') } : result
  }

  /** Goes as far as the request that would be sent, and writes it into the trace. */
  async preview(mapping: Mapping<Settings>, event: SegmentEvent, trace: EventTrace): Promise<void> {
    const entry = trace.mappings[mapping.index]
    const problem = problemOf(mapping, event)
    if (problem !== undefined) {
      Object.assign(entry, { outcome: 'rejected', reason: problem })
      return
    }
    const recorder = new RequestRecorder(this.withhold, 'preview')
    const { result: bare, observation } = await this.copies.use((copy) =>
      attemptEvent(copy, mapping, event, this.withhold, recorder)
    )
    const result = this.withHints(bare, event)
    entry.payload = payloadOf(mapping, event, observation)
    entry.request = recorder.request
    if (!recorder.request && result.outcome !== 'delivered') {
      Object.assign(entry, { outcome: 'rejected', reason: result.reason, status: result.status })
    }
  }
}

/** One attempt, as a trace shows it. */
class Recording {
  private readonly startedAt = new Date().toISOString()
  private readonly start = performance.now()

  constructor(
    readonly recorder: RequestRecorder,
    private readonly withhold: Withhold
  ) {}

  addTo<Settings>(
    entry: MappingTrace,
    mapping: Mapping<Settings>,
    event: SegmentEvent,
    { outcome, reason, status }: AttemptResult,
    observation: Observation,
    error?: Error
  ): void {
    const { request, response } = this.recorder
    const message = error && this.withhold(error.message)
    Object.assign(entry, { outcome, reason, status, payload: payloadOf(mapping, event, observation) })
    entry.attempts.push({
      startedAt: this.startedAt,
      duration: Math.round(performance.now() - this.start),
      request,
      response,
      ...(message === undefined
        ? {}
        : { error: { code: observation.errorCode, status: error && statusOf(error), message } })
    })
  }
}

/** The payload as the action got it; in a batch, or if it never got it, as the mapping makes it. */
function payloadOf<Settings>(
  { fields }: Mapping<Settings>,
  event: SegmentEvent,
  { payload }: Observation
): JSONObject | undefined {
  try {
    return (payload ?? transform(fields, event as unknown as JSONObject)) as JSONObject
  } catch {
    return undefined
  }
}

/** Why an event is rejected before the framework sees it. */
function problemOf<Settings>({ problem }: Mapping<Settings>, event: SegmentEvent): string | undefined {
  return problem ?? (isTooDeep(event) ? TOO_DEEP : undefined)
}

function rejected<Settings>({ index }: Mapping<Settings>, reason: string): AttemptResult {
  return { mapping: index, outcome: 'rejected', reason, scope: 'event' }
}
