import { median } from 'simple-statistics'
import astrolabe from '../../src/destinations/astrolabe'
import { StubbedNetwork } from '../cpu/stubbed-network'
import { benchEvent } from '../events'
import { atMost } from '../figure'
import type { Figure, Rounds } from '../figure'
import type { PartResult } from '../part'
import { rotate } from '../rotation'
import type { Task } from '../rotation'
import { sender } from '../sender'

const SIZE = 1000
const MESSAGE_LENGTH = 2000

const SPELLINGS: Record<string, (text: string) => string> = {
  'plain words': (text) => text,
  'quoted JSON': (text) => JSON.stringify(JSON.stringify(text.split(' '))),
  'HTML entities': (text) => text.replace(/[^]/g, (character) => `&#${character.charCodeAt(0)};`),
  'URL-encoded': (text) => encodeURIComponent(JSON.stringify(text.split(' ')))
}

/** CPU of batches whose events are all rejected: the destination looks for the API key in each message. */
export async function measure(rounds: number): Promise<PartResult> {
  const network = new StubbedNetwork()
  const tasks = Object.keys(SPELLINGS).map((spelling) => rejectionTask(network, spelling))
  const values = await rotate(tasks, rounds)
  const rows = Object.keys(values).map((spelling) => [spelling, `${Math.round(millisecondsOf(values, spelling))} ms`])
  return {
    tables: [{ title: 'Batches of 1,000 rejected events', head: ['Messages', 'CPU, network stubbed'], rows }],
    figures: figuresOf(values)
  }
}

export function figuresOf(values: Rounds): Figure[] {
  const slowest = Math.max(...Object.keys(values).map((spelling) => millisecondsOf(values, spelling)))
  return [{ ...atMost(400, 'batch of 1,000 rejected events, slowest spelling', slowest), unit: 'ms' }]
}

function rejectionTask(network: StubbedNetwork, spelling: string): Task {
  const send = sender(spelling, astrolabe, { apiKey: 'fake-api-key' }, 400)
  const events = Array.from({ length: SIZE }, (_, number) => benchEvent('track', number))
  // All messages differ, because equal ones are checked once.
  const results = events.map((_, number) => ({ status: 400, message: messageOf(spelling, number) }))
  const response = JSON.stringify({ results })
  return { name: spelling, events: SIZE, before: () => network.begin(response), run: () => send('batch', events) }
}

function messageOf(spelling: string, number: number): string {
  const text = `Event ${number}: this workspace has no such plan. `.repeat(MESSAGE_LENGTH / 20)
  return SPELLINGS[spelling](text).slice(0, MESSAGE_LENGTH)
}

/** CPU of a batch. */
function millisecondsOf(values: Rounds, spelling: string): number {
  return (SIZE * median(values[spelling])) / 1000
}
