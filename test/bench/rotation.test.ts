import { rotate } from '../../bench/rotation'
import type { Task } from '../../bench/rotation'
import { meanOf, ratioOf, spreadOf, describeThreshold, describeValue, verdictOn } from '../../bench/figure'
import type { Figure, Verdict } from '../../bench/figure'

const WARM_UP = 5

/** Runs tasks of these names and notes the order, round by round, without the rounds that warm up. */
async function orderOf(names: string[], rounds: number): Promise<string[][]> {
  const ran: string[] = []
  const tasks: Task[] = names.map((name) => ({
    name,
    events: 1,
    before: () => {},
    run: async () => void ran.push(name),
    after: () => {}
  }))
  await rotate(tasks, rounds)
  const order = Array.from({ length: WARM_UP + rounds }, () => ran.splice(0, names.length))
  return order.slice(WARM_UP)
}

describe.each([
  { names: ['a', 'b', 'c', 'd'], rounds: 8 },
  { names: ['a', 'b', 'c', 'd', 'e'], rounds: 10 }
])('the order of $names', ({ names, rounds }) => {
  it('runs each row once a round', async () => {
    const order = await orderOf(names, rounds)

    expect(order.map((round) => [...round].sort())).toEqual(Array.from({ length: rounds }, () => names))
  })

  it('puts each row after each other one equally often', async () => {
    const follows: Record<string, number> = {}
    for (const round of await orderOf(names, rounds)) {
      round.slice(1).forEach((name, place) => {
        const pair = `${round[place]}${name}`
        follows[pair] = (follows[pair] ?? 0) + 1
      })
    }

    const pairs = names.flatMap((one) => names.filter((other) => other !== one).map((other) => one + other))
    expect(follows).toEqual(Object.fromEntries(pairs.map((pair) => [pair, 2])))
  })
})

describe('a rotation', () => {
  it('counts the rounds after the warm-up, in their order', async () => {
    let runs = 0
    const task: Task = { name: 'a', events: 1, before: () => {}, run: async () => void runs++, after: () => {} }

    const figures = await rotate([task], 3, async ({ run }) => {
      await run()
      return runs
    })

    expect(figures).toEqual({ a: [6, 7, 8] })
  })

  it('stops if a row sent something else', async () => {
    const task: Task = {
      name: 'a',
      events: 1,
      before: () => {},
      run: async () => {},
      after: () => {
        throw new Error('a: 0 requests of 0 bytes arrived, not 1 of 2')
      }
    }

    await expect(rotate([task], 1)).rejects.toThrow('a: 0 requests of 0 bytes arrived, not 1 of 2')
  })
})

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
