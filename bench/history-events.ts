import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { gzipSync } from 'node:zlib'
import { benchEvent, TYPES } from './events'
import type { BenchEvent } from './events'

const USERS = 50_000
const ACCOUNTS = 2000

/** An odd step that visits all Users in an order that looks random, the same in every run. */
const STEP = 27_183

/** The event with this number of a history: about 1 KB, of one of 50,000 Users and 2,000 Accounts. */
function historyEvent(number: number): BenchEvent {
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

/** Writes events as NDJSON. */
export async function writeEvents(file: string, first: number, end: number): Promise<void> {
  await pipeline(linesOf(first, end), createWriteStream(file))
}

/** Writes so many files of two events, 24 in a folder, as Segment writes one each hour. */
export function writeFiles(folder: string, count: number): void {
  for (let number = 0; number < count; number++) {
    const day = path.join(folder, `${Math.floor(number / 24)}`)
    mkdirSync(day, { recursive: true })
    writeFileSync(path.join(day, `${number}.gz`), gzipSync([...linesOf(2 * number, 2 * number + 2)].join('')))
  }
}

function* linesOf(first: number, end: number): Generator<string> {
  for (let number = first; number < end; number++) {
    yield `${JSON.stringify(historyEvent(number))}\n`
  }
}
