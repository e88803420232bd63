import type { RequestClient } from '@segment/actions-core'
import { maskCredentials } from './redaction'
import type { Redact } from './redaction'
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
  request?: RequestTrace
  response?: ResponseTrace

  /** @param mode `preview`: records the request and sends nothing */
  constructor(
    private readonly redact: Redact,
    private readonly mode: 'send' | 'preview'
  ) {}

  /** The same options, with hooks that record. */
  watch(url: string, options: RequestOptions = {}): RequestOptions {
    const hooks = {
      beforeRequest: [
        (client: ClientOptions) => {
          this.request = this.describeRequest(url, options, client)
          this.response = undefined
          if (this.mode === 'preview') {
            throw new NotSent()
          }
        }
      ],
      afterResponse: [
        (request: Request, _options: unknown, response: Response & { content?: string }) => {
          this.request = this.request && { ...this.request, headers: this.describeHeaders(request.headers) }
          this.response = {
            status: response.status,
            headers: this.describeHeaders(response.headers),
            body: parseBody(this.redact((response.content ?? '').slice(0, MAX_BODY_LENGTH)))
          }
        }
      ]
    }
    return { ...options, ...hooks }
  }

  private describeRequest(
    url: string,
    { searchParams }: RequestOptions,
    { method, headers, body, json }: ClientOptions
  ): RequestTrace {
    const address = new URL(url)
    if (searchParams) {
      // The request client also takes numbers and booleans as values.
      address.search = new URLSearchParams(searchParams as Record<string, string>).toString()
    }
    const all = new Headers(headers)
    if (json !== undefined) {
      all.set('content-type', 'application/json')
    }
    return {
      method,
      url: this.redact(address.href),
      headers: this.describeHeaders(all),
      body: typeof body === 'string' ? parseBody(this.redact(body)) : undefined
    }
  }

  private describeHeaders(headers: Headers): Record<string, string> {
    const described: Record<string, string> = {}
    headers.forEach((value, name) => {
      described[name] = name === 'authorization' ? maskCredentials(value) : this.redact(value)
    })
    return described
  }
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
