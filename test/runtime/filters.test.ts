import type { SegmentEvent } from '@segment/actions-core'
import { transform } from '@segment/tsub'
import fc from 'fast-check'
import { createRuntime, createTrace, parseFilters } from '../../src/runtime'
import { records, settings } from './records-destination'

const track: SegmentEvent = {
  type: 'track',
  event: 'Order Completed',
  messageId: 'm',
  userId: 'u',
  properties: { email: 'a@b.example', plan: 'pro', products: [{ sku: 1, price: 2 }, { price: 3 }, 'x'] },
  context: { ip: '192.0.2.1', traits: { email: 'a@b.example' } }
}

const listed = (actions: unknown, changes: object = {}) => ({
  id: 'f',
  sourceId: 's',
  destinationId: 'd',
  title: 'Keep data out',
  if: 'type = "track"',
  actions,
  enabled: true,
  ...changes
})

function read(json: unknown) {
  const parsed = parseFilters(json)
  return { problems: [], filters: [], warnings: [], disabled: 0, ...parsed }
}

const runtimeWith = (...items: unknown[]) =>
  createRuntime({
    definition: records(),
    settings,
    subscriptions: [{ partnerAction: 'add', subscribe: 'type = "track"', mapping: {} }],
    filters: read(items).filters
  })

const route = (item: unknown, event = track) => runtimeWith(item).route(event)

/** The event as one filter leaves it, with the paths of what it removes. */
function change(fields: object, type = 'DROP_PROPERTIES', event: object = track) {
  const trace = createTrace()
  const changed = runtimeWith(listed([{ type, fields }])).route(event as SegmentEvent, trace).event
  return { changed, removed: trace.filters?.flatMap(({ removed }) => removed) }
}

describe('filters in the form of the Public API', () => {
  const filter = listed([{ type: 'DROP' }])

  it.each([
    ['the whole response', { data: { pagination: { current: 'MA==' }, filters: [filter] } }],
    ['the object in it', { filters: [filter] }],
    ['the list itself', [filter]],
    ['the response for one filter', { data: { filter } }]
  ])('are read from %s', (_what, json) => {
    expect(read(json)).toMatchObject({
      filters: [{ title: 'Keep data out', actions: [{ type: 'DROP' }] }],
      warnings: []
    })
  })

  it('leave out those that are disabled, and count them', () => {
    expect(read([{ ...filter, enabled: false, if: 'unreadable (' }])).toMatchObject({ filters: [], disabled: 1 })
  })

  it.each([
    ['mappings', { subscriptions: [] }],
    ['text', 'DROP'],
    ['a list of texts', ['DROP']]
  ])('are not %s', (_what, json) => {
    expect(read(json).problems).toEqual([expect.stringContaining('This is not a list of destination filters.')])
  })

  it('are refused if pages are missing', () => {
    expect(read({ data: { filters: [filter], pagination: { current: 'MA==', next: 'MQ==' } } }).problems).toEqual([
      expect.stringContaining('This is one page of several')
    ])
  })

  it('are refused if they belong to several destinations', () => {
    expect(read([filter, filter, { ...filter, destinationId: 'other' }]).problems).toEqual([
      "These are filters of 2 destinations. Keep one's."
    ])
  })

  it.each([
    [{ if: '' }, '"if" is empty. Write a condition, or "all" for every event.'],
    [{ if: 'type = ' }, 'The condition breaks at its end. Something is missing.'],
    [
      { if: 'type = "track" and semver(context.app.version, "1") > 0' },
      'The condition breaks at character 20, "semver(context.app.version, \\"1…". There is no function semver(). Functions: contains, length, lowercase, match, typeof, uppercase.'
    ],
    [{ enabled: 'no' }, '"enabled" is neither true nor false. Write it without quotes.'],
    [{ actions: [] }, '"actions" is not a list of actions.'],
    [
      { actions: [{ type: 'HASH_PROPERTIES', fields: {} }] },
      'Action 1: There is no action "HASH_PROPERTIES". Types: SAMPLE, DROP, DROP_PROPERTIES, ALLOW_PROPERTIES.'
    ],
    [{ actions: [{ type: 'SAMPLE', percent: 0.2, fields: { a: ['b'] } }] }, 'Action 1: SAMPLE has no "fields".'],
    [{ actions: [{ type: 'DROP', percent: 0.2 }] }, 'Action 1: DROP has no "percent".'],
    [{ actions: [{ type: 'DROP', path: 'userId' }] }, 'Action 1: DROP has no "path".'],
    [{ actions: [{ type: 'DROP', fields: { a: ['b'] } }] }, 'Action 1: DROP has no "fields".'],
    [
      { actions: [{ type: 'DROP' }, { type: 'DROP_PROPERTIES', path: 'a', fields: { properties: ['b'] } }] },
      'Action 2: DROP_PROPERTIES has no "path".'
    ],
    [
      { actions: [{ type: 'SAMPLE', percent: 20 }] },
      'Action 1: "percent" is not a number from 0 to 1, such as 0.2 for 20%.'
    ],
    [
      { actions: [{ type: 'SAMPLE', percent: 0.2, path: 'a..b' }] },
      'Action 1: "path" is not a path such as properties.plan.'
    ],
    [
      { actions: [{ type: 'ALLOW_PROPERTIES' }] },
      'Action 1: "fields" names no fields. Write it like { "properties": ["email"] }.'
    ],
    [
      { actions: [{ type: 'DROP_PROPERTIES', fields: { properties: 'email' } }] },
      'Action 1: The fields of "properties" are not a list of names.'
    ],
    [
      { actions: [{ type: 'DROP_PROPERTIES', fields: { context: ['traits.email'] } }] },
      'Action 1: It is not documented whether "traits.email" is a name or a path. For the path, write { "context.traits": ["email"] }.'
    ]
  ])('are refused with %j', (changes, problem) => {
    expect(read([{ ...filter, ...changes }]).problems).toEqual([`Filter 1 ("Keep data out"): ${problem}`])
  })

  it('may have empty options in place of absent ones', () => {
    expect(read([listed([{ type: 'DROP', fields: {}, path: '', percent: null }])]).problems).toEqual([])
  })

  it.each([
    [
      listed([{ type: 'DROP' }], { if: 'type = "track" or type = "page" and event = "x"' }),
      'The condition has "and" beside "or". Here "and" binds tighter; write parentheses to be sure.'
    ],
    [
      listed([{ type: 'DROP' }], { if: 'type = track' }),
      'The condition reads a field "track" that no event has at its root. Text needs quotes.'
    ],
    [
      listed([{ type: 'DROP_PROPERTIES', fields: { '': ['userId'] } }]),
      'It removes fields of the event itself. Segment documents this only for properties, traits, context.'
    ]
  ])('warn of what Segment may apply in another way', (item, warning) => {
    expect(read([item]).warnings).toEqual([`Filter 1 ("Keep data out"): ${warning}`])
  })
})

