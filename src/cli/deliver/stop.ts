import { CheckpointError } from '../../delivery/checkpoint'
import type { StopReason } from '../../delivery/circuit-breaker'
import { InputError } from '../../delivery/inputs/find-inputs'
import { WriteError } from '../../delivery/line-file'
import { formatDuration } from '../format'
import { describeSystemError } from '../terminal'

/** A sentence or two: why the run stopped, and what to check. */
export function describeStop(reason: StopReason): string {
  switch (reason.kind) {
    case 'key rejected':
      return 'Stopped: Astrolabe rejects the API key, so it would reject every event.' + lastError(reason)
    case 'permission missing':
      return (
        'Stopped: the API key is not allowed to send data, so Astrolabe would reject every event.' + lastError(reason)
      )
    case 'wrong address':
      return (
        `Stopped: the API is not at this address (status ${reason.status}). Check ASTROLABE_INGEST_URL. It is the base URL, such as https://ingest.astrolabe.so/v1.` +
        lastError(reason)
      )
    case 'failures in a row':
      return `Stopped after ${reason.count} failures in a row.${lastError(reason)}`
    case 'unreachable':
      return `Stopped: ${describeUnreachable(reason.errorCode)}`
    case 'untrusted certificate':
      return `Stopped: the certificate of the API is not trusted (${reason.errorCode}). Check for a proxy, and NODE_EXTRA_CA_CERTS if you need it.`
    case 'outage':
      return `Stopped: Astrolabe has not responded for ${formatDuration(reason.milliseconds)}.${lastError(reason)}`
    case 'interrupted':
      return 'Stopped.'
    case 'error':
      return `Stopped: ${describeError(reason.error)}`
  }
}

function lastError({ reason }: { reason?: string }): string {
  return reason === undefined ? '' : ` The last error: ${/[.!?]$/.test(reason) ? reason : `${reason}.`}`
}

function describeUnreachable(errorCode: string): string {
  switch (errorCode) {
    case 'ENOTFOUND':
      return 'the host of the API is unknown. Check the network, and ASTROLABE_INGEST_URL if it is set.'
    case 'ECONNREFUSED':
      return 'nothing accepts connections at the address of the API. Check that it runs, and ASTROLABE_INGEST_URL if it is set.'
    default:
      return 'the proxy refuses to connect to the API. Check HTTPS_PROXY and its credentials, or exclude the API with NO_PROXY.'
  }
}

function describeError(error: unknown): string {
  if (error instanceof InputError) {
    return `${error.input} can't be read any further: ${describeSystemError(error.cause)}.`
  }
  if (error instanceof WriteError) {
    return `${error.file} can't be written: ${describeSystemError(error.cause)}.`
  }
  if (error instanceof CheckpointError) {
    return error.message
  }
  throw error
}
