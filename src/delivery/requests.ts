import type { AttemptResult, Runtime } from '../runtime'
import type { HeldEvent } from './held-event'
import type { Notice } from './notice'

/** A runtime, as far as sending needs it. */
export type Sending = Pick<Runtime, 'attempt' | 'attemptBatch'> & { mappings: readonly { name: string }[] }

/** Statuses of a server that has no batch endpoint. */
const NO_BATCH_ENDPOINT: readonly (number | undefined)[] = [404, 405, 501]

const TOO_LARGE = 413

/** What became of a request. */
interface Response {
  /** Of each event. */
  results: AttemptResult[][]
  /** The mappings whose events are sent one by one from here on, because the batch itself was the problem. */
  alone: number[]
}

/** Sends events in batches, or one by one if the API has no batch endpoint. */
export class Requests {
  private size: number

  /** @param options.batchSize events per request at most */
  constructor(private readonly options: { runtime: Sending; batchSize: number; notify(notice: Notice): void }) {
    this.size = options.batchSize
  }

  /** Events per request at most. */
  get batchSize(): number {
    return this.size
  }

  /** @param isProbe whether a single event goes where batches go */
  async send([first, ...others]: HeldEvent[], isProbe: boolean): Promise<Response> {
    const { runtime } = this.options
    const isSingle = others.length === 0 && (!isProbe || this.size === 1 || first.isAlone)
    const results = isSingle
      ? [await runtime.attempt(first.event, first.open)]
      : await runtime.attemptBatch(
          [first, ...others].map(({ event }) => event),
          first.open
        )
    return { results, alone: isSingle ? [] : this.mappingsToSendAlone(results[0]) }
  }

  private mappingsToSendAlone(results: AttemptResult[]): number[] {
    const refused = results.filter(({ scope }) => scope === 'request')
    const isUnsupported = refused.some(({ status }) => NO_BATCH_ENDPOINT.includes(status))
    if (isUnsupported && this.size > 1) {
      this.options.notify({ kind: 'no batches' })
      this.size = 1
    }
    return refused
      .filter(({ status }) => status === TOO_LARGE || NO_BATCH_ENDPOINT.includes(status))
      .map(({ mapping }) => mapping)
  }
}