describe('a runtime with filters', () => {
  it('drops an event, with the title of the filter', () => {
    expect(route(listed([{ type: 'DROP' }]))).toEqual({
      mappings: [],
      result: { outcome: 'filtered', reason: 'The filter "Keep data out" drops it.' }
    })
  })

  it('delivers an event that no filter matches, as it is', () => {
    expect(route(listed([{ type: 'DROP' }], { if: 'type = "page"' }))).toEqual({ mappings: [0] })
  })

  it('asks the integrations object first', () => {
    const event = { ...track, integrations: { All: false } }

    expect(route(listed([{ type: 'DROP' }]), event).result?.reason).toContain('integrations object')
  })

  it('drops an event for which a filter can not decide', () => {
    expect(
      route(listed([{ type: 'DROP_PROPERTIES', fields: { properties: ['a'] } }], { if: 'length(context) > 1' }))
    ).toEqual({
      mappings: [],
      result: {
        outcome: 'filtered',
        reason:
          'The filter "Keep data out" can\'t decide, so it drops the event. length() needs list, string or null, and got object.'
      }
    })
  })

  it('shows triggers the event without what was removed', () => {
    const { mappings, result } = route(listed([{ type: 'DROP_PROPERTIES', fields: { '': ['type'] } }]))

    expect(mappings).toEqual([])
    expect(result?.outcome).toBe('not subscribed')
  })

  it.each([
    ['DROP_PROPERTIES', { properties: ['email', 'absent'] }, ['properties.email']],
    ['DROP_PROPERTIES', { 'context.traits': ['email'], context: ['ip'] }, ['context.traits.email', 'context.ip']],
    ['DROP_PROPERTIES', { 'properties.products': ['price'] }, ['properties.products[].price']],
    ['DROP_PROPERTIES', { 'properties.email': ['length'], 'properties.absent': ['a'] }, []],
    ['ALLOW_PROPERTIES', { properties: ['plan', 'email'] }, ['properties.products']],
    ['ALLOW_PROPERTIES', { 'properties.products': ['sku'] }, ['properties.products[].price']]
  ])('%s of %j removes %j', (type, fields, paths) => {
    expect(change(fields, type).removed).toEqual(paths)
  })

  it('removes a field from each item of a list, and leaves the event that came as it was', () => {
    const before = structuredClone(track)

    expect(change({ 'properties.products': ['price'] }).changed).toEqual({
      ...track,
      properties: { ...track.properties, products: [{ sku: 1 }, {}, 'x'] }
    })
    expect(track).toEqual(before)
  })

  it('hands on the event itself if a filter finds nothing to remove', () => {
    expect(change({ properties: ['absent'] })).toEqual({ changed: undefined, removed: [] })
  })

  it('reads conditions in the event as it came, and applies the filters in the order of Segment', () => {
    const trace = createTrace()
    const { event } = runtimeWith(
      listed([{ type: 'ALLOW_PROPERTIES', fields: { properties: ['plan', 'email'] } }], {
        title: 'Last',
        if: 'properties.email != null'
      }),
      listed([{ type: 'DROP_PROPERTIES', fields: { properties: ['email'] } }], {
        title: 'First',
        if: 'properties.email != null'
      })
    ).route(track, trace)

    expect(event?.properties).toEqual({ plan: 'pro' })
    expect(trace.filters).toEqual([
      { title: 'First', effect: 'changed', removed: ['properties.email'] },
      { title: 'Last', effect: 'changed', removed: ['properties.products'] }
    ])
  })

  it('removes the same fields as tsub', () => {
    const keys = fc.constantFrom('a', 'b', '__proto__')
    const object = fc.dictionary(keys, fc.oneof(fc.integer(), fc.dictionary(keys, fc.integer())))
    const fields = fc.dictionary(fc.constantFrom('properties', 'properties.a', 'traits'), fc.array(keys), {
      minKeys: 1
    })
    fc.assert(
      fc.property(fc.record({ properties: object, traits: object }), fields, fc.boolean(), (event, config, isDrop) => {
        const type = isDrop ? 'drop_properties' : 'allow_properties'
        const inTsub = transform(structuredClone({ type: 'track', ...event }), [
          { type, config: { [isDrop ? 'drop' : 'allow']: config } }
        ])

        expect(
          change(config, type.toUpperCase(), { type: 'track', ...event }).changed ?? { type: 'track', ...event }
        ).toEqual(inTsub)
      })
    )
  })
})

