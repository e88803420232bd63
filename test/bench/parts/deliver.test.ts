import { verdictOn } from '../../../bench/figure'
import { figuresOf } from '../../../bench/parts/deliver'

const rounds = {
  'bare loop of onEvent': [1000, 500, 1000, 1000],
  'bare loop of onEvent (control)': [1000, 500, 1000, 1000],
  deliver: [800, 400, 800, 800],
  'deliver, 50 ms latency': [700, 350, 700, 700],
  'bare loop of onBatch': [10000, 5000, 10000, 10000],
  'bare loop of onBatch (control)': [10000, 5000, 10000, 10000],
  'deliver --batch': [8000, 4000, 8000, 8000],
  'deliver --batch, 50 ms latency': [5600, 2800, 5600, 5600]
}
const received = { seconds: Array(30).fill({ accepted: 180, rejected: 9 }) }

describe('the figures of deliver', () => {
  it('pass at their thresholds', () => {
    const figures = figuresOf(rounds, received)

    expect(figures.map(({ value }) => value)).toEqual([0.8, 0.8, 0.7, 0.7, 0.9, 9 / 189])
    expect(figures.map(verdictOn)).toEqual(Array(6).fill('pass'))
  })

  it('compare with both bare loops', () => {
    const uneven = {
      ...rounds,
      'bare loop of onEvent': [1200, 600, 1200, 1200],
      'bare loop of onEvent (control)': [400, 200, 400, 400],
      'bare loop of onBatch (control)': [6000, 3000, 6000, 6000]
    }

    expect(figuresOf(uneven, received).map(({ value }) => value)).toEqual([1, 1, 700 / 800, 0.7, 0.9, 9 / 189])
  })

  it('fail if they are missed by more than a copy of the bare loop differs from it', () => {
    const slower = { ...rounds, deliver: [760, 380, 760, 760] }
    const noisy = { ...slower, 'bare loop of onEvent (control)': [940, 470, 1060, 1060] }
    const crawling = { seconds: Array(30).fill({ accepted: 170, rejected: 0 }) }

    expect(figuresOf(slower, received).map(verdictOn)).toEqual(['FAIL', 'pass', 'pass', 'pass', 'pass', 'pass'])
    expect(verdictOn(figuresOf(noisy, received)[0])).toBe('within the spread')
    expect(figuresOf(rounds, crawling).map(verdictOn)[4]).toBe('FAIL')
  })
})
