import type { Result, SegmentEvent } from '@segment/actions-core'
import type { Withhold } from '../secrets/withhold'
import type { AttemptResult } from './attempt-result'
import type { DestinationCopy, Observation } from './destination-pool'
import type { Mapping } from './mapping'
import type { RequestRecorder } from './request-recorder'
import { isRetryable, isRetryableStatus, statusOf } from './retryable'

type MultiStatus = NonNullable<Result['multistatus']>[number]

const UNCONFIRMED = 'The destination gave no result for each event of the batch, so that none counts as delivered.'

/** Gives one event to a mapping's action. Never rejects. */
export async function attemptEvent<Settings>(
  copy: DestinationCopy<Settings>,
  mapping: Mapping<Settings>,
  event: SegmentEvent,
  withhold: Withhold,
  recorder?: RequestRecorder
): Promise<{ result: AttemptResult; observation: Observation; error?: Error }> {
  const { value, error, observation } = await copy.attempt(
    (destination, signal) => destination.onEvent(repaired(event), mapping.data, { signal }),
    recorder
  )
  if (error) {
    return { result: resultOf(error, mapping, observation, withhold), observation, error }
  }
  const output = value?.at(-1)?.output
  const result: AttemptResult =
    output === 'Action Executed'
      ? { mapping: mapping.index, outcome: 'delivered', scope: 'event' }
      : { mapping: mapping.index, outcome: 'rejected', reason: withhold(JSON.stringify(output)), scope: 'event' }
  return { result, observation }
}

/**
 * Gives a batch to a mapping's action, in one request as a rule, and returns a result for each event in its order. Never
 * rejects. An event that breaks the framework before anything is sent is rejected on its own; the others are sent.
 */
export async function attemptEvents<Settings>(
  copy: DestinationCopy<Settings>,
  mapping: Mapping<Settings>,
  events: SegmentEvent[],
  withhold: Withhold,
  recorder?: RequestRecorder
): Promise<{ results: AttemptResult[]; observation: Observation; error?: Error }> {
  const { value, error, observation } = await copy.attempt(
    (destination, signal) => destination.onBatch(events.map(repaired), mapping.data, { signal }),
    recorder
  )
  if (error && !observation.isPerformed && statusOf(error) === undefined && events.length > 1) {
    const half = Math.ceil(events.length / 2)
    const first = await attemptEvents(copy, mapping, events.slice(0, half), withhold, recorder)
    const second = await attemptEvents(copy, mapping, events.slice(half), withhold, recorder)
    return { ...second, results: [...first.results, ...second.results] }
  }
  if (error) {
    const result = resultOf(error, mapping, observation, withhold)
    return { results: events.map(() => result), observation, error }
  }
  const statuses = value?.[0]?.multistatus ?? []
  const delivered: AttemptResult = { mapping: mapping.index, outcome: 'delivered', scope: 'event' }
  const results = events.map((_, index) => {
    const status = statuses[index] as MultiStatus | undefined
    return isSuccess(status) && observation.hasResults
      ? delivered
      : statusResult(status, mapping, observation, withhold)
  })
  return { results, observation }
}

function isSuccess(result: MultiStatus | undefined): boolean {
  return result !== undefined && result.status >= 200 && result.status < 300
}

function statusResult<Settings>(
  result: MultiStatus | undefined,
  { index }: Mapping<Settings>,
  observation: Observation,
  withhold: Withhold
): AttemptResult {
  if (isSuccess(result)) {
    return { mapping: index, outcome: 'rejected', reason: UNCONFIRMED, scope: 'request' }
  }
  const status = result?.status ?? 500
  const message = (result as { errormessage?: string } | undefined)?.errormessage
  const reason = withhold(message ?? `The destination responded with status ${status} and no reason.`)
  const about = { mapping: index, reason, status, ...sourceOf(result !== undefined && 'sent' in result) }
  return isRetryableStatus(status)
    ? { ...about, outcome: 'retryable', scope: 'event', ...waitOf(observation) }
    : { ...about, outcome: 'rejected', scope: 'event' }
}

function resultOf<Settings>(
  error: Error,
  { index }: Mapping<Settings>,
  observation: Observation,
  withhold: Withhold
): AttemptResult {
  const { isPerformed, errorCode, hasResponse } = observation
  const result = {
    mapping: index,
    reason: withhold(error.message),
    status: statusOf(error),
    ...sourceOf(isPerformed && hasResponse)
  }
  const scope = isPerformed ? 'request' : 'event'
  // An error before the action is reached comes from the event or the settings, and occurs each time.
  return isPerformed && isRetryable(error)
    ? { ...result, outcome: 'retryable', scope, errorCode, ...waitOf(observation) }
    : { ...result, outcome: 'rejected', scope }
}

function sourceOf(isResponse: boolean): Pick<AttemptResult, 'reasonFrom'> {
  return isResponse ? { reasonFrom: 'response' } : {}
}

function waitOf({ retryAfter }: Observation): Pick<AttemptResult, 'retryAfter'> {
  return retryAfter > 0 ? { retryAfter } : {}
}

/** The framework throws a TypeError if `context` or `context.personas` is null, which takes a whole batch along. */
function repaired(event: SegmentEvent): SegmentEvent {
  const { context } = event
  if (context === null) {
    return { ...event, context: undefined }
  }
  return context?.personas === null ? { ...event, context: { ...context, personas: undefined } } : event
}
