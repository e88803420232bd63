import { runConsole } from './running-console'
import type { RunningConsole } from './running-console'

let running: RunningConsole

beforeAll(async () => {
  running = await runConsole()
})

afterAll(() => running.app.close())

const added = (freeEmailProviders: 'allow' | 'block' = 'allow') =>
  running.call('POST /api/connectors', { body: { name: 'Segment', freeEmailProviders } })

/** Sends an identify call through a destination that has this key. */
async function deliverWith(apiKey: string, messageId: string, email: string) {
  await running.call('PATCH /api/destinations/:id', {
    params: { id: 'destination-1' },
    body: { isEnabled: true, settings: { apiKey } }
  })
  return running.settled({ type: 'identify', messageId, userId: messageId, traits: { email } })
}

describe('a connector', () => {
  it('is added with a key, which only that response holds', async () => {
    const { connector, apiKey } = await added()

    expect(apiKey).toMatch(/^sandbox_[\w-]{32}$/)
    expect(connector).toEqual({
      id: expect.any(String),
      name: 'Segment',
      freeEmailProviders: 'allow',
      isRevoked: false,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      blocked: 0
    })
    const { id } = connector
    expect(await running.call('GET /api/connectors/:id', { params: { id } })).toEqual(connector)
    expect(JSON.stringify(await running.call('GET /api/connectors'))).not.toContain(apiKey)
  })

  it.each([
    [{ name: '', freeEmailProviders: 'allow' }, 'name'],
    [{ name: ' ', freeEmailProviders: 'allow' }, 'name'],
    [{ name: 'Segment', freeEmailProviders: 'maybe' }, 'freeEmailProviders'],
    [{ name: 'Segment' }, 'freeEmailProviders']
  ])('is not added with %j', async (payload, field) => {
    const response = await running.app.inject({ method: 'POST', url: '/api/connectors', payload })

    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({ fields: [{ field }] })
  })

  it('is renamed, and keeps its choice', async () => {
    const { id } = (await added('block')).connector
    const renamed = await running.call('PATCH /api/connectors/:id', { params: { id }, body: { name: 'Shop' } })

    expect(renamed).toMatchObject({ id, name: 'Shop', freeEmailProviders: 'block' })
  })

  it('accepts only its new key once that was rolled', async () => {
    const { connector, apiKey: old } = await added()
    const { apiKey } = await running.call('POST /api/connectors/:id/roll', { params: { id: connector.id } })

    expect(apiKey).not.toBe(old)
    expect((await deliverWith(apiKey, 'rolled-1', 'ada@example.com')).outcome).toBe('delivered')
    const test = await running.call('PATCH /api/destinations/:id', {
      params: { id: 'destination-1' },
      body: { isEnabled: true, settings: { apiKey: old } }
    })
    expect(test.notEnabled).toBe('The API key is unknown, expired or revoked')
  })

  it('rejects messages once its key was revoked', async () => {
    const { connector, apiKey } = await added()
    await deliverWith(apiKey, 'revoked-1', 'ada@example.com')
    const revoked = await running.call('POST /api/connectors/:id/revoke', { params: { id: connector.id } })
    const message = await running.settled({ type: 'identify', messageId: 'revoked-2', userId: 'u' })

    expect(revoked.isRevoked).toBe(true)
    expect(message.sentence).toBe('Rejected: The API key is unknown, expired or revoked')
  })

  it('lists the messages that it blocked, and allows them after its choice was changed', async () => {
    const { connector, apiKey } = await added('block')
    const { id } = connector
    const message = await deliverWith(apiKey, 'blocked-1', 'ada@gmail.com')

    expect(message.sentence).toBe('Blocked: the connector blocks Users with free email providers (gmail.com)')
    expect(await running.call('GET /api/connectors/:id/blocked', { params: { id } })).toEqual({
      items: [
        {
          at: expect.stringMatching(/Z$/),
          messageId: 'blocked-1',
          type: 'identify',
          user: 'blocked-1',
          provider: 'gmail.com'
        }
      ],
      matching: 1,
      total: 1,
      dropped: 0
    })

    await running.call('PATCH /api/connectors/:id', { params: { id }, body: { freeEmailProviders: 'allow' } })
    const again = await running.call('POST /api/messages/:id/send', { params: { id: message.id } })
    const { sentence } = await running.call('GET /api/messages/:id', {
      params: { id: again.ids[0] },
      query: { wait: 20 }
    })
    expect(sentence).toBe('Delivered: Astrolabe created User blocked-1 with 1 trait')
  })

  it.each(['GET /api/connectors/none', 'PATCH /api/connectors/none', 'POST /api/connectors/none/roll'])(
    'does not exist at %s',
    async (route) => {
      const [method, url] = route.split(' ') as ['GET', string]
      const response = await running.app.inject({ method, url, ...(route.startsWith('PATCH') && { payload: {} }) })

      expect(response.statusCode).toBe(404)
      expect(response.json()).toEqual({
        message: 'This connector does not exist. It may have been deleted, or dropped to save memory.'
      })
    }
  )
})
