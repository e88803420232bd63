import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { benchEvent, TYPES } from './events'
import type { BenchEvent } from './events'

const USERS = 50_000
const ACCOUNTS = 2000

/** An odd step that visits all Users in an order that looks random, the same in every run. */
const STEP = 27_183

/** The event with this number of a history: about 1 KB, of one of 50,000 Users and 2,000 Accounts. */
export function historyEvent(number: number): BenchEvent {
  const user = (number * STEP) % USERS
  const event = benchEvent(TYPES[number % TYPES.length], number)
  const groupId = `acc-${user % ACCOUNTS}`
  return {
    ...event,
    userId: `user-${user}`,
    anonymousId: `anonymous-${user}`,
    ...(event.type === 'group' ? { groupId } : {}),
    context: { ...event.context, groupId }
  }
}

/** Writes events as NDJSON, compressed if the file's name ends with `.gz`. */
export async function writeEvents(file: string, first: number, end: number, eventOf = historyEvent): Promise<void> {
  const lines = Readable.from(linesOf(first, end, eventOf))
  const output = createWriteStream(file)
  await (file.endsWith('.gz') ? pipeline(lines, createGzip({ level: 1 }), output) : pipeline(lines, output))
}

function* linesOf(first: number, end: number, eventOf: typeof historyEvent): Generator<string> {
  for (let number = first; number < end; number++) {
    yield `${JSON.stringify(eventOf(number))}\n`
  }
}
