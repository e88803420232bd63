import { writeFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { listenOnLoopback } from '../../../src/loopback/listen'
import { buildSandbox } from '../../../src/sandbox/build'
import { temporaryFolder } from '../../temporary-folder'
import { startDeliver } from './deliver-process'

const EVENTS = 600
const USERS = 40

interface Message {
  messageId: string
  userId: string
}

const file = temporaryFolder()
let sandbox: FastifyInstance
let arrived: Message[]
let url: string

beforeEach(async () => {
  arrived = []
  sandbox = buildSandbox()
  sandbox.addHook<{ Body: Message & { batch?: Message[] } }>('preHandler', async ({ body }) => {
    arrived.push(...(body.batch ?? [body]))
  })
  url = `${await listenOnLoopback(sandbox, 0)}/v1`
})

afterEach(() => sandbox.close())

async function deliverShard(index: number, count: number, args: string[]): Promise<void> {
  const shard = ['--shard-index', String(index), '--shard-count', String(count)]
  const checkpoint = file(`${index}.checkpoint`)
  const events = file('events.ndjson')
  const { exitCode } = await startDeliver(url, ...shard, ...args, '--checkpoint', checkpoint, events).ended
  expect(exitCode).toBe(0)
}

describe('three shards side by side', () => {
  it.each([
    ['single', []],
    ['batch', ['--batch', '20']]
  ])(
    'deliver each event once, and those of each User in the order of the input: %s',
    async (_mode, args) => {
      const lines = Array.from({ length: EVENTS }, (_, n) =>
        JSON.stringify({ type: 'identify', messageId: `m${n}`, userId: `user${(n * 7) % USERS}`, traits: { n } })
      )
      await writeFile(file('events.ndjson'), lines.join('\n'))

      await Promise.all([0, 1, 2].map((index) => deliverShard(index, 3, args)))

      expect(arrived).toHaveLength(EVENTS)
      expect(new Set(arrived.map(({ messageId }) => messageId)).size).toBe(EVENTS)
      for (let user = 0; user < USERS; user++) {
        const numbers = arrived
          .filter(({ userId }) => userId === `user${user}`)
          .map(({ messageId }) => Number(messageId.slice(1)))
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
      }
    },
    60_000
  )
})
