import type { LiveHello, LiveUpdate } from '../../src/console/server/api'
import { basic } from '../http'
import { runConsole } from './running-console'
import type { RunningConsole } from './running-console'

let running: RunningConsole

beforeEach(async () => {
  running = await runConsole()
})

afterEach(() => running.app.close())

/** A page that listens to the live feed. */
class Listener {
  private text = ''
  private constructor(private readonly reader: ReadableStreamDefaultReader<Uint8Array>) {}

  static async open(query = '', headers: Record<string, string> = {}): Promise<Listener> {
    const response = await fetch(`${running.origin}/api/live${query}`, { headers })
    if (!response.body || response.headers.get('content-type') !== 'text/event-stream') {
      throw new Error('This is no stream of server-sent events.')
    }
    return new Listener(response.body.getReader())
  }

  /** The next event with this name. */
  async next<T>(name: 'hello' | 'update'): Promise<{ id?: string; data: T }> {
    for (;;) {
      const end = this.text.indexOf('\n\n')
      if (end >= 0) {
        const lines = this.text.slice(0, end).split('\n')
        this.text = this.text.slice(end + 2)
        const field = (key: string) => lines.find((line) => line.startsWith(`${key}: `))?.slice(key.length + 2)
        if (field('event') === name) {
          return { id: field('id'), data: JSON.parse(field('data') ?? '') as T }
        }
        continue
      }
      const { value, done } = await this.reader.read()
      if (done) {
        throw new Error('The live feed has ended.')
      }
      this.text += Buffer.from(value).toString()
    }
  }

  async hasEnded(): Promise<boolean> {
    for (;;) {
      const { done } = await this.reader.read()
      if (done) {
        return true
      }
    }
  }

  leave(): Promise<void> {
    return this.reader.cancel()
  }
}

const hello = async (listener: Listener) => (await listener.next<LiveHello>('hello')).data

describe('the live feed', () => {
  it('starts with the run of the server', async () => {
    const listener = await Listener.open()
    const { run } = await running.call('GET /api/status')

    expect(await hello(listener)).toEqual({ run, isFresh: false })
    await listener.leave()
  })

  it('tells of messages and of everything else that has changed', async () => {
    const listener = await Listener.open()
    await hello(listener)
    await running.settled({ type: 'identify', messageId: 'm1', userId: 'ada' })

    const seen = new Map<string, string>()
    const topics = new Set<string>()
    while (seen.get('m1') !== 'delivered' || !topics.has('users')) {
      const { data } = await listener.next<LiveUpdate>('update')
      data.messages.forEach(({ messageId = '', outcome }) => seen.set(messageId, outcome))
      data.changed.forEach((topic) => topics.add(topic))
      expect(data.omitted).toBe(0)
    }
    expect([...topics].sort()).toEqual(['delivery', 'sources', 'users'])
    await listener.leave()
  })

  it('sends a client that comes back what it missed', async () => {
    const first = await Listener.open()
    await hello(first)
    await running.settled({ type: 'identify', messageId: 'm1', userId: 'ada' })
    let { id = '', data } = await first.next<LiveUpdate>('update')
    while (!data.messages.some(({ outcome }) => outcome === 'delivered')) {
      ;({ id = '', data } = await first.next<LiveUpdate>('update'))
    }
    await first.leave()

    await running.settled({ type: 'identify', messageId: 'm2', userId: 'ada' })
    const other = await Listener.open()
    await other.next<LiveUpdate>('update')
    await other.leave()

    for (const back of [
      await Listener.open('', { 'last-event-id': id }),
      await Listener.open(`?lastEventId=${encodeURIComponent(id)}`)
    ]) {
      expect((await hello(back)).isFresh).toBe(true)
      const { data: missed } = await back.next<LiveUpdate>('update')
      expect(missed.messages.map(({ messageId }) => messageId)).toContain('m2')
      await back.leave()
    }
  })

  it.each(['other-run:1', 'nonsense', ':'])('tells a client with the ID %s to fetch everything again', async (id) => {
    const listener = await Listener.open('', { 'last-event-id': id })

    expect((await hello(listener)).isFresh).toBe(false)
    await listener.leave()
  })

  it('sends the newest of many messages, and counts the others', async () => {
    const listener = await Listener.open()
    await hello(listener)
    await running.call('DELETE /api/destinations/:id', { params: { id: 'destination-1' } })
    const events = Array.from({ length: 300 }, (_, index) => ({ type: 'page', userId: `u${index}` }))
    await running.app.inject({
      method: 'POST',
      url: '/v1/batch',
      headers: { authorization: basic('local-write-key-not-a-secret:') },
      payload: { batch: events }
    })

    let { data } = await listener.next<LiveUpdate>('update')
    while (data.messages.length === 0) {
      ;({ data } = await listener.next<LiveUpdate>('update'))
    }
    expect([data.messages.length, data.omitted, data.messages.at(-1)?.title]).toEqual([100, 200, 'u299'])
    await listener.leave()
  })

  it('has no head alone, which would never end', async () => {
    expect((await fetch(`${running.origin}/api/live`, { method: 'HEAD' })).status).toBe(404)
  })

  it('ends when the server closes', async () => {
    const listener = await Listener.open()
    await hello(listener)
    await running.app.close()

    expect(await listener.hasEnded()).toBe(true)
  })
})
