import type { DripFault } from './drip'
import type { EchoFault } from './echo'
import type { IdleFault } from './idle'
import type { RedirectFault } from './redirect'
import type { ResetFault } from './reset'
import type { ResultsFault } from './results'
import type { RetryAfterFault } from './retry-after'
import type { StallFault } from './stall'
import type { StatusFault } from './status'
import type { TlsFault } from './tls'

/**
 * One way in which a sandbox misbehaves. Its first property names it; all are written as `--fault` takes them, where
 * `{ status: 503, body: 'html', times: 2 }` is `status=503,body=html,times=2`.
 */
export type Fault = (RequestFault | TlsFault) & {
  /** Only so many requests (of `tls`: connections) meet it. Default: all. */
  times?: number
}

/** A fault that one request after the other meets. */
export type RequestFault =
  | StatusFault
  | RetryAfterFault
  | RedirectFault
  | StallFault
  | DripFault
  | ResetFault
  | IdleFault
  | ResultsFault
  | EchoFault
