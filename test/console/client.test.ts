import { ConsoleClient } from '../../src/console/client'
import { runConsole } from './running-console'
import type { RunningConsole } from './running-console'

let running: RunningConsole
let client: ConsoleClient

beforeEach(async () => {
  running = await runConsole()
  client = new ConsoleClient({ origin: `${running.origin}/` })
})

afterEach(() => running.app.close())

const order = { type: 'track', event: 'Order Completed', userId: 'u1', messageId: 'order' }
const joined = { type: 'group', groupId: 'g1', userId: 'u1', messageId: 'joined' }

describe('waitForMessage', () => {
  it.each([[{ type: 'track', title: 'Order Completed', user: 'u1' }], [{ messageId: 'order' }]])(
    'gives the message that %j describes, once it is delivered',
    async (match) => {
      const waiting = client.waitForMessage(match)
      await running.track({ ...order, event: 'Order Started', messageId: 'other' })
      await running.track(order)

      expect(await waiting).toMatchObject({
        messageId: 'order',
        outcome: 'delivered',
        sentence: 'Delivered: Astrolabe recorded event Order Completed'
      })
    }
  )

  it('names the newest messages if none matches in time, without IDs', async () => {
    await running.settled(order)
    await running.settled(joined)

    await expect(client.waitForMessage({ title: 'Order Complete' }, { seconds: 0 })).rejects.toThrow(
      'No message with {"title":"Order Complete"} arrived within 0 s. The newest are: group, track "Order Completed".'
    )
  })
})

describe('user and account', () => {
  it('give what Astrolabe holds', async () => {
    await running.settled({
      type: 'identify',
      userId: 'u1',
      anonymousId: 'a1',
      messageId: 'u',
      traits: { plan: 'pro' }
    })
    await running.settled({ ...joined, traits: { name: 'Initech' } })

    expect(await client.user('u1')).toMatchObject({ userId: 'u1', traitValues: { plan: 'pro' } })
    expect(await client.user({ anonymousId: 'a1' })).toMatchObject({ userId: 'u1' })
    expect(await client.account('g1')).toMatchObject({ label: 'g1', members: [{ label: 'u1' }] })
  })

  it.each(['', '.', '..'])('give nothing for the ID "%s", which no URL can hold', async (id) => {
    await running.settled(joined)

    expect(await client.account(id)).toBeUndefined()
  })

  it('give nothing if Astrolabe has none', async () => {
    expect([await client.user('u1'), await client.account('g1')]).toEqual([undefined, undefined])
  })
})

describe('reset', () => {
  it('forgets what has arrived, so that the same messages count again, and keeps what is set up', async () => {
    await running.settled(order)
    await running.settled(joined)
    await client.reset()

    expect((await client.call('GET /api/messages', {})).items).toEqual([])
    expect((await client.call('GET /api/events', {})).items).toEqual([])
    expect([await client.user('u1'), await client.account('g1')]).toEqual([undefined, undefined])
    expect(await running.settled(order)).toMatchObject({ outcome: 'delivered', changes: [{ kind: 'event' }] })
  })

  it('ends faults, and the messages that wait because of them', async () => {
    await client.call('PUT /api/faults', { body: { active: ['status=503'] } })
    await running.track(order)
    await client.reset()

    expect((await client.call('GET /api/faults', {})).active).toEqual([])
    expect(await running.settled(order)).toMatchObject({ outcome: 'delivered' })
  })
})

describe('a console that does not run', () => {
  beforeEach(() => running.app.close())

  it('is an error that says so', async () => {
    await expect(client.user('u1')).rejects.toMatchObject({
      status: 0,
      message: 'The console does not respond. Is it still running?'
    })
  })

  it('is an error of untilReady that says how to start it', async () => {
    await expect(client.untilReady({ seconds: 0 })).rejects.toThrow(
      `No console runs at ${running.origin}. Start it: npx astrolabe-segment console --ready`
    )
  })
})
