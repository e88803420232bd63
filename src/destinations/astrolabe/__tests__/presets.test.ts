import { defaultValues, Destination } from '@segment/actions-core'
import type { InputField, JSONObject, Preset, SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import type { DataMatcherMap } from 'nock'
import destination from '../index'

const presets = destination.presets ?? []

/** An event for each type of call, in which the names of Engage's events end. */
const EVENTS: Record<string, SegmentEvent> = {
  identify: { type: 'identify', userId: 'userId123', traits: { big_spender: true } },
  group: { type: 'group', groupId: 'acc-1', traits: { name: 'Initech' } },
  track: { type: 'track', userId: 'userId123', event: 'Audience Entered', properties: { audience_key: 'vip' } }
}

describe('presets', () => {
  it('are one for each of the three calls and one for each event that Engage sends', () => {
    expect(
      presets.map((preset) => [preset.partnerAction, preset.type === 'automatic' ? preset.subscribe : preset.eventSlug])
    ).toEqual([
      ['identify', 'type = "identify"'],
      ['group', 'type = "group"'],
      ['track', 'type = "track"'],
      ['track', 'warehouse_entity_added_track'],
      ['track', 'warehouse_entity_removed_track'],
      ['track', 'warehouse_audience_entered_track'],
      ['track', 'warehouse_audience_exited_track'],
      ['identify', 'warehouse_audience_membership_changed_identify'],
      ['track', 'journeys_step_entered_track']
    ])
  })

  it('have names of their own', () => {
    expect(new Set(presets.map(({ name }) => name)).size).toBe(presets.length)
  })

  describe.each(presets)('$name', (preset: Preset) => {
    const action = destination.actions[preset.partnerAction]

    it('has the default mappings of its action, and no others', () => {
      expect(preset.mapping).toEqual(defaultValues(action.fields))
    })

    it('delivers an event of its kind', async () => {
      const scope = nock('https://ingest.astrolabe.so')
        .post('/v1/events', { ...EVENTS[preset.partnerAction] } as DataMatcherMap)
        .reply(200)
      const subscription = { ...preset, subscribe: `type = "${preset.partnerAction}"` } as unknown as JSONObject

      const results = await new Destination(destination).onEvent(EVENTS[preset.partnerAction], {
        apiKey: 'fake-api-key',
        subscription
      })

      expect(results.map(({ output }) => output)).toEqual(['Mappings resolved', 'Payload validated', 'Action Executed'])
      expect(scope.isDone()).toBe(true)
    })
  })
})

describe('fields', () => {
  const fields = Object.entries(destination.actions).flatMap(([action, { fields }]) =>
    Object.entries(fields).map(([key, field]): [string, InputField] => [`${action}.${key}`, field])
  )

  it.each(fields)('%s has a label, a description and a default', (_key: string, field: InputField) => {
    expect(field.label).toMatch(/^[A-Z]\w*( [A-Z]\w*)*$/)
    expect(field.description).toMatch(/^[A-Z].*\.$/)
    expect(field.default).not.toBeUndefined()
  })

  it.each(Object.keys(destination.actions))('%s batches events only if a customer turns it on', (action: string) => {
    const { enable_batching, batch_size } = destination.actions[action].fields

    expect(enable_batching).toMatchObject({ label: 'Enable Batching', type: 'boolean', default: false })
    expect(batch_size).toMatchObject({ label: 'Batch Size', type: 'number', default: 1000, unsafe_hidden: true })
    expect(batch_size).toMatchObject({ minimum: 1, maximum: 1000 })
  })

  it('that Astrolabe cannot do without are required', () => {
    const required = fields.filter(([, field]) => field.required).map(([key, field]) => [key, field.required])

    expect(required).toEqual([
      ['group.group_id', true],
      ['track.event', true]
    ])
  })
})
