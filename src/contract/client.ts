import { createWithhold } from '../secrets/withhold'
import { apiKeyCredentials, NO_KEY } from './credentials'
import type { Credentials } from './credentials'
import { curlLine } from './curl'
import type { Repetition } from './curl'
import { createExcerpt } from './excerpt'
import { post } from './post'
import type { NotReceived, PostResult, Received } from './post'

/** One request and its response as a report shows them: see `createExcerpt`. */
export interface Exchange {
  sent: {
    url: string
    /** The name of the credentials: `the key`, `a wrong key`, `no key` … */
    credentials: string
    body: string
  }
  /** Undefined if no response arrived. */
  response?: {
    status: number
    /** Only the headers that a rule looks at. */
    headers: Record<string, string>
    body: string
  }
  error?: string
  /** From the start of the request to the end of the response. */
  milliseconds: number
}

/** What rules judge. It may hold an API key: only its `exchange` and its `curl` line reach a report. */
export type ApiResponse = PostResult & Evidence

interface Evidence {
  milliseconds: number
  /** Made on demand: a load of thousands of requests reports only a few. */
  readonly exchange: Exchange
  /** A line for a shell that sends the request again; undefined if it would show a key. */
  curl(repetition?: Repetition): string | undefined
}

/** Sends each request to one ingest API once. */
export interface Client {
  /** Without a slash at its end. */
  baseUrl: string
  /** Valid, but without permission to send; undefined if the user gave none. */
  keyWithoutPermission?: Credentials
  readonly timing: Timing
  /** Posts a value as JSON, with the API key by default. */
  post(path: Path, value: unknown, credentials?: Credentials): Promise<ApiResponse>
  /** Posts messages to `/events` with the API key, one after the other. */
  postEach(messages: unknown[]): Promise<ApiResponse[]>
  /** Does the same with texts, which are declared to be JSON and may not be. */
  postEachText(texts: string[]): Promise<ApiResponse[]>
  /** Posts an empty message, which creates nothing, and keeps only the start of the response. */
  postLoad(): Promise<ApiResponse>
  /** Posts an empty message to any URL, without a key. It does not count for `timing`. */
  postWithoutKey(url: string): Promise<ApiResponse>
}

/** What became of all requests to the API so far, in constant memory. */
interface Timing {
  count: number
  timeouts: number
  /** The first of those that timed out. */
  firstTimeouts: ApiResponse[]
  slowest?: Exchange
}

/** The endpoints in the contract, under the base URL. */
type Path = '/events' | '/batch'

export interface ClientOptions {
  baseUrl: string
  apiKey: string
  keyWithoutPermission?: string
  /** Milliseconds for a whole response. Default: 10,000, Segment's own limit. */
  timeLimit?: number
  /** Aborts the request in flight and all later ones: they reject with its reason. */
  signal: AbortSignal
}

const SEGMENT_TIME_LIMIT = 10_000

const MAX_TIMEOUTS_SHOWN = 5

/** More than the report shows of a body. */
const LOAD_BODY_LIMIT = 2048

/** The response headers that a rule looks at. */
const HEADERS_SHOWN = ['content-type', 'connection', 'location', 'retry-after'] as const

export function createClient(options: ClientOptions): Client {
  const { baseUrl, apiKey, keyWithoutPermission, timeLimit = SEGMENT_TIME_LIMIT, signal } = options
  const secrets = [apiKey, keyWithoutPermission ?? ''].filter(Boolean)
  const excerpt = createExcerpt(secrets)
  const withhold = createWithhold(secrets)
  const key = apiKeyCredentials('the key', apiKey, '$ASTROLABE_API_KEY')
  const timing: Timing = { count: 0, timeouts: 0, firstTimeouts: [] }

  async function send(url: string, text: string, credentials: Credentials, bodyLimit = Infinity): Promise<ApiResponse> {
    const { name, authorization } = credentials
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'astrolabe-segment check',
      ...(authorization ? { authorization } : {})
    }
    const started = performance.now()
    const result = await post(url, text, { headers, timeLimit, bodyLimit, signal })
    const milliseconds = Math.round(performance.now() - started)
    return {
      ...result,
      milliseconds,
      get exchange() {
        const sent = { url: excerpt(url), credentials: name, body: excerpt(text) }
        return { sent, ...describeResult(result, excerpt), milliseconds }
      },
      curl(repetition) {
        const line = curlLine({ url, body: text, credentials: credentials.curl, timeLimit }, repetition)
        return withhold(line) === line ? line : undefined
      }
    }
  }

  async function sendToApi(path: Path, text: string, credentials = key, bodyLimit?: number): Promise<ApiResponse> {
    const response = await send(baseUrl + path, text, credentials, bodyLimit)
    record(timing, response)
    return response
  }

  async function postEachText(texts: string[]): Promise<ApiResponse[]> {
    const responses: ApiResponse[] = []
    for (const text of texts) {
      responses.push(await sendToApi('/events', text))
    }
    return responses
  }

  return {
    baseUrl,
    keyWithoutPermission: keyWithoutPermission
      ? apiKeyCredentials('the key without permission', keyWithoutPermission, '$ASTROLABE_API_KEY_WITHOUT_PERMISSION')
      : undefined,
    timing,
    post: (path, value, credentials) => sendToApi(path, JSON.stringify(value), credentials),
    postEach: (messages) => postEachText(messages.map((message) => JSON.stringify(message))),
    postEachText,
    postLoad: () => sendToApi('/events', '{}', key, LOAD_BODY_LIMIT),
    postWithoutKey: (url) => send(url, '{}', NO_KEY)
  }
}

export function isReceived(response: ApiResponse): response is Received & Evidence {
  return 'status' in response
}

export function isTimeout(response: ApiResponse): response is NotReceived & Evidence {
  return !isReceived(response) && response.timedOut
}

/** The body as JSON, whatever its content type; undefined if it is not JSON. */
export function jsonOf(response: ApiResponse): unknown {
  try {
    return isReceived(response) ? JSON.parse(response.body) : undefined
  } catch {
    return undefined
  }
}

/** The `message` of a body, or of a result in a batch; undefined if there is none. */
export function messageOf(value: unknown): string | undefined {
  const { message } = (value ?? {}) as { message?: unknown }
  return typeof message === 'string' && message.trim() !== '' ? message : undefined
}

function record(timing: Timing, response: ApiResponse): void {
  timing.count++
  if (isTimeout(response)) {
    timing.timeouts++
    if (timing.firstTimeouts.length < MAX_TIMEOUTS_SHOWN) {
      timing.firstTimeouts.push(response)
    }
  }
  if (!timing.slowest || response.milliseconds > timing.slowest.milliseconds) {
    timing.slowest = response.exchange
  }
}

function describeResult(result: PostResult, excerpt: (text: string) => string): Pick<Exchange, 'response' | 'error'> {
  if ('error' in result) {
    return { error: excerpt(result.error) }
  }
  const { status, headers, body } = result
  const shown = HEADERS_SHOWN.flatMap((name) => {
    const value = headers[name]
    return value === undefined ? [] : [[name, excerpt(value)] as const]
  })
  return { response: { status, headers: Object.fromEntries(shown), body: excerpt(body) } }
}
