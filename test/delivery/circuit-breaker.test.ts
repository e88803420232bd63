import { CircuitBreaker } from '../../src/delivery/circuit-breaker'
import type { EventOutcome } from '../../src/delivery/result'

type Step = [outcome: EventOutcome, status?: number]

/** After how many of the events a run stops, and why. */
function stopOf(...steps: Step[]) {
  const breaker = new CircuitBreaker()
  for (const [index, [outcome, status]] of steps.entries()) {
    const reason = breaker.afterEvent({ outcome, status, reason: 'So it is.' })
    if (reason) {
      return { after: index + 1, ...reason }
    }
  }
  return undefined
}

describe('a run', () => {
  it('stops at once if the key is rejected, even after a delivery', () => {
    const stop = { kind: 'key rejected', reason: 'So it is.' }
    expect(stopOf(['rejected', 401])).toEqual({ after: 1, ...stop })
    expect(stopOf(['delivered'], ['rejected', 401])).toEqual({ after: 2, ...stop })
  })

  it('stops at once if the key lacks the permission', () => {
    expect(stopOf(['rejected', 400], ['rejected', 403])).toEqual({
      after: 2,
      kind: 'permission missing',
      reason: 'So it is.'
    })
  })

  it('does not stop at one forbidden event after others were accepted, except if that continues', () => {
    expect(stopOf(['delivered'], ['rejected', 403], ['delivered'], ['rejected', 403])).toBeUndefined()
    expect(stopOf(['delivered'], ['rejected', 403], ['rejected', 403], ['rejected', 403])).toMatchObject({
      after: 4,
      kind: 'permission missing'
    })
  })

  it.each([301, 308, 404, 405, 410])('stops at once if the API is not at this address: %d', (status) => {
    expect(stopOf(['rejected', 400], ['rejected', status])).toMatchObject({ after: 2, kind: 'wrong address', status })
  })

  it.each([301, 308, 404, 405, 410])('does not stop at %d after a delivery, of an earlier run too', (status) => {
    expect(stopOf(['delivered'], ...Array.from({ length: 4 }, (): Step => ['rejected', status]))).toBeUndefined()
    expect(new CircuitBreaker(true).afterEvent({ outcome: 'rejected', status })).toBeUndefined()
  })

  it('stops after three failures in a row, whatever their status', () => {
    expect(stopOf(['rejected', 400], ['failed', 503], ['failed'], ['failed', 429])).toEqual({
      after: 4,
      kind: 'failures in a row',
      count: 3,
      reason: 'So it is.'
    })
  })

  it('continues if anything gets through in between, a rejection of the event included', () => {
    expect(stopOf(['failed'], ['failed'], ['delivered'], ['failed'], ['failed'])).toBeUndefined()
    expect(stopOf(['failed'], ['failed'], ['rejected', 400], ['failed'], ['failed'])).toBeUndefined()
  })

  it('continues, however many events are rejected for their content', () => {
    expect(stopOf(...Array.from({ length: 10 }, (): Step => ['rejected', 400]))).toBeUndefined()
  })
})

describe('an error of the network', () => {
  it.each(['ENOTFOUND', 'ECONNREFUSED', 'ERR_PROXY_UNREACHABLE', 'ERR_PROXY_TUNNEL'])(
    'that waiting does not fix stops a run before the first delivery: %s',
    (errorCode) => {
      const breaker = new CircuitBreaker()

      expect(breaker.afterError(errorCode, 'So it is.')).toEqual({
        kind: 'unreachable',
        errorCode,
        isKnownAddress: false,
        reason: 'So it is.'
      })
      breaker.afterEvent({ outcome: 'delivered' })
      expect(breaker.afterError(errorCode, 'So it is.')).toBeUndefined()
    }
  )

  it.each(['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT'])(
    'of a certificate stops a run at any time: %s',
    (errorCode) => {
      const breaker = new CircuitBreaker()
      breaker.afterEvent({ outcome: 'delivered' })

      expect(breaker.afterError(errorCode)).toMatchObject({ kind: 'untrusted certificate', errorCode })
    }
  )

  it.each(['ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN'])('that may pass stops nothing: %s', (errorCode) => {
    expect(new CircuitBreaker().afterError(errorCode)).toBeUndefined()
  })
})
