import { mismatchOf } from '../../src/runtime'

describe('why a trigger does not match', () => {
  it.each([
    ['type = "identify"', 'type is "track", not "identify"'],
    ['type = "track" and event = "Order Complete"', 'event is "Order Completed", did you mean "Order Complete"?'],
    ['type = "identify" and userId = "b"', 'type is "track", not "identify"'],
    ['type = "group" or type = "identify"', 'type is "track", not "group", and type is "track", not "identify"'],
    ['type = "track" and properties.total = 5', 'properties.total is 3, not 5'],
    ['type = "track" and properties.total > 5', 'properties.total is 3, the trigger is properties.total > 5'],
    [
      'type = "track" and properties.plan.name = "pro"',
      'properties.plan.name is missing, the trigger is properties.plan.name = "pro"'
    ],
    ['type = "track" and traits.email = "a"', 'traits.email is missing, the trigger is traits.email = "a"'],
    ['type = "track" and context.locale = "de"', 'context.locale is "en", not "de"'],
    ['type = "track" and userId = "b"', 'userId is "ada", not "b"']
  ])('%s: %s', (trigger, expected) => {
    const event = {
      type: 'track' as const,
      userId: 'ada',
      event: 'Order Completed',
      properties: { total: 3 },
      context: { locale: 'en' }
    }

    expect(mismatchOf(trigger, event)).toBe(expected)
  })

  it('suggests the type that was meant', () => {
    // The cast: the types know no event with this mistake.
    expect(mismatchOf('type = "track"', { type: 'Track' } as never)).toBe('type is "Track", did you mean "track"?')
  })

  it("suggests Segment's type if the trigger has the mistake", () => {
    expect(mismatchOf('type = "trak"', { type: 'track' })).toBe('the trigger is type = "trak", did you mean "track"?')
  })

  it.each(['type = "track"', ''])("is nothing for %j, which matches or can't be read", (trigger) => {
    expect(mismatchOf(trigger, { type: 'track' })).toBeUndefined()
  })
})
