import type { Rounds } from './figure'

/** One row of a measurement. */
export interface Task {
  name: string
  /** How many events one run delivers. */
  events: number
  /** Not measured. */
  before?(): void
  /** Delivers the events. */
  run(): Promise<unknown>
  /** Not measured. @throws if not all arrived */
  after?(): void
}

/**
 * Runs all tasks in turn, `rounds` times. The order rotates: in as many rounds as there are tasks (twice as many if their
 * number is odd) each task stands in each place, and comes after each other one, equally often. Drift, interruptions and
 * the garbage of the task before then affect all alike. No garbage collection is forced: it is part of the cost.
 *
 * @param measure runs a task and returns its value
 * @param warmUp rounds that do not count, until the compiler has seen all tasks
 */
export async function rotate(
  tasks: Task[],
  rounds: number,
  measure: (task: Task) => Promise<number> = cpuMicroseconds,
  warmUp = 5
): Promise<Rounds> {
  const values: Rounds = Object.fromEntries(tasks.map(({ name }) => [name, []]))
  for (let round = 0; round < warmUp + rounds; round++) {
    for (const index of orderOf(tasks.length, round)) {
      const task = tasks[index]
      task.before?.()
      const value = await measure(task)
      task.after?.()
      if (round >= warmUp) {
        values[task.name].push(value)
      }
    }
  }
  return values
}

/** CPU time of this process per event, in microseconds, including the threads of the garbage collector and compiler. */
async function cpuMicroseconds({ run, events }: Task): Promise<number> {
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / events
}

export async function eventsPerSecond({ run, events }: Task): Promise<number> {
  const before = performance.now()
  await run()
  return (1000 * events) / (performance.now() - before)
}

/** A Williams design: 0, 1, n - 1, 2, n - 2, …, shifted by one every other round, and reversed in between. */
function orderOf(count: number, round: number): number[] {
  const zigzag = Array.from({ length: count }, (_, turn) => (turn % 2 === 1 ? (turn + 1) / 2 : count - turn / 2))
  const order = zigzag.map((place) => (place + (round >> 1)) % count)
  return round % 2 === 1 ? order.reverse() : order
}
