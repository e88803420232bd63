import { defaultValues, Destination } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import type { DataMatcherMap } from 'nock'
import destination from '../../../src/destinations/astrolabe'

const presets = destination.presets ?? []

/** An event of the kind that each preset is made for: Segment's words for `specificEvent` end in the type of the call. */
const EVENTS: Record<string, SegmentEvent> = {
  identify: { type: 'identify', userId: 'userId123', traits: { big_spender: true } },
  group: { type: 'group', groupId: 'acc-1', traits: { name: 'Initech' } },
  track: { type: 'track', userId: 'userId123', event: 'Audience Entered', properties: { audience_key: 'vip' } }
}

beforeEach(() => {
  nock.disableNetConnect()
})

afterEach(() => {
  nock.cleanAll()
})

afterAll(() => {
  nock.restore()
})

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

  describe.each(presets.map((preset) => [preset.name, preset] as const))('%s', (_name, preset) => {
    const action = destination.actions[preset.partnerAction]

    it('maps the fields of its action as they are mapped by default, and no others', () => {
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
    Object.entries(fields).map(([key, field]) => [`${action}.${key}`, field] as const)
  )

  it.each(fields)('%s has a label, a description that is a sentence, and a default', (_key, field) => {
    expect(field.label).toMatch(/^[A-Z]/)
    expect(field.description).toMatch(/^[A-Z].*\.$/)
    expect(field.default).not.toBeUndefined()
  })

  it('batch events only where a customer turns that on', () => {
    expect(Object.values(destination.actions).map(({ fields }) => fields.enable_batching)).toEqual(
      Array(3).fill(expect.objectContaining({ label: 'Batch events', type: 'boolean', default: false }))
    )
  })
})
