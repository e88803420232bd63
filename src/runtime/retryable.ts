/** An error as destinations throw it: Segment reads the status from the error, or from the response in it. */
type StatusError = Error & { status?: number; response?: { status?: number } }

/**
 * Whether Segment sends an event again after this error: on 408, 423, 429, and 5xx except 501, and if the error has no
 * status, because there was no response. A TypeError or RangeError has no status either, but would occur each time.
 */
export function isRetryable(error: Error): boolean {
  return !(error instanceof TypeError || error instanceof RangeError) && isRetryableStatus(statusOf(error) ?? 500)
}

export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 423 || status === 429 || (status >= 500 && status !== 501)
}

export function statusOf({ status, response }: StatusError): number | undefined {
  return status ?? response?.status
}
