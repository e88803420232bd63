import { once } from 'node:events'
import http from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import https from 'node:https'

/** A whole response, or the reason for its absence. */
export type PostResult = Received | NotReceived

export interface Received {
  status: number
  headers: IncomingHttpHeaders
  body: string
  /** Responses over one connection have the same. */
  connection: object
}

export interface NotReceived {
  /** Why no response arrived; a sentence without its capital letter and full stop. */
  error: string
  timedOut: boolean
}

export interface PostOptions {
  headers: Record<string, string>
  /** Milliseconds for the whole response, its body included. */
  timeLimit: number
  /** Characters of the body to keep. The rest is read and dropped. */
  bodyLimit: number
  signal: AbortSignal
}

/**
 * Posts a text once, through Node's global agents. Follows no redirect, which would carry the key to another host, and
 * never retries.
 *
 * @throws the reason of the signal if it aborts the request
 */
export async function post(url: string, text: string, options: PostOptions): Promise<PostResult> {
  const { headers, timeLimit, bodyLimit, signal } = options
  signal.throwIfAborted()
  const deadline = new AbortController()
  const end = () => deadline.abort()
  const timer = setTimeout(end, timeLimit)
  signal.addEventListener('abort', end)
  try {
    const response = await send(url, text, headers, deadline.signal)
    const { statusCode = 0, socket: connection } = response
    return { status: statusCode, headers: response.headers, connection, body: await readBody(response, bodyLimit) }
  } catch (error) {
    signal.throwIfAborted()
    const timedOut = deadline.signal.aborted
    return { timedOut, error: timedOut ? `no response within ${timeLimit / 1000} s` : describeFailure(error) }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
  }
}

async function send(
  url: string,
  text: string,
  headers: Record<string, string>,
  signal: AbortSignal
): Promise<IncomingMessage> {
  const { request } = url.startsWith('https:') ? https : http
  const sent = request(url, {
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(text) },
    signal
  })
  // A response in parts may still fail, which its reader sees.
  sent.on('error', () => undefined)
  sent.end(text)
  // The cast: the event has one argument.
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  return response
}

/** Well above 1,000 results with a sentence each. A response without an end must not fill the memory. */
const MAX_BODY_BYTES = 8 * 1024 * 1024

async function readBody(response: AsyncIterable<Buffer>, limit: number): Promise<string> {
  const kept: Buffer[] = []
  let bytes = 0
  for await (const chunk of response) {
    if (bytes < limit) {
      kept.push(chunk.subarray(0, limit - bytes))
    }
    bytes += chunk.byteLength
    if (bytes > MAX_BODY_BYTES) {
      throw new Error(`the response is larger than ${MAX_BODY_BYTES / 1024 / 1024} MB`)
    }
  }
  return Buffer.concat(kept).toString('utf8')
}

const FAILURES: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed before the response was complete',
  EPIPE: 'the connection was closed before the response was complete',
  ENOTFOUND: 'there is no such host'
}

function describeFailure(error: unknown): string {
  // The cast: Node's errors have both, or one.
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return FAILURES[code] ?? (message || code)
}
