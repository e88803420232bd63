import { verdictOn } from '../../bench/figure'
import * as deliver from '../../bench/parts/deliver'
import * as cpu from '../../bench/parts/cpu'
import * as history from '../../bench/parts/history'
import * as rejections from '../../bench/parts/rejections'

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
const failures = {
  'deliver, none fail': [1000, 1200],
  'deliver, 1 % of requests fail': [800, 960],
  'deliver --batch, none fail': [10000, 12000],
  'deliver --batch, 1 % of requests fail': [6500, 7800]
}
const received = { seconds: Array(30).fill({ accepted: 180, rejected: 9 }) }

describe('the figures of deliver', () => {
  it('pass at their thresholds', () => {
    const figures = deliver.figuresOf(rounds, received, failures)

    expect(figures.map(({ value }) => value)).toEqual([0.8, 0.8, 0.7, 0.7, 0.9, 9 / 189, 0.8, 0.65])
    expect(figures.map(verdictOn)).toEqual(Array(8).fill('pass'))
  })

  it('compare with both bare loops', () => {
    const uneven = {
      ...rounds,
      'bare loop of onEvent': [1200, 600, 1200, 1200],
      'bare loop of onEvent (control)': [400, 200, 400, 400],
      'bare loop of onBatch (control)': [6000, 3000, 6000, 6000]
    }

    expect(
      deliver
        .figuresOf(uneven, received, failures)
        .map(({ value }) => value)
        .slice(0, 4)
    ).toEqual([1, 1, 700 / 800, 0.7])
  })

  it('fail if they are missed by more than a copy of the bare loop differs from it', () => {
    const slower = { ...rounds, deliver: [760, 380, 760, 760] }
    const noisy = { ...slower, 'bare loop of onEvent (control)': [940, 470, 1060, 1060] }
    const crawling = { seconds: Array(30).fill({ accepted: 170, rejected: 0 }) }

    expect(deliver.figuresOf(slower, received, failures).map(verdictOn)).toEqual([
      'FAIL',
      ...Array<string>(7).fill('pass')
    ])
    expect(verdictOn(deliver.figuresOf(noisy, received, failures)[0])).toBe('within the spread')
    expect(deliver.figuresOf(rounds, crawling, failures).map(verdictOn)[4]).toBe('FAIL')
  })
})

const single = {
  astrolabe: [120, 240, 120],
  'astrolabe (control)': [120, 240, 120],
  "framework's floor": [100, 200, 100],
  klime: [120, 240, 120],
  canvas: [150, 300, 150],
  customerio: [240, 480, 240]
}
const of100 = {
  astrolabe: [20, 40, 20],
  'astrolabe (control)': [20, 40, 20],
  "framework's floor with these fields": [19, 38, 19],
  klime: [20, 40, 20],
  canvas: [25, 50, 25],
  customerio: [40, 80, 40]
}
const bySize = {
  'astrolabe, batch of 100': [20, 20, 20],
  "framework's floor with these fields, batch of 100": [20, 20, 20],
  'astrolabe, batch of 1000': [26, 26, 26],
  "framework's floor with these fields, batch of 1000": [26, 26, 26]
}

describe('the figures of CPU', () => {
  it('are ratios within the rounds of one run', () => {
    expect(cpu.figuresOf(single, of100, bySize).map(({ name, value }) => [name, value])).toEqual([
      ["single event ÷ the framework's floor", 1.2],
      ['single event ÷ best of klime, canvas, customerio', 1],
      ['event in a batch of 100 ÷ best of klime, canvas, customerio', 1],
      ['event in a batch of 100 ÷ single event', 20 / 120],
      ['event in a batch of 1,000 ÷ in a batch of 100', 1.3]
    ])
  })

  it('pass at their thresholds', () => {
    expect(cpu.figuresOf(single, of100, bySize).map(verdictOn)).toEqual(Array(5).fill('pass'))
  })

  it('fail if the best peer is cheaper, unless a copy of the same destination is as far away', () => {
    const cheaper = { ...of100, canvas: [19, 38, 19] }
    const noisy = { ...cheaper, 'astrolabe (control)': [18, 40, 22] }

    expect(verdictOn(cpu.figuresOf(single, cheaper, bySize)[2])).toBe('FAIL')
    expect(verdictOn(cpu.figuresOf(single, noisy, bySize)[2])).toBe('within the spread')
  })

  it('are bound by the framework if the same fields without code cost more than the best peer', () => {
    const cheaper = { ...of100, canvas: [18.5, 37, 18.5] }

    expect(verdictOn(cpu.figuresOf(single, cheaper, bySize)[2])).toBe("the framework's bound")
  })

  it('are bound by the framework if large batches cost more without code, too', () => {
    const dear = { ...bySize, 'astrolabe, batch of 1000': [28, 28, 28] }
    const floor = { ...dear, "framework's floor with these fields, batch of 1000": [27, 27, 27] }

    expect(verdictOn(cpu.figuresOf(single, of100, dear)[4])).toBe('FAIL')
    expect(verdictOn(cpu.figuresOf(single, of100, floor)[4])).toBe("the framework's bound")
  })
})

describe('the figures of a history', () => {
  it('compare ten times as many events, and pass at their thresholds', () => {
    const files = { seconds: 20, megabytes: 350, first: 5 }
    const figures = history.figuresOf({ seconds: 10, megabytes: 200 }, { seconds: 110, megabytes: 220 }, files)

    expect(figures.map(({ value }) => value)).toEqual([1.1, 220, 1.1, 350, 5])
    expect(figures.map(verdictOn)).toEqual(Array(5).fill('pass'))
  })

  it('fail if memory or time grows with the number of events, or many files do not fit', () => {
    const files = { seconds: 20, megabytes: 351, first: 5.1 }
    const figures = history.figuresOf({ seconds: 10, megabytes: 200 }, { seconds: 120, megabytes: 360 }, files)

    expect(figures.map(verdictOn)).toEqual(Array(5).fill('FAIL'))
  })
})

describe('the figure of rejected events', () => {
  it('is the milliseconds of a batch in the slowest spelling', () => {
    const [figure] = rejections.figuresOf({ words: [100, 110, 120], JSON: [300, 400, 410] })

    expect(figure).toMatchObject({ value: 400, unit: 'ms' })
    expect(verdictOn(figure)).toBe('pass')
    expect(verdictOn({ ...figure, value: 401 })).toBe('FAIL')
  })
})
