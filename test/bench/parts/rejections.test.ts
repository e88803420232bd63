import { verdictOn } from '../../../bench/figure'
import { figuresOf } from '../../../bench/parts/rejections'

describe('the figure of rejected events', () => {
  it('is the milliseconds of a batch in the slowest spelling', () => {
    const [figure] = figuresOf({ words: [100, 110, 120], JSON: [300, 400, 410] })

    expect(figure).toMatchObject({ value: 400, unit: 'ms' })
    expect(verdictOn(figure)).toBe('pass')
    expect(verdictOn({ ...figure, value: 401 })).toBe('FAIL')
  })
})
