import type { Account, MessageDetail, MessageSummary, Route, User } from '../server/api'
import { ApiError, call } from './call'
import type { CallOptions, ResponseOf } from './call'

export type * from '../server/api'
export { ApiError }

/** The message to wait for: by its `messageId`, or by the fields that the debugger shows. */
export type MessageMatch = Partial<Pick<MessageSummary, 'messageId' | 'type' | 'title' | 'user'>>

export interface ConsoleOptions {
  /** Where the console runs. Default: `http://127.0.0.1:4020`. */
  origin?: string
}

interface WaitOptions {
  seconds?: number
}

/** Milliseconds before the console is asked again. */
const POLL = 100

/** The list's longest page. */
const LIMIT = 200

/** A client of a running console, for tests of an app that sends events to it. */
export class ConsoleClient {
  private readonly origin: string

  constructor({ origin = 'http://127.0.0.1:4020' }: ConsoleOptions = {}) {
    this.origin = origin.replace(/\/+$/, '')
  }

  /**
   * Any route of the API.
   *
   * @throws ApiError if the response is not 2xx, or if there is none (its `status` is 0 then)
   */
  call<R extends Route>(route: R, options: Omit<CallOptions<R>, 'origin'>): Promise<ResponseOf<R>> {
    // The cast: TypeScript does not resolve the conditional types of a generic route.
    return call(route, { origin: this.origin, ...options } as CallOptions<R>)
  }

  /**
   * Waits until the console runs, after a start in the background.
   *
   * @param seconds how long to wait. Default: 10.
   * @throws Error if it does not run by then
   */
  async untilReady({ seconds = 10 }: WaitOptions = {}): Promise<void> {
    const status = await poll(inSeconds(seconds), () => this.call('GET /api/status', {}).catch(nothingIf(0)))
    if (!status) {
      throw new Error(`No console runs at ${this.origin}. Start it: npx astrolabe-segment console --ready`)
    }
  }

  /**
   * Waits until a message has arrived, and until it is delivered or can't be. Of several that match, it takes the newest.
   *
   * @param match such as `{ type: 'track', title: 'Order Completed', user: 'userId123' }`. The title is the event's name
   *   of a track call, and the Account of a group call. The user is the `userId`, or else the `anonymousId`.
   * @param seconds how long to wait. Default: 10.
   * @returns the message. It is still `pending` if it arrived in time and was not delivered in time.
   * @throws Error that names the newest messages, if none matches in time
   */
  async waitForMessage(match: MessageMatch, { seconds = 10 }: WaitOptions = {}): Promise<MessageDetail> {
    const end = inSeconds(seconds)
    const found = await poll(end, async () => (await this.list(match)).items.find((item) => matches(item, match)))
    if (!found) {
      throw new Error(`No message with ${JSON.stringify(match)} arrived within ${seconds} s. ${await this.newest()}`)
    }
    const wait = Math.min(60, Math.max(0, (end - Date.now()) / 1000))
    return this.call('GET /api/messages/:id', { params: { id: found.id }, query: { wait } })
  }

  /** What Astrolabe holds of a User, or nothing if it has none with this `userId` or `anonymousId`. */
  async user(id: string | { anonymousId: string }): Promise<User | undefined> {
    const key = typeof id === 'string' ? `userId:${id}` : `anonymousId:${id.anonymousId}`
    return this.call('GET /api/users/:key', { params: { key } }).catch(nothingIf(404))
  }

  /** What Astrolabe holds of an Account, or nothing if it has none with this `groupId`. */
  async account(groupId: string): Promise<Account | undefined> {
    return this.call('GET /api/accounts/:key', { params: { key: groupId } }).catch(nothingIf(404))
  }

  /**
   * Forgets messages, Users, Accounts and events, and ends faults. Sources, destinations, mappings and connectors stay.
   * Call it between two tests.
   */
  async reset(): Promise<void> {
    await this.call('POST /api/reset', {})
  }

  private list({ messageId, type }: MessageMatch) {
    return this.call('GET /api/messages', { query: { messageId, type, limit: LIMIT } })
  }

  private async newest(): Promise<string> {
    const { items } = await this.call('GET /api/messages', { query: { limit: 5 } })
    // Of other calls, the title is an ID.
    const received = items.map(({ type, title }) => (type === 'track' ? `${type} "${title}"` : type))
    return received.length === 0 ? 'Nothing has arrived.' : `The newest are: ${received.join(', ')}.`
  }
}

function matches(message: MessageSummary, match: MessageMatch): boolean {
  // The cast: the keys of a match are keys of a message.
  return (Object.keys(match) as (keyof MessageMatch)[]).every((key) => message[key] === match[key])
}

/** For `catch`: nothing instead of an error with this status. */
function nothingIf(status: number) {
  return (error: unknown): undefined => {
    if (!(error instanceof ApiError && error.status === status)) {
      throw error
    }
  }
}

function inSeconds(seconds: number): number {
  return Date.now() + seconds * 1000
}

/** Asks until there is something, or until the end, which is in milliseconds since 1970. */
async function poll<T>(end: number, ask: () => Promise<T | undefined>): Promise<T | undefined> {
  for (;;) {
    const found = await ask()
    if (found !== undefined || Date.now() >= end) {
      return found
    }
    await new Promise((resolve) => setTimeout(resolve, POLL))
  }
}