describe('a sample', () => {
  const kept = (action: object, ids: readonly string[], toEvent: (id: string) => object) => {
    const runtime = runtimeWith(listed([{ type: 'SAMPLE', ...action }]))
    return ids.filter((id) => runtime.route({ ...track, ...toEvent(id) }).mappings.length > 0)
  }
  const ids = Array.from({ length: 2000 }, (_value, index) => `id-${index}`)

  it('keeps about its share, by messageId', () => {
    const share = kept({ percent: 0.2 }, ids, (messageId) => ({ messageId })).length / ids.length

    expect(share).toBeGreaterThan(0.17)
    expect(share).toBeLessThan(0.23)
  })

  it('keeps all events of a value or none, in each run', () => {
    const byUser = (messageId: string) =>
      kept({ percent: 0.5, path: 'properties.user' }, ids.slice(0, 100), (user) => ({
        messageId,
        properties: { user }
      }))

    expect(byUser('one')).toEqual(byUser('other'))
    expect(byUser('one').length).toBeGreaterThan(30)
    expect(byUser('one').length).toBeLessThan(70)
  })

  it('is drawn by the first eight bytes of the md5 of the JSON of the value', () => {
    // md5('"a"') begins with 6067924ae1b1832a, and 0x6067 / 0x10000 is 0.37657.
    expect(kept({ percent: 0.3765, path: 'userId' }, ['a'], (userId) => ({ userId }))).toEqual([])
    expect(kept({ percent: 0.3766, path: 'userId' }, ['a'], (userId) => ({ userId }))).toEqual(['a'])
  })

  it.each([
    [0, 0],
    [1, 50]
  ])('of %d keeps %d of 50 events', (percent, count) => {
    expect(kept({ percent }, ids.slice(0, 50), (messageId) => ({ messageId }))).toHaveLength(count)
  })

  it('treats events alike that have no value', () => {
    const users = kept({ percent: 0.5, path: 'properties.absent' }, ids.slice(0, 50), (userId) => ({ userId }))

    expect([0, 50]).toContain(users.length)
  })

  it('says which share it keeps', () => {
    expect(route(listed([{ type: 'SAMPLE', percent: 0 }])).result?.reason).toBe(
      'The filter "Keep data out" keeps 0% of such events, and not this one.'
    )
  })
})
