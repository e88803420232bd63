import type { EventResult } from './result'

/** How many events in a row may fail. Each was sent several times, which takes a minute or so. */
const MAX_FAILURES_IN_A_ROW = 3

/** Errors that waiting does not fix, if nothing has got through before. */
const UNREACHABLE_ERRORS = new Set(['ENOTFOUND', 'ECONNREFUSED', 'ERR_PROXY_UNREACHABLE', 'ERR_PROXY_TUNNEL'])

/** Errors of a certificate: events must not go to a receiver that can't prove who it is. */
const CERTIFICATE_ERRORS = new Set([
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE'
])

/** Statuses of a server that has no API at this address, besides redirects, which are not followed. */
const WRONG_ADDRESS_STATUSES = [404, 405, 410]

/** Why a run stops although events are left. `reason` is the last error's. */
export type StopReason =
  | { kind: 'key rejected'; reason?: string }
  | { kind: 'permission missing'; reason?: string }
  | { kind: 'wrong address'; status: number; reason?: string }
  | { kind: 'failures in a row'; count: number; reason?: string }
  /** `isKnownAddress`: an earlier run has delivered to it. */
  | { kind: 'unreachable'; errorCode: string; isKnownAddress: boolean; reason?: string }
  | { kind: 'untrusted certificate'; errorCode: string; reason?: string }
  /** The receiver did not respond for so many milliseconds. */
  | { kind: 'outage'; milliseconds: number; reason?: string }
  | { kind: 'interrupted' }
  | { kind: 'error'; error: unknown }

/** Decides when a run stops: if the cause that keeps one event from its destination keeps the next ones from it too. */
export class CircuitBreaker {
  /** Whether this run has delivered an event. */
  hasDelivered = false
  private failures = 0

  /** @param isKnownAddress whether an earlier run has delivered to this address */
  constructor(private readonly isKnownAddress = false) {}

  /** Whether the last event failed for a reason that may concern the next ones too. */
  get isSuspicious(): boolean {
    return this.failures > 0
  }

  /** @returns undefined if the run should continue after this event */
  afterEvent({ outcome, status, reason }: Pick<EventResult, 'outcome' | 'status' | 'reason'>): StopReason | undefined {
    if (status === 401) {
      this.failures++
      return { kind: 'key rejected', reason }
    }
    // After a delivery the key has the permission, so a 403 is about the event.
    if (status === 403 && !this.hasDelivered) {
      this.failures++
      return { kind: 'permission missing', reason }
    }
    // After a delivery the address is right, so this is about the event too.
    if (isWrongAddress(status) && !this.hasDelivered && !this.isKnownAddress) {
      this.failures++
      return { kind: 'wrong address', status, reason }
    }
    this.hasDelivered ||= outcome === 'delivered'
    if (outcome !== 'failed' && status !== 403) {
      this.failures = 0
      return undefined
    }
    this.failures++
    if (this.failures < MAX_FAILURES_IN_A_ROW) {
      return undefined
    }
    return status === 403
      ? { kind: 'permission missing', reason }
      : { kind: 'failures in a row', count: this.failures, reason }
  }

  /** @returns undefined if another attempt may succeed after this network error */
  afterError(errorCode: string, reason?: string): StopReason | undefined {
    if (CERTIFICATE_ERRORS.has(errorCode)) {
      return { kind: 'untrusted certificate', errorCode, reason }
    }
    return !this.hasDelivered && UNREACHABLE_ERRORS.has(errorCode)
      ? { kind: 'unreachable', errorCode, isKnownAddress: this.isKnownAddress, reason }
      : undefined
  }

  /** The failures so far are explained, and say nothing about the next events. */
  reset(): void {
    this.failures = 0
  }
}

function isWrongAddress(status: number | undefined): status is number {
  return status !== undefined && (WRONG_ADDRESS_STATUSES.includes(status) || (status >= 300 && status < 400))
}
