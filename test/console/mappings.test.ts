import { runConsole } from './running-console'
import type { RunningConsole } from './running-console'

let running: RunningConsole
const id = 'destination-1'

beforeAll(async () => {
  running = await runConsole()
})

afterAll(() => running.app.close())

describe('mappings', () => {
  it('start from the automatic presets', async () => {
    const { mappings, presets } = await running.call('GET /api/destinations/:id/mappings', { params: { id } })

    expect(mappings.map(({ name, trigger, isEnabled }) => [name, trigger, isEnabled])).toEqual([
      ['Identify User', 'type = "identify"', true],
      ['Group Account', 'type = "group"', true],
      ['Track Event', 'type = "track"', true]
    ])
    expect(presets.map(({ type }) => type)).toContain('specificEvent')
  })

  it('are added from a preset, edited and deleted', async () => {
    const { id: mapping } = await running.call('POST /api/destinations/:id/mappings', {
      params: { id },
      body: { preset: 'journeys_step_entered_track' }
    })
    const changed = await running.call('PATCH /api/destinations/:id/mappings/:mapping', {
      params: { id, mapping },
      body: { name: 'Steps', trigger: 'type = "track" and event = "Step Entered"', isEnabled: false }
    })
    expect(changed).toMatchObject({ name: 'Steps', action: 'track', isEnabled: false })

    await running.call('DELETE /api/destinations/:id/mappings/:mapping', { params: { id, mapping } })
    const { mappings } = await running.call('GET /api/destinations/:id/mappings', { params: { id } })
    expect(mappings).toHaveLength(3)
  })

  it('are not saved with mistakes, which are named by field', async () => {
    const response = await running.app.inject({
      method: 'PATCH',
      url: `/api/destinations/${id}/mappings/mapping-1`,
      payload: { trigger: 'type = ', fields: { no_such_field: 1, user_id: { '@unknown': 1 } } }
    })

    expect(response.statusCode).toBe(422)
    expect(response.json()).toEqual({
      message: 'This mapping is not valid, so it was not saved.',
      fields: [
        { field: 'trigger', message: expect.any(String) },
        { field: 'fields.no_such_field', message: expect.stringContaining('no field "no_such_field"') },
        { field: 'fields.user_id', message: expect.stringContaining('@unknown') }
      ]
    })
  })

  it('with "Enable Batching" send messages that arrive together in one request', async () => {
    const { mappings } = await running.call('GET /api/destinations/:id/mappings', { params: { id } })
    await running.call('PATCH /api/destinations/:id/mappings/:mapping', {
      params: { id, mapping: 'mapping-1' },
      body: { fields: { ...mappings[0].fields, enable_batching: true } }
    })
    await running.track({ type: 'identify', messageId: 'batch-1', userId: 'u1' })
    await running.track({ type: 'identify', messageId: 'batch-2', userId: 'u2' })

    const message = await running.call('GET /api/messages/by-message-id/:messageId', {
      params: { messageId: 'batch-2' },
      query: { wait: 20 }
    })
    expect(message.outcome).toBe('delivered')
    expect(message.deliveries[0].mappings[0]).toMatchObject({
      batch: { index: 1, size: 2 },
      attempts: [{ request: { url: `${running.origin}/astrolabe/v1/batch` } }]
    })
  })
})
