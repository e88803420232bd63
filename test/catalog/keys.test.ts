import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { createKeysOf, destination } from '../../src/catalog'

const presets = ['identify', 'group', 'track'].map((action) => {
  const preset = destination.presets?.find(({ partnerAction }) => partnerAction === action)
  return { action, fields: preset?.mapping as JSONObject }
})
const [identify, group, track] = [0, 1, 2]
const event: SegmentEvent = { type: 'track', userId: 'u', anonymousId: 'a', groupId: 'g', traits: { crm_id: 'C-7' } }

/** The keys under one own mapping, whose other fields are those of the preset. */
const keysUnder = (fields: JSONObject, action = 'identify') => {
  const preset = presets.find((mapping) => mapping.action === action)
  return createKeysOf([{ action, fields: { ...preset?.fields, ...fields } }])(event, [0])
}

describe('the keys of an event', () => {
  it('are its User, Anonymous ID and, for group, its Account; identify and group write them, track reads them', () => {
    const keysOf = createKeysOf(presets)

    expect(keysOf(event, [identify])).toEqual({ reads: [], writes: ['u:u', 'a:a'] })
    expect(keysOf(event, [group])).toEqual({ reads: [], writes: ['u:u', 'a:a', 'g:g'] })
    expect(keysOf(event, [track])).toEqual({ reads: ['u:u', 'a:a'], writes: [] })
  })

  it('are written if one of its mappings writes them, and each is there once', () => {
    expect(createKeysOf(presets)(event, [track, identify, group])).toEqual({ reads: [], writes: ['u:u', 'a:a', 'g:g'] })
  })

  it('are the IDs that a mapping makes of it', () => {
    expect(keysUnder({ user_id: { '@path': '$.traits.crm_id' } }).writes).toEqual(['u:C-7', 'a:a'])
    expect(keysUnder({ anonymous_id: { '@template': '{{userId}}-{{anonymousId}}' } }).writes).toEqual(['u:u', 'a:u-a'])
    expect(keysUnder({ group_id: { '@path': '$.traits.crm_id' } }, 'group').writes).toEqual(['u:u', 'a:a', 'g:C-7'])
  })

  it('are none for a field that is not mapped, cannot be mapped, or belongs to another action', () => {
    expect(createKeysOf([{ action: 'identify', fields: {} }])(event, [0])).toEqual({ reads: [], writes: [] })
    expect(keysUnder({ user_id: { '@unknown': 1 }, anonymous_id: 'a' })).toEqual({ reads: [], writes: [] })
    expect(keysUnder({ group_id: { '@path': '$.groupId' } }).writes).toEqual(['u:u', 'a:a'])
  })

  it('are the same for an ID that is a number or a text', () => {
    const keysOf = createKeysOf(presets)

    expect(keysOf({ type: 'identify', userId: 42 } as unknown as SegmentEvent, [identify])).toEqual(
      keysOf({ type: 'identify', userId: '42' }, [identify])
    )
  })

  it.each([{}, { userId: '', anonymousId: null }, { userId: { id: 1 } }])('are none without an ID: %j', (ids) => {
    const without = { type: 'identify', ...ids } as unknown as SegmentEvent

    expect(createKeysOf(presets)(without, [identify])).toEqual({ reads: [], writes: [] })
  })
})
