import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { basic } from '../../http'
import { listenOnLoopback } from '../../../src/loopback/listen'
import { buildSandbox, SANDBOX_API_KEY } from '../../../src/sandbox/build'
import { temporaryFolder } from '../../temporary-folder'
import { startDeliver } from './deliver-process'

const EVENTS = 400
const USERS = 50

const file = temporaryFolder()
let sandboxes: FastifyInstance[]

beforeEach(async () => {
  sandboxes = []
  await mkdir(file('logs'))
  const lines = Array.from({ length: EVENTS }, (_, n) => JSON.stringify(eventOf(n)))
  for (let part = 0; part < 4; part++) {
    const text = lines.slice((part * EVENTS) / 4, ((part + 1) * EVENTS) / 4).join('\n')
    await writeFile(file(`logs/${part + 9}.gz`), gzipSync(text))
  }
})

afterEach(() => Promise.all(sandboxes.map((sandbox) => sandbox.close())))

/** Users and Accounts change again and again, so that the last state shows the order. Some events are rejected. */
function eventOf(n: number): object {
  const userId = n % 97 === 0 ? '' : `user${(n * 7) % USERS}`
  const common = { messageId: `m${n}`, userId, timestamp: '2026-01-31T12:00:00.000Z' }
  switch (n % 3) {
    case 0:
      return { ...common, type: 'identify', traits: { n } }
    case 1:
      return { ...common, type: 'group', groupId: `account${n % 5}`, traits: { n } }
    default:
      return { ...common, type: 'track', event: 'Counted', properties: { n } }
  }
}

async function startSandbox(onMessage: () => void = () => undefined) {
  const sandbox = buildSandbox()
  sandboxes.push(sandbox)
  sandbox.addHook('onRequest', async ({ method }) => (method === 'POST' ? onMessage() : undefined))
  const origin = await listenOnLoopback(sandbox, 0)
  const headers = { Authorization: basic(`${SANDBOX_API_KEY}:`) }
  const read = async (kind: string) =>
    (await sandbox.inject({ url: `/v1/${kind}?limit=10000`, headers })).json<Records>()
  return {
    url: `${origin}/v1`,
    contents: async () => {
      const [{ users }, { accounts }, { events }] = await Promise.all([read('users'), read('accounts'), read('events')])
      return { users: sorted(users), accounts: sorted(accounts), events: sorted(events) }
    }
  }
}

interface Records {
  users: object[]
  accounts: object[]
  events: { messageId: string }[]
}

function sorted<T>(items: T[]): T[] {
  return items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}

function deliver(url: string, ...args: string[]) {
  return startDeliver(url, ...args, file('logs'))
}

/** All tests deliver the same events, so one run is enough to compare with. */
let undisturbed: ReturnType<typeof runUndisturbed> | undefined

async function runUndisturbed() {
  const sandbox = await startSandbox()
  await deliver(sandbox.url, '--undelivered', file('expected')).ended
  return { contents: await sandbox.contents(), undelivered: await linesOf(file('expected')) }
}

async function linesOf(name: string): Promise<string[]> {
  return sorted((await readFile(name, 'utf8')).split('\n'))
}

describe('a run that is killed at random moments and repeated', () => {
  it.each([
    ['single', []],
    ['batch', ['--batch', '20']]
  ])(
    'loses no event, counts none twice, and ends with the Users and Accounts of an undisturbed run: %s',
    async (_mode, args) => {
      let onMessage = () => undefined as void
      const disturbed = await startSandbox(() => onMessage())
      const resumable = [...args, '--checkpoint', file('checkpoint'), '--undelivered', file('undelivered')]
      const perRun = args.length > 0 ? 15 : 90
      for (let kill = 0; kill < 4; kill++) {
        const { child, ended } = deliver(disturbed.url, ...resumable)
        let left = 1 + Math.floor(Math.random() * perRun)
        onMessage = () => {
          left--
          if (left === 0) {
            child.kill('SIGKILL')
          }
        }
        await ended
      }
      onMessage = () => undefined

      expect((await deliver(disturbed.url, ...resumable).ended).output).toMatch(/Resuming: [\d,]+ events are done\./)
      expect((await deliver(disturbed.url, ...resumable).ended).output).toContain(
        `Nothing is left: all ${EVENTS} events are done.`
      )

      undisturbed ??= runUndisturbed()
      const [contents, expected] = [await disturbed.contents(), await undisturbed]
      expect(contents).toEqual(expected.contents)
      expect(new Set(contents.events.map(({ messageId }) => messageId)).size).toBe(contents.events.length)
      expect(await linesOf(file('undelivered'))).toEqual(expected.undelivered)
    },
    120_000
  )
})
