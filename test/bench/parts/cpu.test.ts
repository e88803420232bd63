import { verdictOn } from '../../../bench/figure'
import { figuresOf } from '../../../bench/parts/cpu'

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
    expect(figuresOf(single, of100, bySize).map(({ name, value }) => [name, value])).toEqual([
      ["single event ÷ the framework's floor", 1.2],
      ['single event ÷ best of klime, canvas, customerio', 1],
      ['event in a batch of 100 ÷ best of klime, canvas, customerio', 1],
      ['event in a batch of 100 ÷ single event', 20 / 120],
      ['event in a batch of 1,000 ÷ in a batch of 100', 1.3]
    ])
  })

  it('pass at their thresholds', () => {
    expect(figuresOf(single, of100, bySize).map(verdictOn)).toEqual(Array(5).fill('pass'))
  })

  it('fail if the best peer is cheaper, unless a copy of the same destination is as far away', () => {
    const cheaper = { ...of100, canvas: [19, 38, 19] }
    const noisy = { ...cheaper, 'astrolabe (control)': [18, 40, 22] }

    expect(verdictOn(figuresOf(single, cheaper, bySize)[2])).toBe('FAIL')
    expect(verdictOn(figuresOf(single, noisy, bySize)[2])).toBe('within the spread')
  })

  it('are bound by the framework if the same fields without code cost more than the best peer', () => {
    const cheaper = { ...of100, canvas: [18.5, 37, 18.5] }

    expect(verdictOn(figuresOf(single, cheaper, bySize)[2])).toBe("the framework's bound")
  })

  it('are bound by the framework if large batches cost more without code, too', () => {
    const dear = { ...bySize, 'astrolabe, batch of 1000': [28, 28, 28] }
    const floor = { ...dear, "framework's floor with these fields, batch of 1000": [27, 27, 27] }

    expect(verdictOn(figuresOf(single, of100, dear)[4])).toBe('FAIL')
    expect(verdictOn(figuresOf(single, of100, floor)[4])).toBe("the framework's bound")
  })
})
