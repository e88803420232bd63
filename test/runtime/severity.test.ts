import { worse } from '../../src/runtime'

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
