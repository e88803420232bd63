import type { Misbehavior } from './misbehavior'

export interface RetryAfterFault {
  /** The form of the header: both are allowed (RFC 9110, 10.2.3). */
  'retry-after': 'seconds' | 'date'
  /** Seconds that it asks to wait. Default: 1. */
  wait?: number
}

/** Answers 429 with `Retry-After`, as Astrolabe does when its rate limit is passed (assumed). */
export function askToWait({ 'retry-after': form, wait = 1 }: RetryAfterFault): Misbehavior {
  return {
    onRequest: (_request, reply) =>
      void reply
        .code(429)
        .header('retry-after', form === 'seconds' ? String(wait) : httpDateIn(wait))
        .send({ message: 'The rate limit is passed' })
  }
}

/** HTTP dates have no fractions of a second: rounded up, so that nobody is asked back too early. */
function httpDateIn(seconds: number): string {
  return new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000).toUTCString()
}
