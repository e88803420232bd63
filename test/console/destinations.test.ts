import { CATALOG_ID } from '../../src/catalog'
import { holdTimersOf } from '../held-timers'
import { runConsole } from './running-console'
import type { RunningConsole } from './running-console'

let running: RunningConsole
let apiKey: string

beforeAll(async () => {
  running = await runConsole({ start: 'guide' })
  const added = await running.call('POST /api/connectors', { body: { name: 'Segment', freeEmailProviders: 'allow' } })
  apiKey = added.apiKey
})

afterAll(() => running.app.close())

async function newDestination(): Promise<string> {
  const { id } = await running.call('POST /api/destinations', {
    body: { name: 'Astrolabe', catalogId: CATALOG_ID, sourceId: 'source-1' }
  })
  return id
}

const FIRST = { id: 'destination-1' }

const save = (id: string, body: { isEnabled?: boolean; name?: string; settings?: Record<string, string> }) =>
  running.call('PATCH /api/destinations/:id', { params: { id }, body })

describe('the catalog', () => {
  it('finds Astrolabe, with its setting as Segment shows it', async () => {
    expect(await running.call('GET /api/catalog', { query: { search: 'astro' } })).toEqual([
      {
        id: CATALOG_ID,
        name: 'Astrolabe',
        slug: 'actions-astrolabe',
        description: expect.stringContaining('Astrolabe'),
        status: 'Beta',
        support: 'Partner owned',
        methods: ['identify', 'group', 'track'],
        settings: [
          { key: 'apiKey', label: 'API Key', description: 'Your Astrolabe API key', required: true, type: 'password' }
        ]
      }
    ])
    expect(await running.call('GET /api/catalog', { query: { search: 'no such' } })).toEqual([])
  })
})

describe('a destination', () => {
  it('is added disabled, without a key', async () => {
    const id = await newDestination()

    expect(await running.call('GET /api/destinations/:id', { params: { id } })).toEqual({
      id,
      name: 'Astrolabe',
      catalogId: CATALOG_ID,
      sourceId: 'source-1',
      isEnabled: false,
      settings: { apiKey: { isSet: false } },
      keyTest: { outcome: 'none', message: 'Paste the API key, then save.' },
      createdAt: expect.stringMatching(/Z$/)
    })
  })

  it.each([
    [{ catalogId: 'none', sourceId: 'source-1' }, 'This destination of the catalog does not exist.'],
    [{ catalogId: CATALOG_ID, sourceId: 'none' }, 'This source does not exist.']
  ])('is not added with %j', async (ids, message) => {
    const response = await running.app.inject({
      method: 'POST',
      url: '/api/destinations',
      payload: { ...ids, name: 'Astrolabe' }
    })

    expect(response.statusCode).toBe(404)
    expect(response.json<{ message: string }>().message).toContain(message)
  })

  it('is enabled with a good key, which is masked from then on', async () => {
    const id = await newDestination()
    const saved = await save(id, { isEnabled: true, name: 'Production', settings: { apiKey } })

    expect(saved).toEqual({
      destination: expect.objectContaining({
        name: 'Production',
        isEnabled: true,
        settings: { apiKey: { isSet: true, masked: '••••••••' } },
        keyTest: { outcome: 'good', message: 'Astrolabe accepts the key.', testedAt: expect.stringMatching(/Z$/) }
      })
    })
    expect(JSON.stringify(await running.call('GET /api/destinations'))).not.toContain(apiKey)
  })

  it('is not enabled without a key', async () => {
    const { destination, notEnabled } = await save(await newDestination(), { isEnabled: true })

    expect([destination.isEnabled, notEnabled]).toEqual([false, 'Paste the API key, then save.'])
  })

  it('is not enabled with a rejected key, and is disabled by one', async () => {
    const id = await newDestination()
    await save(id, { isEnabled: true, settings: { apiKey } })
    const { destination, notEnabled, warning } = await save(id, { settings: { apiKey: 'wrong-key' } })

    expect(destination).toMatchObject({ isEnabled: false, keyTest: { outcome: 'rejected' } })
    expect([notEnabled, warning]).toEqual(['The API key is unknown, expired or revoked', undefined])
  })

  it('is not enabled with a key that no request can carry', async () => {
    const { destination, notEnabled } = await save(await newDestination(), {
      isEnabled: true,
      settings: { apiKey: 'fake:key' }
    })

    expect(destination.isEnabled).toBe(false)
    expect(notEnabled).toMatch(/^The API key contains a colon/)
  })

  it.each([
    ['status=503', 0],
    // node-fetch leaves the timer running that nobody waited for.
    ['end=response', 1]
  ])('is enabled with a warning if its key could not be checked: %s', async (fault, runningTimers) => {
    const timers = holdTimersOf(10_000)
    const id = await newDestination()
    await running.call('PUT /api/faults', { body: { active: [`${fault},times=1`] } })
    const { destination, warning, notEnabled } = await save(id, { isEnabled: true, settings: { apiKey } })

    expect(destination).toMatchObject({ isEnabled: true, keyTest: { outcome: 'unknown' } })
    expect(warning).toMatch(/^The API key could not be checked, because Astrolabe is not available\./)
    expect(notEnabled).toBeUndefined()
    expect(timers.running).toBe(runningTimers)
    timers.endRunning()
    jest.restoreAllMocks()
  })

  it('is deleted, also together with its source', async () => {
    const id = await newDestination()
    await running.call('DELETE /api/destinations/:id', { params: { id } })
    expect((await running.app.inject(`/api/destinations/${id}`)).statusCode).toBe(404)

    const source = await running.call('POST /api/sources', { body: { name: 'Shop' } })
    const { id: other } = await running.call('POST /api/destinations', {
      body: { name: 'Astrolabe', catalogId: CATALOG_ID, sourceId: source.id }
    })
    await running.call('DELETE /api/sources/:id', { params: { id: source.id } })
    expect((await running.app.inject(`/api/destinations/${other}`)).statusCode).toBe(404)
  })

  it('counts nothing before its first message', async () => {
    const id = await newDestination()
    const overview = await running.call('GET /api/destinations/:id/delivery', {
      params: { id },
      query: { range: '24h' }
    })

    expect(overview).toMatchObject({
      totals: { delivered: 0, rejected: 0, failed: 0, filtered: 0, 'not subscribed': 0 },
      pending: 0,
      bucketSeconds: 1800,
      reasons: []
    })
    expect(overview.buckets).toHaveLength(48)
  })
})

