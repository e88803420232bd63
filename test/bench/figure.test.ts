import { describeThreshold, describeValue, verdictOn } from '../../bench/figure'
import type { Figure, Verdict } from '../../bench/figure'

const atMost: Figure = { name: 'a', threshold: { atMost: 1 }, value: 1, spread: 0.05 }
const atLeast: Figure = { name: 'b', threshold: { atLeast: 0.8 }, value: 0.8, spread: 0.05 }

describe('the verdict on a figure', () => {
  it.each<[Verdict, Figure]>([
    ['pass', atMost],
    ['within the spread', { ...atMost, value: 1.001 }],
    ['within the spread', { ...atMost, value: 1.05 }],
    ['FAIL', { ...atMost, value: 1.051 }],
    ['FAIL', { ...atMost, value: 1.001, spread: 0 }],
    ["the framework's bound", { ...atMost, value: 1.1, floor: 1.01 }],
    ['FAIL', { ...atMost, value: 1.12, floor: 1.01 }],
    ['FAIL', { ...atMost, value: 1.06, floor: 1 }],
    ['pass', atLeast],
    ['within the spread', { ...atLeast, value: 0.799 }],
    ['within the spread', { ...atLeast, value: 0.76 }],
    ['FAIL', { ...atLeast, value: 0.759 }],
    ['FAIL', { ...atLeast, value: Number.NaN }]
  ])('is "%s" for %o', (verdict, figure) => {
    expect(verdictOn(figure)).toBe(verdict)
  })
})

describe('a figure in words', () => {
  it('shows a ratio with two digits', () => {
    expect([describeThreshold(atLeast), describeValue(atLeast)]).toEqual(['at least 0.8', '0.80'])
  })

  it('shows an amount with its unit', () => {
    const figure: Figure = { ...atMost, threshold: { atMost: 350 }, value: 201.6, unit: 'MB' }

    expect([describeThreshold(figure), describeValue(figure)]).toEqual(['at most 350 MB', '202 MB'])
  })
})
