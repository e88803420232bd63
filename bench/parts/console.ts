import { startChild } from '../child'
import { startConsole } from '../console/console-process'
import type { ConsoleProcess, Memory } from '../console/console-process'
import { LOOP_PROCESS } from '../console/loop-process'
import { atLeast, atMost } from '../figure'
import type { Figure } from '../figure'
import type { PartResult } from '../part'
import { eventsPerSecond, rotate } from '../rotation'
import { rateTable, ratioOf, spreadOf } from '../rounds'
import type { Rounds } from '../rounds'

const EVENTS = 3000

/** Six times as many as the console keeps, and more than there are Users. Accounts' histories go on growing, up to their limit. */
const UNTIL_FULL = 60_000

const LATER = 60_000

const LOOP = 'bare loop of onEvent and a sandbox in one process'
const CONTROL = `${LOOP} (control)`
const CONSOLE = 'console'

/** Events per second that the console accepts and delivers, and its memory over many events. */
export async function measure(rounds: number): Promise<PartResult> {
  const [loop, control] = [await startChild(LOOP_PROCESS), await startChild(LOOP_PROCESS)]
  const server = await startConsole()
  try {
    // Each run proves that every event arrived.
    const tasks = [
      { name: CONSOLE, events: EVENTS, run: () => server.deliver(EVENTS) },
      { name: LOOP, events: EVENTS, run: () => loop.ask(EVENTS) },
      { name: CONTROL, events: EVENTS, run: () => control.ask(EVENTS) }
    ]
    const values = await rotate(tasks, Math.ceil(rounds / 2), eventsPerSecond, rounds > 1 ? 1 : 0)
    const full = await memoryAfter(server, UNTIL_FULL)
    const later = await memoryAfter(server, LATER)
    return {
      tables: [rateTable('The console', 'All in one process', values)],
      figures: figuresOf(values, { full, later })
    }
  } finally {
    server.close()
    loop.close()
    control.close()
  }
}

/** In parts, because the console turns away more messages than it keeps. */
async function memoryAfter(server: ConsoleProcess, events: number): Promise<Memory> {
  for (let sent = 0; sent < events; sent += EVENTS) {
    await server.deliver(EVENTS)
  }
  return server.memory()
}

/** @param memory once all Users have sent an event, and 60,000 events later */
export function figuresOf(values: Rounds, { full, later }: { full: Memory; later: Memory }): Figure[] {
  return [
    atLeast(0.6, `console ÷ ${LOOP}`, ratioOf(values, CONSOLE, LOOP), spreadOf(values, LOOP, CONTROL)),
    atMost(1.1, "console's memory in use 60,000 events later ÷ once it is full", later.inUse / full.inUse),
    { ...atMost(450, "console's memory 60,000 events later", later.resident), unit: 'MB' }
  ]
}
