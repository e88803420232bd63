import { rotate } from '../../bench/rotation'
import type { Task } from '../../bench/rotation'

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
