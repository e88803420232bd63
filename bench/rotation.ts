/** One row of a measurement. */
export interface Task {
  name: string
  /** How many events one slice delivers. */
  events: number
  /** Not measured. */
  before(): Promise<void> | void
  /** Delivers the events. */
  run(): Promise<void>
  /** Not measured. Throws where not all arrived. */
  after(): Promise<void> | void
}

/** Figures by the task's name: one a round, so that the same place in two rows is the same moment. */
export type Rounds = Record<string, number[]>

/**
 * Runs all tasks in turn, `rounds` times, in an order that rotates: in as many rounds as there are tasks (twice as many
 * where their number is odd) each task stands in each place, and comes after each other one, equally often, so that what
 * drifts, interrupts, or leaves its garbage behind meets them all alike. No garbage collection is forced: it is part of
 * the cost, as in life. The first rounds warm up and do not count.
 *
 * @param measure runs a task and gives its figure
 */
export async function rotate(
  tasks: Task[],
  rounds: number,
  measure: (task: Task) => Promise<number> = cpuMicroseconds
): Promise<Rounds> {
  const figures: Rounds = Object.fromEntries(tasks.map(({ name }) => [name, []]))
  for (let round = 0; round < WARM_UP + rounds; round++) {
    for (const place of orderOf(tasks.length, round)) {
      const task = tasks[place]
      await task.before()
      const figure = await measure(task)
      await task.after()
      if (round >= WARM_UP) {
        figures[task.name].push(figure)
      }
    }
  }
  return figures
}

/** CPU time of this process an event, in microseconds, the garbage collector's and the compiler's threads included. */
export async function cpuMicroseconds({ run, events }: Task): Promise<number> {
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / events
}

/** By the clock. */
export async function eventsASecond({ run, events }: Task): Promise<number> {
  const before = performance.now()
  await run()
  return (1000 * events) / (performance.now() - before)
}

/** Rounds until the compiler has seen all rows. */
const WARM_UP = 5

/** Williams' design: 0, 1, n - 1, 2, n - 2, …, each round one further, every other one backwards. */
function orderOf(count: number, round: number): number[] {
  const zigzag = Array.from({ length: count }, (_, turn) => (turn % 2 === 1 ? (turn + 1) / 2 : count - turn / 2))
  const order = zigzag.map((place) => (place + (round >> 1)) % count)
  return round % 2 === 1 ? order.reverse() : order
}
