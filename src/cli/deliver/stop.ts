import { CheckpointError, CheckpointInUseError } from '../../delivery/checkpoint'
import type { StopReason } from '../../delivery/circuit-breaker'
import type { DeliverySummary } from '../../delivery/delivery'
import { InputError } from '../../delivery/inputs/find-inputs'
import { ObjectError } from '../../delivery/inputs/objects'
import { WriteError } from '../../delivery/line-file'
import { formatDuration } from '../format'
import { CommandError, describeSystemError, UsageError } from '../terminal'

/** Codes of file errors that stay until a person acts. Others may pass: a full disk, a network file system. */
const LASTING_ERRORS: readonly (string | undefined)[] = [
  'EACCES',
  'EEXIST',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
  'ENOENT',
  'ENOTDIR',
  'EPERM',
  'EROFS'
]

/**
 * 0: everything was delivered, filtered or not subscribed. 1: finished, and some events were rejected or failed.
 * 3: stopped, and the same command continues. 4: stopped, and a person must act first.
 */
export function exitCodeOf({ tally, stopReason }: Pick<DeliverySummary, 'tally' | 'stopReason'>): 0 | 1 | 3 | 4 {
  switch (stopReason?.kind) {
    case undefined:
      return tally.undelivered > 0 ? 1 : 0
    case 'key rejected':
    case 'permission missing':
    case 'wrong address':
    case 'untrusted certificate':
      return 4
    case 'unreachable':
      return stopReason.isKnownAddress ? 3 : 4
    case 'failures in a row':
    case 'outage':
    case 'interrupted':
      return 3
    case 'error':
      return exitCodeAfter(stopReason.error)
  }
}

/** The exit code of a run that an error of a file or of the checkpoint has stopped. */
function exitCodeAfter(error: unknown): 3 | 4 {
  if (error instanceof CheckpointError) {
    return error instanceof CheckpointInUseError ? 3 : 4
  }
  const cause = error instanceof Error ? error.cause : undefined
  if (cause instanceof ObjectError) {
    return cause.isTemporary ? 3 : 4
  }
  // The cast: only a code is read.
  const { code } = Object(cause) as NodeJS.ErrnoException
  return LASTING_ERRORS.includes(code) ? 4 : 3
}

/**
 * What the user is told of an error before the first event: with 3 if the same command may succeed later, with 4 if the
 * checkpoint does not fit. Otherwise the command is wrong.
 */
export function toStartError(error: unknown): unknown {
  if (error instanceof CheckpointError) {
    return new CommandError(error.message, exitCodeAfter(error), { cause: error })
  }
  if (!(error instanceof InputError || error instanceof WriteError)) {
    return error
  }
  const what = error instanceof InputError ? `read ${error.input}` : `write ${error.file}`
  const message = `Cannot ${what}: ${describeSystemError(error.cause)}.`
  return exitCodeAfter(error) === 3
    ? new CommandError(message, 3, { cause: error })
    : new UsageError(message, { cause: error })
}

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
    case 'ERR_PROXY_UNREACHABLE':
      return "the proxy can't be reached. Check HTTPS_PROXY, or exclude the API with NO_PROXY."
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
