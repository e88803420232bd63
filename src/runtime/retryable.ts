/** An error as destinations throw it: Segment reads the status off it, or off the answer that it carries. */
type StatusError = Error & { status?: number; response?: { status?: number } }

/**
 * Whether Segment sends an event again that failed with this error: on 408, 423, 429 and 5xx but 501, and where there is
 * no status, because there was no answer. Errors of the language have no status either, but are the same each time.
 */
export function isRetryable(error: Error): boolean {
  if (error instanceof TypeError || error instanceof RangeError) {
    return false
  }
  const code = statusOf(error) ?? 500
  return code === 408 || code === 423 || code === 429 || (code >= 500 && code !== 501)
}

/** The status that an error carries, or the answer in it. */
export function statusOf({ status, response }: StatusError): number | undefined {
  return status ?? response?.status
}
