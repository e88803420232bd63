import ky from 'ky'

/** A whole response, or the reason for its absence. */
export type PostResult = Received | NotReceived

export interface Received {
  status: number
  headers: Headers
  body: string
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
 * Posts a text once. Follows no redirect, which would carry the key to another host, and never retries.
 *
 * @throws the reason of the signal if it aborts the request
 */
export async function post(url: string, text: string, options: PostOptions): Promise<PostResult> {
  const { headers, timeLimit, bodyLimit, signal } = options
  signal.throwIfAborted()
  // ky's own timeout ends with the response headers.
  const deadline = new AbortController()
  const end = () => deadline.abort()
  const timer = setTimeout(end, timeLimit)
  signal.addEventListener('abort', end)
  try {
    const response = await ky.post(url, {
      body: text,
      headers,
      signal: deadline.signal,
      timeout: false,
      retry: 0,
      redirect: 'manual',
      throwHttpErrors: false
    })
    return { status: response.status, headers: response.headers, body: await readBody(response, bodyLimit) }
  } catch (error) {
    signal.throwIfAborted()
    const timedOut = deadline.signal.aborted
    return { timedOut, error: timedOut ? `no response within ${timeLimit / 1000} s` : describeFailure(error) }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
  }
}

/** Well above 1,000 results with a sentence each. A response without an end must not fill the memory. */
const MAX_BODY_BYTES = 8 * 1024 * 1024

async function readBody({ body }: Response, limit: number): Promise<string> {
  const kept: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
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
  UND_ERR_SOCKET: 'the connection was closed before the response was complete',
  ENOTFOUND: 'there is no such host'
}

/** `fetch` throws "fetch failed" or "terminated"; the reason is its cause. */
function describeFailure(error: unknown): string {
  const { cause = error } = error as { cause?: unknown }
  const { code = '', message = '' } = cause as { code?: string; message?: string }
  return FAILURES[code] ?? (message || code)
}
