import type { Exchange } from './exchange'

/**
 * What came back to one request, whole, for rules to judge. It may hold the API key, so it stays out of every report:
 * its `exchange` is what is shown.
 */
export interface Answer {
  /** Undefined where no answer came. */
  status?: number
  headers: Headers
  body: string
  /** Whether nothing came because the time limit passed. */
  isLate: boolean
  exchange: Exchange
}

/** The body as JSON, whatever its content type says; undefined where it is none. */
export function jsonOf({ body }: Answer): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** The `message` of a body, or of a result in a batch; undefined where there is none to read. */
export function messageIn(value: unknown): string | undefined {
  const { message } = (value ?? {}) as { message?: unknown }
  return typeof message === 'string' && message.trim() !== '' ? message : undefined
}
