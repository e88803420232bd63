import { verdictOn } from '../../../bench/figure'
import { figuresOf } from '../../../bench/parts/console'

const LOOP = 'bare loop of onEvent and a sandbox in one process'
const rounds = { console: [600, 300, 600], [LOOP]: [1000, 500, 1000], [`${LOOP} (control)`]: [1000, 500, 1000] }

describe('the figures of the console', () => {
  it('pass at their thresholds', () => {
    const figures = figuresOf(rounds, { full: { resident: 300, inUse: 200 }, later: { resident: 450, inUse: 220 } })

    expect(figures.map(({ value }) => value)).toEqual([0.6, 1.1, 450])
    expect(figures.map(verdictOn)).toEqual(['pass', 'pass', 'pass'])
  })

  it('fail if it is slower than that, or grows', () => {
    const figures = figuresOf(
      { ...rounds, console: [590, 295, 590] },
      {
        full: { resident: 451, inUse: 200 },
        later: { resident: 451, inUse: 221 }
      }
    )

    expect(figures.map(verdictOn)).toEqual(['FAIL', 'FAIL', 'FAIL'])
  })
})
