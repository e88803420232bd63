import type { RequestClient } from '@segment/actions-core'
import { maskCredentials } from '../secrets/withhold'
import type { Withhold } from '../secrets/withhold'
import type { RequestTrace, ResponseTrace } from './trace'

type RequestOptions = NonNullable<Parameters<RequestClient>[1]>

/** What the framework's request client hands to a hook: its type is not exported. */
interface ClientOptions {
  method: string
  headers?: HeadersInit
  body?: unknown
  json?: unknown
}

const MAX_BODY_LENGTH = 64 * 1024

/** Thrown in place of sending. */
class NotSent extends Error {
  override readonly name = 'NotSent'
}

/** Records the last request of an attempt and its response, as the framework's request client sees them. */
export class RequestRecorder {
  response?: ResponseTrace
  private describe: (() => RequestTrace) | undefined
  private described: RequestTrace | undefined

  /** @param mode `preview`: records the request and sends nothing */
  constructor(
    private readonly withhold: Withhold,
    private readonly mode: 'send' | 'preview'
  ) {}

  /** Described when it is read: its final headers are known by then. */
  get request(): RequestTrace | undefined {
    return (this.described ??= this.describe?.())
  }

  /** The same options, with hooks that record. */
  watch(url: string, options: RequestOptions = {}): RequestOptions {
    const hooks = {
      beforeRequest: [
        (client: ClientOptions) => {
          this.describe = () => this.describeRequest(url, options, client, headersBeforeSending(client))
          this.described = undefined
          this.response = undefined
          if (this.mode === 'preview') {
            throw new NotSent()
          }
        }
      ],
      afterResponse: [
        ({ headers }: Request, client: ClientOptions, response: Response & { content?: string }) => {
          this.describe = () => this.describeRequest(url, options, client, headers)
          this.response = {
            status: response.status,
            headers: this.describeHeaders(response.headers),
            body: parseBody(this.withhold(response.content ?? '', MAX_BODY_LENGTH))
          }
        }
      ]
    }
    return { ...options, ...hooks }
  }

  private describeRequest(
    url: string,
    { searchParams }: RequestOptions,
    { method, body }: ClientOptions,
    headers: Headers
  ): RequestTrace {
    const address = new URL(url)
    if (searchParams) {
      // The request client also takes numbers and booleans as values.
      address.search = new URLSearchParams(searchParams as Record<string, string>).toString()
    }
    return {
      method,
      url: this.withhold(address.href),
      headers: this.describeHeaders(headers),
      body: typeof body === 'string' ? parseBody(this.withhold(body)) : undefined
    }
  }

  private describeHeaders(headers: Headers): Record<string, string> {
    const described: Record<string, string> = {}
    headers.forEach((value, name) => {
      described[name] = name === 'authorization' ? maskCredentials(value) : this.withhold(value)
    })
    return described
  }
}

/** The request client adds the type of JSON after the hooks. */
function headersBeforeSending({ headers, json }: ClientOptions): Headers {
  const all = new Headers(headers)
  if (json !== undefined) {
    all.set('content-type', 'application/json')
  }
  return all
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
