import type { NewFilter } from '../../src/console/server/api'
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

describe('filters', () => {
  const noEmail: NewFilter = {
    title: 'No email',
    condition: 'type = "track"',
    action: { type: 'DROP_PROPERTIES', fields: { properties: ['email'] } }
  }
  const track = { type: 'track', event: 'Kept', userId: 'u1', properties: { email: 'a@b.example', plan: 'pro' } }

  it('change live events before the mappings see them, and the message shows what was removed', async () => {
    const filter = await running.call('POST /api/destinations/:id/filters', { params: { id }, body: noEmail })
    const { deliveries } = await running.settled({ ...track, messageId: 'changed' })

    expect(filter).toEqual({ ...noEmail, id: 'filter-1', isEnabled: true, warnings: [] })
    expect(deliveries[0]).toMatchObject({
      outcome: 'delivered',
      filters: [{ title: 'No email', effect: 'changed', removed: ['properties.email'] }]
    })
    expect(deliveries[0].mappings[2].attempts[0].request?.body).toMatchObject({ properties: { plan: 'pro' } })
    expect(JSON.stringify(deliveries)).not.toContain('a@b.example')
  })

  it('decide what a trigger and a saved fixture see', async () => {
    const params = { id, mapping: 'mapping-3' }
    const change = (trigger: string) =>
      running.call('PATCH /api/destinations/:id/mappings/:mapping', { params, body: { trigger } })
    await change('type = "track" and properties.email = "a@b.example"')
    const message = await running.settled({ ...track, messageId: 'mismatched' })
    const body = { event: track }
    const preview = await running.call('POST /api/destinations/:id/preview', { params: { id }, body })
    const fixture = await running.call('GET /api/messages/:id/export', {
      params: { id: message.id },
      query: { format: 'fixture' }
    })
    await change('type = "track"')

    const mismatch = 'properties.email is missing, the trigger is properties.email = "a@b.example"'
    expect([message.deliveries[0].mappings[2].mismatch, preview.mappings[2].mismatch]).toEqual([mismatch, mismatch])
    expect(JSON.parse(fixture.text)).toMatchObject([{ event: { properties: { plan: 'pro' } } }])
    expect(fixture.text).not.toContain('email')
  })

  it('drop events, in a preview too, until they are switched off', async () => {
    const { id: filter } = await running.call('POST /api/destinations/:id/filters', {
      params: { id },
      body: { title: 'Nothing', condition: 'all', action: { type: 'DROP' } }
    })
    const dropped = await running.settled({ ...track, messageId: 'dropped-by-filter' })
    const preview = await running.call('POST /api/destinations/:id/preview', { params: { id }, body: { event: track } })
    await running.call('PATCH /api/destinations/:id/filters/:filter', {
      params: { id, filter },
      body: { isEnabled: false }
    })

    expect(dropped).toMatchObject({
      outcome: 'filtered',
      reason: 'The filter "Nothing" drops it.',
      sentence: 'Filtered: The filter "Nothing" drops it.',
      deliveries: [{ filters: [{ title: 'Nothing', effect: 'dropped' }] }]
    })
    expect(preview.sentence).toBe('Filtered: The filter "Nothing" drops it.')
    expect((await running.settled({ ...track, messageId: 'kept-again' })).outcome).toBe('delivered')
  })

  it('are not saved with mistakes, which are named by field', async () => {
    const response = await running.app.inject({
      method: 'POST',
      url: `/api/destinations/${id}/filters`,
      payload: { title: 'Broken', condition: 'type = ', action: { type: 'SAMPLE', percent: 20 } }
    })

    expect(response.statusCode).toBe(422)
    expect(response.json()).toEqual({
      message: 'This filter is not valid, so it was not saved.',
      fields: [
        { field: 'condition', message: 'The condition breaks at its end. Something is missing.' },
        { field: 'action', message: expect.stringContaining('"percent" is not a number from 0 to 1') }
      ]
    })
  })

  it('are deleted', async () => {
    await running.call('DELETE /api/destinations/:id/filters/:filter', { params: { id, filter: 'filter-1' } })

    expect(await running.call('GET /api/destinations/:id/filters', { params: { id } })).toMatchObject([
      { id: 'filter-2', isEnabled: false }
    ])
  })
})
