import { verdictOn } from '../../../bench/figure'
import { figuresOf } from '../../../bench/parts/history'

describe('the figures of a history', () => {
  it('compare ten times as many events, and pass at their thresholds', () => {
    const figures = figuresOf({ seconds: 10, megabytes: 200 }, { seconds: 110, megabytes: 220 })

    expect(figures.map(({ value }) => value)).toEqual([1.1, 220, 1.1])
    expect(figures.map(verdictOn)).toEqual(['pass', 'pass', 'pass'])
  })

  it('fail if memory or time grows with the number of events', () => {
    const figures = figuresOf({ seconds: 10, megabytes: 200 }, { seconds: 120, megabytes: 360 })

    expect(figures.map(verdictOn)).toEqual(['FAIL', 'FAIL', 'FAIL'])
  })
})