describe('an event that waits for another attempt', () => {
  it.each([
    ['removed', (console: RunningConsole) => console.call('DELETE /api/destinations/:id', { params: FIRST })],
    [
      'disabled',
      (console: RunningConsole) =>
        console.call('PATCH /api/destinations/:id', { params: FIRST, body: { isEnabled: false } })
    ]
  ])('fails once its destination is %s', async (change, apply) => {
    const console = await runConsole()
    await console.call('PUT /api/faults', { body: { active: ['status=503'] } })
    await console.track({ type: 'identify', messageId: 'waiting', userId: 'u1' })
    const waiting = () => console.call('GET /api/messages/:id', { params: { id: '1' } })
    while ((await waiting()).deliveries[0].mappings[0]?.nextAttemptAt === undefined) {
      await console.call('GET /api/status')
    }
    await apply(console)
    const reason = `The destination was ${change} before this event was delivered.`
    expect(await waiting()).toMatchObject({ outcome: 'failed', reason, sentence: `Failed after 1 attempt: ${reason}` })
    await console.app.close()
  })
})

describe('the state of a key', () => {
  it('follows what deliveries see, unless they used another key', async () => {
    const console = await runConsole()
    const keyTest = async () => (await console.call('GET /api/destinations/:id', { params: FIRST })).keyTest
    const identify = (messageId: string) => console.settled({ type: 'identify', messageId, userId: 'u1' })
    const saved = await keyTest()
    expect(saved.outcome).toBe('good')

    await console.call('PUT /api/faults', { body: { active: ['status=400,times=1'] } })
    await identify('bad-message')
    expect(await keyTest()).toEqual(saved)

    const { reason } = await console
      .call('PUT /api/faults', { body: { active: ['status=401,times=1'] } })
      .then(() => identify('bad-key'))
    expect(await keyTest()).toEqual({ outcome: 'rejected', message: reason, testedAt: expect.stringMatching(/Z$/) })

    await identify('good-key')
    expect(await keyTest()).toMatchObject({ outcome: 'good', message: 'Astrolabe accepts the key.' })
    await console.app.close()
  })
})

describe('the guide', () => {
  it('follows the workspace: a step that is undone loses its tick', async () => {
    const fresh = await runConsole({ start: 'guide' })
    const steps = async () => (await fresh.call('GET /api/guide')).sections.flatMap((section) => section.steps)
    const next = async () => (await steps()).find(({ isDone }) => !isDone)
    expect(await next()).toMatchObject({ id: 'add-connector', page: '/connectors' })

    const { connector } = await fresh.call('POST /api/connectors', {
      body: { name: 'Segment', freeEmailProviders: 'allow' }
    })
    const params = { id: connector.id }
    const rollKey = {
      id: 'copy-api-key',
      page: `/connectors/${connector.id}`,
      note: expect.stringContaining('Roll Key')
    }
    expect(await next()).toMatchObject(rollKey)
    await fresh.call('POST /api/guide/copy-api-key')
    expect(await next()).toMatchObject({ id: 'open-catalog', page: '/connections/catalog' })
    const { apiKey: rolled } = await fresh.call('POST /api/connectors/:id/roll', { params })
    expect(await next()).toMatchObject(rollKey)

    const destination = await fresh.call('POST /api/destinations', {
      body: { name: 'Astrolabe', catalogId: CATALOG_ID, sourceId: 'source-1' }
    })
    const patch = (key: string) =>
      fresh.call('PATCH /api/destinations/:id', {
        params: { id: destination.id },
        body: { isEnabled: true, settings: { apiKey: key } }
      })
    await fresh.call('POST /api/guide/copy-api-key')
    await patch('wrong-key')
    expect(await next()).toMatchObject({ id: 'paste-api-key', page: `/connections/destinations/${destination.id}` })
    await patch(rolled)
    expect(await next()).toBeUndefined()

    await fresh.call('DELETE /api/destinations/:id', { params: { id: destination.id } })
    expect(await next()).toMatchObject({ id: 'open-catalog' })
    await fresh.app.close()
  })

  it('has the words of the seed, and is done from the start if the console is ready', async () => {
    const ready = await runConsole({ start: 'ready' })
    const { sections, isDone } = await ready.call('GET /api/guide')
    await ready.app.close()

    expect(isDone).toBe(true)
    expect(sections.map(({ title }) => title)).toEqual([
      'Obtain your Astrolabe API Key',
      'Add Astrolabe Destination to your Segment Workspace'
    ])
    expect(sections[1].steps.map(({ text }) => text)).toContain('Paste the **Astrolabe API key** (copied earlier).')
  })
})
