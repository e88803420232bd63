import type { Expected, FaultCase } from './expected-result'

const noResponse = (cause: string): Expected => ['retried', `Astrolabe did not respond (${cause}).`]

const HEAD_TIMED_OUT = noResponse('Request timed out after 10000ms')
const BODY_TIMED_OUT = noResponse('Response timeout while trying to fetch {url} (over 10000ms)')

const failed = (reason: string) => noResponse(`request to {url} failed, reason: ${reason}`)

const same = (fault: string, expected: Expected, more: Pick<FaultCase, 'isAccepted' | 'timeout'> = {}): FaultCase => ({
  fault,
  single: expected,
  batch: expected,
  ...more
})

/** Faults of the connection. */
export const CONNECTION_FAULTS: FaultCase[] = [
  same('stall=header', HEAD_TIMED_OUT, { isAccepted: true, timeout: 'head' }),
  same('stall=body', BODY_TIMED_OUT, { isAccepted: true, timeout: 'body' }),
  same('drip=header,every=60000', HEAD_TIMED_OUT, { isAccepted: true, timeout: 'head' }),
  same('drip=body,every=60000', BODY_TIMED_OUT, { isAccepted: true, timeout: 'body' }),
  same('drip=header,every=1', 'delivered', { isAccepted: true }),
  same('drip=body,every=1', 'delivered', { isAccepted: true }),
  same('reset=before', failed('read ECONNRESET')),
  same('reset=during', failed('read ECONNRESET')),
  same('reset=after', failed('read ECONNRESET'), { isAccepted: true }),
  // The request client does not always notice the closed connection.
  same('reset=response', BODY_TIMED_OUT, { isAccepted: true, timeout: 'body' }),
  same('reset=before + tls=valid', failed('socket hang up')),
  same('reset=after + tls=valid', failed('socket hang up'), { isAccepted: true }),
  same('idle=close', failed('read ECONNRESET')),
  same('idle=close + tls=valid', failed('socket hang up')),
  same('tls=untrusted', failed('self-signed certificate')),
  same('tls=expired', failed('certificate has expired')),
  same(
    'tls=mismatched',
    failed("Hostname/IP does not match certificate's altnames: IP: 127.0.0.1 is not in the cert's list: ")
  )
]
