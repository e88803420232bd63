import type { Answer } from './answer'
import { apiKeyCredentials, NO_KEY } from './credentials'
import type { Credentials } from './credentials'
import { HEADERS_SHOWN } from './exchange'
import type { Exchange } from './exchange'
import { post } from './post'
import type { Outcome } from './post'
import { readable } from './readable'
import { redactor } from './redaction'

/** Sends requests to one ingest API, each once, and tells what came back. */
export interface Client {
  /** Without a slash at its end. */
  baseUrl: string
  /** Valid, but lacking the permission to send; undefined where the user has given none. */
  keyWithoutPermission?: Credentials
  /** Every answer of the API so far, in the order in which they came. */
  answers: readonly Answer[]
  /** Posts a value as JSON, with the API key unless told otherwise. */
  post(path: Path, value: unknown, credentials?: Credentials): Promise<Answer>
  /** Posts a text as it is, declared to be JSON, with the API key. */
  postText(path: Path, text: string): Promise<Answer>
  /** Posts an empty message to any URL, without a key. It is none of the API's answers. */
  postWithoutKey(url: string): Promise<Answer>
}

/** The endpoints that the contract knows, under the base URL. */
export type Path = '/events' | '/batch'

const SEGMENTS_TIME_LIMIT = 10_000

export interface ClientOptions {
  baseUrl: string
  apiKey: string
  keyWithoutPermission?: string
  /** Milliseconds for an answer to arrive whole. Default: 10,000, after which Segment gives a request up. */
  timeLimit?: number
  /** Ends the request that is in flight, and every one after it: they reject with its reason. */
  signal: AbortSignal
}

export function createClient(options: ClientOptions): Client {
  const { baseUrl, apiKey, keyWithoutPermission, timeLimit = SEGMENTS_TIME_LIMIT, signal } = options
  const show = shower([apiKey, keyWithoutPermission ?? ''])
  const key = apiKeyCredentials('the key', apiKey)
  const answers: Answer[] = []

  async function send(url: string, text: string, { name, authorization }: Credentials): Promise<Answer> {
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'astrolabe-segment check',
      ...(authorization ? { authorization } : {})
    }
    const started = performance.now()
    const outcome = await post(url, text, { headers, timeLimit, signal })
    const exchange: Exchange = {
      sent: { url: show(url), credentials: name, body: show(text) },
      ...showOutcome(outcome, show),
      milliseconds: Math.round(performance.now() - started)
    }
    return { headers: new Headers(), body: '', isLate: false, ...outcome, exchange }
  }

  async function sendToApi(path: Path, text: string, credentials: Credentials): Promise<Answer> {
    const answer = await send(baseUrl + path, text, credentials)
    answers.push(answer)
    return answer
  }

  return {
    baseUrl,
    keyWithoutPermission: keyWithoutPermission
      ? apiKeyCredentials('the key without permission', keyWithoutPermission)
      : undefined,
    answers,
    post: (path, value, credentials = key) => sendToApi(path, JSON.stringify(value), credentials),
    postText: (path, text) => sendToApi(path, text, key),
    postWithoutKey: (url) => send(url, '{}', NO_KEY)
  }
}

function showOutcome(outcome: Outcome, show: (text: string) => string): Pick<Exchange, 'answer' | 'noAnswer'> {
  if ('noAnswer' in outcome) {
    return { noAnswer: show(outcome.noAnswer) }
  }
  const { status, headers, body } = outcome
  const shown = HEADERS_SHOWN.flatMap((name) => {
    const value = headers.get(name)
    return value === null ? [] : [[name, show(value)] as const]
  })
  return { answer: { status, headers: Object.fromEntries(shown), body: show(body) } }
}

/** Keys are taken out before anything is cut, so that no half of one is left. */
function shower(apiKeys: string[]): (text: string) => string {
  const redact = redactor(apiKeys.filter(Boolean))
  return (text) => readable(redact(text))
}
