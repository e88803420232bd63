import type { Expected, Row } from './expected'

const noAnswer = (cause: string): Expected => ['try again', `Astrolabe did not respond (${cause}).`]

const HEAD_TIMED_OUT = noAnswer('Request timed out after 10000ms')
const BODY_TIMED_OUT = noAnswer('Response timeout while trying to fetch {url} (over 10000ms)')

const failed = (reason: string) => noAnswer(`request to {url} failed, reason: ${reason}`)

const same = (fault: string, expected: Expected, more: Pick<Row, 'isTaken' | 'timeout'> = {}): Row => ({
  fault,
  alone: expected,
  batch: expected,
  ...more
})

/** The connection breaks, or nothing comes over it. */
export const CONNECTIONS: Row[] = [
  same('stall=header', HEAD_TIMED_OUT, { isTaken: true, timeout: 'head' }),
  same('stall=body', BODY_TIMED_OUT, { isTaken: true, timeout: 'body' }),
  same('drip=header,every=60000', HEAD_TIMED_OUT, { isTaken: true, timeout: 'head' }),
  same('drip=body,every=60000', BODY_TIMED_OUT, { isTaken: true, timeout: 'body' }),
  same('drip=header,every=1', 'confirmed', { isTaken: true }),
  same('drip=body,every=1', 'confirmed', { isTaken: true }),
  same('reset=before', failed('read ECONNRESET')),
  same('reset=during', failed('read ECONNRESET')),
  same('reset=after', failed('read ECONNRESET'), { isTaken: true }),
  // The request client does not notice that the rest will not come.
  same('reset=answer', BODY_TIMED_OUT, { isTaken: true, timeout: 'body' }),
  same('reset=before + tls=valid', failed('socket hang up')),
  same('reset=after + tls=valid', failed('socket hang up'), { isTaken: true }),
  same('idle=close', failed('read ECONNRESET')),
  same('idle=close + tls=valid', failed('socket hang up')),
  same('tls=untrusted', failed('self-signed certificate')),
  same('tls=expired', failed('certificate has expired')),
  same(
    'tls=mismatched',
    failed("Hostname/IP does not match certificate's altnames: IP: 127.0.0.1 is not in the cert's list: ")
  )
]
