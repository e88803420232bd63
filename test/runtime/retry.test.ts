import { HTTPError, IntegrationError, RetryableError } from '@segment/actions-core'
import { nextWait, parseRetryAfter } from '../../src/runtime/retry'
import { isRetryable } from '../../src/runtime/retryable'
import { worse } from '../../src/runtime'

const NOW = Date.parse('2024-01-31T12:00:00Z')

describe('a Retry-After header', () => {
  it.each([
    ['120', 120_000],
    [' 5 ', 5000],
    ['0', 0],
    ['Wed, 31 Jan 2024 12:01:30 GMT', 90_000],
    ['Wed, 31 Jan 2024 11:59:00 GMT', 0],
    ['soon', 0],
    ['-5', 0],
    ['', 0],
    [null, 0],
    [undefined, 0]
  ])('asks with %j for %d milliseconds', (header, milliseconds) => {
    expect(parseRetryAfter(header, NOW)).toBe(milliseconds)
  })

  it('counts from now unless told otherwise', () => {
    expect(parseRetryAfter('Thu, 01 Jan 1970 00:00:00 GMT')).toBe(0)
  })
})

describe('the next attempt', () => {
  afterEach(() => {
    jest.restoreAllMocks()
  })

  it.each([
    [1, 1000, 2000],
    [2, 2000, 4000],
    [4, 8000, 16_000],
    [5, 16_000, 30_000]
  ])('follows %d attempts after %d to %d ms', (attempts, least, most) => {
    jest.spyOn(Math, 'random').mockReturnValueOnce(0).mockReturnValueOnce(1)

    expect([nextWait(attempts), nextWait(attempts)]).toEqual([least, most])
  })

  it('does not follow the sixth, unless told otherwise', () => {
    expect(nextWait(6)).toBeUndefined()
    expect(nextWait(6, 0, 6)).toBe(30_000)
    expect(nextWait(1, 0, 0)).toBeUndefined()
  })

  it('comes no sooner than the response asks, and not at all if it asks for more than an hour', () => {
    expect(nextWait(1, 3_600_000)).toBe(3_600_000)
    expect(nextWait(1, 3_600_001)).toBeUndefined()
  })
})

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

const FROM_GOOD_TO_BAD = [
  'not subscribed',
  'filtered',
  'delivered',
  'rejected',
  'failed',
  'retryable',
  'pending'
] as const

describe('the outcome of several that counts', () => {
  it.each(FROM_GOOD_TO_BAD.slice(1).map((bad, index) => [bad, FROM_GOOD_TO_BAD[index]]))(
    'is %s rather than %s',
    (bad, good) => {
      expect(worse({ outcome: good }, { outcome: bad })).toEqual({ outcome: bad })
      expect(worse({ outcome: bad }, { outcome: good })).toEqual({ outcome: bad })
    }
  )

  it('is the first of two that are alike', () => {
    const [first, second] = ['first', 'second'].map((reason) => ({ outcome: 'rejected' as const, reason }))

    expect(worse(first, second)).toBe(first)
  })
})
