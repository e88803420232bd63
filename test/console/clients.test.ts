import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { Analytics } from '@segment/analytics-node'
import { READY_WRITE_KEY } from '../../src/console/server/starting-point'
import { runConsole } from './running-console'
import type { RunningConsole } from './running-console'

const run = promisify(execFile)
/** Where the snippets find their packages. */
const cwd = path.join(__dirname, '../..')

let running: RunningConsole

beforeEach(async () => {
  running = await runConsole()
})

afterEach(() => running.app.close())

/** All messages, once they are settled. */
async function settledMessages() {
  const { items } = await running.call('GET /api/messages')
  return Promise.all(
    items.map(({ id }) => running.call('GET /api/messages/:id', { params: { id }, query: { wait: 20 } }))
  )
}

async function snippet(wanted: string): Promise<string> {
  const snippets = await running.call('GET /api/sources/:id/snippets', { params: { id: 'source-1' } })
  return snippets.find(({ id }) => id === wanted)?.code ?? ''
}

describe("the page's own snippet", () => {
  it.each([
    ['node', (code: string) => run(process.execPath, ['--input-type=module', '--eval', code], { cwd })],
    ['curl', (code: string) => run('bash', ['-c', code])]
  ])('for %s sends a call that becomes a User or an event', async (id, execute) => {
    await execute(await snippet(id))
    const messages = await settledMessages()

    expect(messages.length).toBeGreaterThan(0)
    expect(messages.map(({ outcome }) => outcome)).toEqual(messages.map(() => 'delivered'))
    expect(messages.flatMap(({ changes }) => changes.map(({ kind }) => kind))).toContain('user')
  })
})

describe("Segment's client for Node", () => {
  it('fills Users, Accounts and events, unmodified', async () => {
    const analytics = new Analytics({ writeKey: READY_WRITE_KEY, host: running.origin })
    analytics.identify({ userId: 'userId123', traits: { email: 'john.doe@example.com' } })
    analytics.group({
      userId: 'userId123',
      groupId: '0e8c78ea9d97a7b8185e8632',
      traits: { name: 'Initech', 'total billed': 830 }
    })
    analytics.track({ userId: 'userId123', event: 'User Registered', properties: { plan: 'Pro Annual' } })
    await analytics.closeAndFlush()
    const messages = await settledMessages()

    expect(messages.map(({ sentence }) => sentence).sort()).toEqual([
      'Delivered: Astrolabe created User userId123 with 1 trait',
      'Delivered: Astrolabe recorded event User Registered',
      'Delivered: Astrolabe updated User userId123 and created Account 0e8c78ea9d97a7b8185e8632 with 2 traits'
    ])
    const user = await running.call('GET /api/users/:key', { params: { key: 'userId:userId123' } })
    expect(user).toMatchObject({
      traitValues: { email: 'john.doe@example.com' },
      memberOf: [{ key: '0e8c78ea9d97a7b8185e8632', label: '0e8c78ea9d97a7b8185e8632' }]
    })
    expect(user.recentEvents.map(({ event }) => event)).toEqual(['User Registered'])
  })
})
