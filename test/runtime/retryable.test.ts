import { HTTPError, IntegrationError, RetryableError } from '@segment/actions-core'
import { isRetryable } from '../../src/runtime/retryable'

describe('isRetryable', () => {
  it.each([408, 423, 429, 500, 502, 503, 599])('says yes to %d', (status) => {
    expect(isRetryable(new IntegrationError('', '', status))).toBe(true)
  })

  it.each([302, 400, 401, 403, 404, 409, 413, 422, 501])('says no to %d', (status) => {
    expect(isRetryable(new IntegrationError('', '', status))).toBe(false)
  })

  it('reads the status of the response if the error itself has none', () => {
    const errorWith = (status: number) => new HTTPError({ status } as Response, {} as Request, {} as never)

    expect(isRetryable(errorWith(503))).toBe(true)
    expect(isRetryable(errorWith(400))).toBe(false)
  })

  it('is retryable without a response', () => {
    expect(isRetryable(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))).toBe(true)
    expect(isRetryable(new RetryableError())).toBe(true)
  })

  it.each([new TypeError('x is null'), new RangeError('Maximum call stack size exceeded')])(
    'says no to %p, which is the same each time',
    (error) => {
      expect(isRetryable(error)).toBe(false)
    }
  )
})
