import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dropReason } from '../../src/source'
import { checkEvent, SPEC_CALLS } from '../../src/source/spec'

const track = { type: 'track', userId: 'userId123', event: 'User Registered' }

describe('an event that follows the Spec', () => {
  const examples = readFileSync(join(__dirname, '../../examples/events.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line): [string, unknown] => [line, JSON.parse(line)])

  it.each(examples)('has no errors: %s', (_line, event) => {
    expect(checkEvent(event).filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('may have null in place of optional fields, and traits of its own', () => {
    const traits = { email: null, favorite_color: 5, 'total billed': {} }
    expect(checkEvent({ type: 'identify', userId: 'userId123', traits, context: null, timestamp: null })).toEqual([])
  })
})

describe('an event that differs from the Spec', () => {
  it.each([
    ['text', [], 'An event is a JSON object'],
    [[], [], 'An event is a JSON object'],
    [{ userId: 'a' }, [], '"type" is missing: use identify, track, group, page, screen, alias'],
    [{ ...track, type: 'Track' }, ['type'], 'Write "track": triggers compare types by case'],
    [{ ...track, type: 'buy' }, ['type'], 'The type must be one of identify, track, group, page, screen, alias'],
    [{ ...track, type: 5 }, ['type'], 'The type must be one of identify, track, group, page, screen, alias'],
    [{ type: 'track', event: 'a' }, [], 'The track call needs "userId" or "anonymousId"'],
    [{ type: 'track', userId: 'a' }, [], 'The track call needs "event"'],
    [{ ...track, event: '' }, ['event'], 'The track call needs "event"'],
    [{ ...track, event: 7 }, ['event'], '"event" must be a string'],
    [{ type: 'group', userId: 'a' }, [], 'The group call needs "groupId"'],
    [{ type: 'alias', userId: 'a' }, [], 'The alias call needs "previousId"'],
    [{ ...track, properties: [] }, ['properties'], '"properties" must be an object'],
    [{ ...track, traits: 'a' }, ['traits'], '"traits" must be an object'],
    [{ ...track, context: 'a' }, ['context'], '"context" must be an object'],
    [{ type: 'page', userId: 'a', name: '' }, ['name'], '"name" must not be empty']
  ])('has an error: %j', (event, path, message) => {
    expect(checkEvent(event)).toEqual([{ path, message, severity: 'error' }])
  })

  it.each([
    [{ ...track, userId: 5 }, ['userId'], '"userId" must be a string'],
    [{ ...track, timestamp: 'yesterday' }, ['timestamp'], '"timestamp" must be a date in ISO 8601'],
    [{ ...track, properties: { revenue: '9' } }, ['properties', 'revenue'], 'The Spec expects a number here'],
    [{ type: 'page', userId: 'a', category: '' }, ['category'], '"category" must not be empty'],
    [{ ...track, context: { active: 1 } }, ['context', 'active'], 'The Spec expects true or false here'],
    [
      { type: 'group', groupId: 'acc-1' },
      [],
      'Without "userId" and "anonymousId" only Engage and Reverse ETL can send a group call'
    ]
  ])('has a warning: %j', (event, path, message) => {
    expect(checkEvent(event)).toEqual([{ path, message, severity: 'warning' }])
  })

  it('has a problem if Segment would drop it', () => {
    const values = [undefined, null, '', 'text', 7, [], {}]
    const fields = ['userId', 'event', 'properties', 'traits', 'name', 'category']
    const events = SPEC_CALLS.flatMap(({ type }) =>
      fields.flatMap((field) =>
        values.map((value) => ({ ...track, type, groupId: 'g', previousId: 'p', [field]: value }))
      )
    )
    const dropped = events.filter((event) => dropReason(event))

    expect(dropped).not.toEqual([])
    expect(dropped.filter((event) => checkEvent(event).length === 0)).toEqual([])
  })
})

describe('the calls of the Spec', () => {
  it('name each field once', () => {
    for (const { fields, children } of SPEC_CALLS) {
      for (const names of [fields, ...Object.values(children)].map((list) => list.map(({ name }) => name))) {
        expect(names).toEqual([...new Set(names)])
      }
    }
  })

  it('require only fields that they have', () => {
    expect(SPEC_CALLS.map(({ type, required }) => [type, ...required])).toEqual([
      ['identify'],
      ['track', 'event'],
      ['group', 'groupId'],
      ['page'],
      ['screen'],
      ['alias', 'previousId']
    ])
  })
})
