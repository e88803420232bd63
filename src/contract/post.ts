import ky from 'ky'

/** What came back, whole, or why nothing did. */
export type Outcome = Received | NotReceived

export interface Received {
  status: number
  headers: Headers
  body: string
}

export interface NotReceived {
  noAnswer: string
  /** Whether that is because the time limit passed. */
  isLate: boolean
}

export interface PostOptions {
  headers: Record<string, string>
  /** Milliseconds for the whole answer, its body included. */
  timeLimit: number
  signal: AbortSignal
}

/**
 * Posts a text once: follows no redirect, which would carry the key to another host, and repeats nothing.
 *
 * @throws the reason of the signal where that ends it
 */
export async function post(url: string, text: string, { headers, timeLimit, signal }: PostOptions): Promise<Outcome> {
  signal.throwIfAborted()
  // Not ky's own time limit, which ends with the head of the answer.
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
    return { status: response.status, headers: response.headers, body: await readBody(response) }
  } catch (error) {
    signal.throwIfAborted()
    const isLate = deadline.signal.aborted
    return { isLate, noAnswer: isLate ? `no answer within ${timeLimit / 1000} s` : describeFailure(error) }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
  }
}

/** Well above 1,000 results with a sentence each. An answer without an end must not fill the memory. */
const LONGEST_BODY = 8 * 1024 * 1024

async function readBody({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength
    if (bytes > LONGEST_BODY) {
      throw new Error(`more than ${LONGEST_BODY / 1024 / 1024} MB of answer`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const FAILURES: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed before the answer was complete',
  UND_ERR_SOCKET: 'the connection was closed before the answer was complete',
  ENOTFOUND: 'there is no such host'
}

/** `fetch` says "fetch failed", or "terminated", and gives the reason as its cause: one error, or one an address. */
function describeFailure(error: unknown): string {
  const { cause = error } = error as { cause?: unknown }
  const { code = '', message = '' } = cause as { code?: string; message?: string }
  return FAILURES[code] ?? (message || code)
}
