/**
 * How long a `Retry-After` header asks to wait, in milliseconds: it holds seconds or an HTTP date (RFC 9110, 10.2.3).
 * 0 if it holds neither, or a date that has passed.
 */
export function retryAfter(header: string | null | undefined, now = Date.now()): number {
  if (!header) {
    return 0
  }
  const milliseconds = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now
  return milliseconds > 0 ? milliseconds : 0
}
