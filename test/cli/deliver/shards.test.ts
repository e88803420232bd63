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

const MAPPING = {
  name: 'By CRM ID',
  actionSlug: 'identify',
  trigger: 'type = "identify"',
  enabled: true,
  settings: { user_id: { '@path': '$.traits.crm_id' }, message_id: { '@path': '$.messageId' } }
}

describe('three shards side by side', () => {
  it.each([
    ['single, by the presets', () => [], (n: number) => ({ userId: `user${n % USERS}` })],
    [
      'batch, by a mapping of another ID',
      () => ['--batch', '20', '--mappings', file('mappings.json')],
      (n: number) => ({ userId: `visitor${n}`, traits: { crm_id: `user${n % USERS}` } })
    ]
  ])(
    'deliver each event once, and those of each User in the order of the input: %s',
    async (_mode, argsOf, idsOf) => {
      const lines = Array.from({ length: EVENTS }, (_, n) =>
        JSON.stringify({ type: 'identify', messageId: `m${n}`, ...idsOf(n * 7) })
      )
      await writeFile(file('events.ndjson'), lines.join('\n'))
      await writeFile(file('mappings.json'), JSON.stringify([MAPPING]))

      await Promise.all([0, 1, 2].map((index) => deliverShard(index, 3, argsOf())))

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
