import { Destination, MultiStatusResponse } from '@segment/actions-core'
import type { DestinationDefinition, RequestClient } from '@segment/actions-core'
import { AttemptSignals } from './attempt-signals'
import type { RequestRecorder } from './request-recorder'
import { parseRetryAfter } from './retry'

export interface Observation {
  /** Whether the action was reached: before that, nothing can have been sent. */
  isPerformed: boolean
  /** Whether the action gave a result for each event of the batch. */
  hasResults: boolean
  hasResponse: boolean
  /** Node's code of the last network error. */
  errorCode?: string
  /** Milliseconds that the last response asks to wait; 0 if it does not. */
  retryAfter: number
  /** The payload that the action was given, if the event was sent on its own. */
  payload?: unknown
}

/**
 * One copy of a destination, for one attempt at a time: the framework puts the responses of concurrent events into one
 * list.
 */
export class DestinationCopy<Settings> {
  private readonly destination: Destination<Settings>
  private readonly signals = new AttemptSignals()
  private observation: Observation = { isPerformed: false, hasResults: false, hasResponse: false, retryAfter: 0 }
  private recorder?: RequestRecorder

  constructor(definition: DestinationDefinition<Settings>) {
    this.destination = new Destination(this.observed(definition))
  }

  /** Runs one attempt. Never rejects. */
  async attempt<T>(
    run: (destination: Destination<Settings>, signal: AbortSignal) => Promise<T>,
    recorder?: RequestRecorder
  ): Promise<{ value?: T; error?: Error; observation: Observation }> {
    const observation: Observation = { isPerformed: false, hasResults: false, hasResponse: false, retryAfter: 0 }
    this.observation = observation
    this.recorder = recorder
    try {
      return { value: await this.signals.run((signal) => run(this.destination, signal)), observation }
    } catch (error) {
      return { error: error as Error, observation }
    } finally {
      const { responses } = this.destination
      observation.hasResponse = responses.length > 0
      observation.retryAfter = parseRetryAfter(responses.at(-1)?.headers.get('retry-after'))
      // The framework keeps every response for good.
      responses.length = 0
    }
  }

  private observed(definition: DestinationDefinition<Settings>): DestinationDefinition<Settings> {
    const actions: typeof definition.actions = {}
    for (const [key, action] of Object.entries(definition.actions)) {
      const { perform, performBatch } = action
      actions[key] = {
        ...action,
        perform: (request, data) => {
          this.observation.isPerformed = true
          this.observation.payload = data.payload
          return perform(this.watch(request), data) as unknown
        },
        performBatch:
          performBatch &&
          (async (request, data) => {
            this.observation.isPerformed = true
            const results: unknown = await performBatch(this.watch(request), data)
            this.observation.hasResults = results instanceof MultiStatusResponse
            return results
          })
      }
    }
    return { ...definition, actions }
  }

  private watch(request: RequestClient): RequestClient {
    const { observation, recorder } = this
    return <Data>(url: string, options?: Parameters<RequestClient>[1]) =>
      request<Data>(url, recorder ? recorder.watch(url, options) : options).catch(
        (error: Error & { code?: string }) => {
          observation.errorCode = error.code
          this.signals.fail()
          throw error
        }
      )
  }
}

/** Lends copies of a destination, and makes as many as are in use at once. */
export class DestinationPool<Settings> {
  private readonly idle: DestinationCopy<Settings>[] = []

  constructor(private readonly definition: DestinationDefinition<Settings>) {}

  async use<T>(run: (copy: DestinationCopy<Settings>) => Promise<T>): Promise<T> {
    const copy = this.idle.pop() ?? new DestinationCopy(this.definition)
    try {
      return await run(copy)
    } finally {
      this.idle.push(copy)
    }
  }
}
