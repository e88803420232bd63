import { meanOf, ratioOf, spreadOf } from '../../bench/rounds'

describe('the ratio of two rows', () => {
  it('is the median of the ratios within the rounds, so that a slow round does not count', () => {
    expect(ratioOf({ a: [10, 40, 12], b: [10, 20, 8] }, 'a', 'b')).toBe(1.5)
  })
})

describe('a row and its copy', () => {
  it('are one row with their mean in each round', () => {
    expect(meanOf({ a: [10, 20, 30], copy: [20, 20, 10] }, 'a', 'copy')).toEqual([15, 20, 20])
  })
})

describe('the spread of a run', () => {
  it('is zero if a row and its copy are equal in each round', () => {
    expect(spreadOf({ a: [10, 20, 30], copy: [10, 20, 30] }, 'a', 'copy')).toBe(0)
  })

  it('is the larger distance of a quartile from 1', () => {
    const copy = [100, 100, 100, 100, 100]

    expect(spreadOf({ a: [97, 99, 100, 104, 120], copy }, 'a', 'copy')).toBeCloseTo(0.04)
    expect(spreadOf({ a: [80, 94, 100, 101, 103], copy }, 'a', 'copy')).toBeCloseTo(0.06)
  })
})
