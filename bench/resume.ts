import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { Command } from 'commander'
import { wholeNumber } from '../src/cli/whole-number'
import { listenOnLoopback } from '../src/loopback/listen'
import { buildSandbox, SANDBOX_API_KEY } from '../src/sandbox/build'
import { Workspace } from '../src/sandbox/workspace/workspace'
import { dataOf } from './events'
import { historyEvent, writeEvents } from './history-events'

const BIN = path.join(__dirname, '../../dist/cli/index.js')
const LATENCY = 50
const FILES = 20
const FILES_PER_DAY = 2
const FIRST_DAY = Date.UTC(2026, 0, 1)
const DAY = 24 * 60 * 60 * 1000

void new Command('npm run bench:resume --')
  .description('Kills a delivery with kill -9 at random moments, resumes it, and compares with an undisturbed one.')
  .option('--events <count>', 'how many events', wholeNumber(20), 20_000)
  .option('--kills <count>', 'how often to kill', wholeNumber(0), 5)
  .action(resume)
  .parseAsync()

async function resume({ events, kills }: { events: number; kills: number }): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-resume-'))
  try {
    const logs = await writeArchives(folder, events)
    const disturbed = await measure(logs, events, kills)
    const undisturbed = await measure(logs, events, 0)
    console.log(JSON.stringify({ events, kills, disturbed, undisturbed }, null, 2))
    if (undisturbed.arrived !== events || disturbed.contents.events !== disturbed.contents.distinctEvents) {
      throw new Error('An event is missing, or is there twice.')
    }
    if (!isDeepStrictEqual(disturbed.contents, undisturbed.contents)) {
      throw new Error('The Users, Accounts and events differ from those of an undisturbed run.')
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/**
 * Writes a history as Segment's AWS S3 destination does: `segment-logs/<source>/<received day>/<name>.gz`. Every event
 * changes a trait, so that the last state of a User or Account shows the order in which events arrived.
 *
 * @returns the folder `segment-logs`
 */
async function writeArchives(folder: string, events: number): Promise<string> {
  const logs = path.join(folder, 'segment-logs')
  for (let file = 0; file < FILES; file++) {
    const day = FIRST_DAY + Math.floor(file / FILES_PER_DAY) * DAY
    const source = path.join(logs, 'fake-source', String(day))
    await mkdir(source, { recursive: true })
    const [first, end] = [file, file + 1].map((part) => Math.floor((part * events) / FILES))
    await writeEvents(path.join(source, `${day + file}.gz`), first, end, (sequence) => {
      const event = historyEvent(sequence)
      Object.assign(dataOf(event), { sequence })
      return event
    })
  }
  return logs
}

/** Delivers to a sandbox behind a delay, and repeats the command after each kill. */
async function measure(logs: string, events: number, kills: number) {
  const workspace = new Workspace(events)
  workspace.connectors.add({ name: 'Sandbox', apiKey: SANDBOX_API_KEY })
  const app = buildSandbox({ workspace })
  let arrived = 0
  let onArrival = () => undefined as void
  app.addHook('preHandler', async ({ body }) => {
    arrived += (body as { batch?: unknown[] }).batch?.length ?? 1
    onArrival()
    await sleep(LATENCY)
  })
  const url = `${await listenOnLoopback(app, 0)}/v1`
  const run = () => deliver(url, logs, `${logs}.${kills}.checkpoint`)
  try {
    const startedAt = performance.now()
    const moments = Array.from({ length: kills }, () => Math.random() * events).sort((a, b) => a - b)
    for (const moment of moments) {
      const before = arrived
      const { child, ended } = run()
      onArrival = () => void (arrived >= moment && arrived > before && child.kill('SIGKILL'))
      await ended
      console.error(`Killed after ${arrived} messages had arrived.`)
    }
    onArrival = () => undefined
    const finished = await run().ended
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10
    const output = kills > 0 ? await run().ended : finished
    return { seconds, arrived, contents: contentsOf(workspace), output }
  } finally {
    await app.close()
  }
}

function deliver(url: string, logs: string, checkpoint: string) {
  const child = spawn(process.execPath, [BIN, 'deliver', '--batch', '--checkpoint', checkpoint, logs], {
    env: { ...process.env, ASTROLABE_INGEST_URL: url, ASTROLABE_API_KEY: SANDBOX_API_KEY },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return { child, ended: once(child, 'close').then(() => output) }
}

/** What a workspace holds. The order of IDs, traits and members depends on chance, so they are sorted. */
function contentsOf(workspace: Workspace) {
  const all = { order: 'oldest first', limit: Infinity } as const
  const { items: users } = workspace.users.list(all)
  const { items: accounts } = workspace.accounts.list(all)
  const { items: events } = workspace.events.list(all)
  const records = [
    ...users.map(({ key, anonymousIds, traits, accounts }) => [key, anonymousIds, traits, keysOf(accounts)]),
    ...accounts.map(({ key, traits, users }) => [key, traits, keysOf(users)])
  ]
  const lines = records.map(([key, ...sets]) => JSON.stringify([key, ...sets.map((set) => [...set].sort())]))
  return {
    users: users.length,
    accounts: accounts.length,
    events: events.length,
    distinctEvents: new Set(events.map(({ messageId }) => messageId)).size,
    hash: createHash('sha256').update(lines.sort().join('\n')).digest('hex')
  }
}

function keysOf(records: Set<{ key: string }>): string[] {
  return Array.from(records, ({ key }) => key)
}
