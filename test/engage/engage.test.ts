import { Engage, InvalidComputationError } from '../../src/engage'
import type { AudienceDefinition, EngageCall, ReceivedEvent } from '../../src/engage'

const DAY = 24 * 60 * 60 * 1000
const now = new Date('2026-01-31T09:00:00.000Z')

function daysFromNow(days: number): Date {
  return new Date(now.getTime() + days * DAY)
}

function order(fields: Partial<ReceivedEvent>, days = 0): ReceivedEvent {
  return { type: 'track', event: 'Order Completed', timestamp: daysFromNow(days).toISOString(), ...fields }
}

const audience: AudienceDefinition = {
  kind: 'audience',
  name: 'Order completed last 30days',
  event: 'Order Completed',
  atLeast: 1,
  withinDays: 30
}

function traitsOf(calls: EngageCall[]) {
  return calls.map(({ userId, anonymousId, groupId, traits }) => ({ id: userId ?? anonymousId ?? groupId, ...traits }))
}

describe('an audience', () => {
  it('is sent as a property with the snake_cased name, with the context of Engage', () => {
    const engage = new Engage({ spaceId: 'spa_test' })
    engage.receive(order({ userId: 'userId123' }))
    const { id, key } = engage.add(audience)

    expect(key).toBe('order_completed_last_30days')
    expect(engage.sync(id, now)).toEqual([
      {
        type: 'identify',
        userId: 'userId123',
        traits: { order_completed_last_30days: true },
        context: {
          personas: {
            computation_class: 'audience',
            computation_id: id,
            computation_key: 'order_completed_last_30days',
            namespace: 'spa_test',
            space_id: 'spa_test'
          }
        },
        messageId: expect.stringMatching(/^personas_/)
      }
    ])
  })

  it('keeps the letters and digits of any language in its key', () => {
    expect(new Engage().add({ ...audience, name: ' Größe: Käufer (٣) ' }).key).toBe('größe_käufer_٣')
  })

  it('is sent for every User in it at first, and then only for those who joined or left', () => {
    const engage = new Engage()
    const { id } = engage.add(audience)
    engage.receive(order({ userId: 'stays' }, -1))
    engage.receive(order({ userId: 'leaves' }, -29))
    engage.receive(order({ userId: 'left before' }, -31))
    const first = traitsOf(engage.sync(id, now))
    engage.receive(order({ userId: 'joins' }))
    const second = traitsOf(engage.sync(id, daysFromNow(2)))
    const third = engage.sync(id, daysFromNow(2))

    expect(first).toEqual([
      { id: 'stays', order_completed_last_30days: true },
      { id: 'leaves', order_completed_last_30days: true }
    ])
    expect(second).toEqual([
      { id: 'leaves', order_completed_last_30days: false },
      { id: 'joins', order_completed_last_30days: true }
    ])
    expect(third).toEqual([])
  })

  it('follows the reference date in both directions', () => {
    const engage = new Engage()
    const { id } = engage.add(audience)
    engage.receive(order({ userId: 'userId123' }))
    const at = (days: number) => traitsOf(engage.sync(id, daysFromNow(days))).map((call) => Object.values(call)[1])

    expect([at(29.99), at(30), at(1), at(-1), at(0)]).toEqual([[true], [false], [true], [false], [true]])
  })

  it('counts how often the event was performed within the days', () => {
    const engage = new Engage()
    const { id } = engage.add({ ...audience, atLeast: 2 })
    engage.receive(order({ userId: 'once' }))
    engage.receive(order({ userId: 'twice' }))
    engage.receive(order({ userId: 'twice' }, -5))
    engage.receive(order({ userId: 'too long ago' }))
    engage.receive(order({ userId: 'too long ago' }, -40))
    engage.receive(order({ userId: 'other event', event: 'Order Cancelled' }))
    engage.receive(order({ userId: 'other event', event: 'Order Cancelled' }))
    engage.receive(order({ userId: 'other call', type: 'page' }))
    engage.receive(order({ userId: 'other call', type: 'page' }))

    expect(engage.values(id, now)).toEqual([{ subject: { userId: 'twice' }, value: true }])
  })

  it('shows what a sync would send, without sending it', () => {
    const engage = new Engage()
    const { id } = engage.add(audience)
    engage.receive(order({ userId: 'userId123' }))
    const pending = [{ subject: { userId: 'userId123' }, value: true }]

    expect(engage.pending(id, now)).toEqual(pending)
    expect(engage.pending(id, now)).toEqual(pending)
    engage.sync(id, now)
    expect(engage.pending(id, now)).toEqual([])
    expect(engage.pending(id, daysFromNow(31))).toEqual([{ subject: { userId: 'userId123' }, value: false }])
  })

  it('can consist of Accounts, which are sent as group calls', () => {
    const engage = new Engage()
    const { id } = engage.add({ ...audience, level: 'account' })
    engage.receive(order({ userId: 'userId123', context: { groupId: 'acc-1' } }))
    engage.receive(order({ userId: 'userId123' }))

    expect(engage.sync(id, now)).toMatchObject([
      { type: 'group', groupId: 'acc-1', traits: { order_completed_last_30days: true } }
    ])
    expect(engage.sync(id, daysFromNow(31))).toMatchObject([{ type: 'group', groupId: 'acc-1' }])
  })
})

describe('an anonymous User', () => {
  it('is in the audience by the anonymousId', () => {
    const engage = new Engage()
    const { id } = engage.add(audience)
    engage.receive(order({ anonymousId: 'anonymous-1' }))

    expect(engage.sync(id, now)).toMatchObject([{ type: 'identify', anonymousId: 'anonymous-1' }])
  })

  it('stays the same User after an identify call', () => {
    const engage = new Engage()
    const { id } = engage.add({ ...audience, atLeast: 2 })
    engage.receive(order({ anonymousId: 'anonymous-1' }))
    engage.receive({ type: 'identify', anonymousId: 'anonymous-1', userId: 'userId123', timestamp: now.toISOString() })
    engage.receive(order({ userId: 'userId123' }))

    expect(engage.values(id, now)).toEqual([{ subject: { userId: 'userId123' }, value: true }])
  })

  it('does not leave the audience by being identified', () => {
    const engage = new Engage()
    const { id } = engage.add(audience)
    engage.receive(order({ anonymousId: 'anonymous-1' }))
    engage.sync(id, now)
    engage.receive({ type: 'identify', anonymousId: 'anonymous-1', userId: 'userId123', timestamp: now.toISOString() })

    expect(engage.sync(id, now)).toEqual([])
    expect(traitsOf(engage.sync(id, daysFromNow(31)))).toEqual([
      { id: 'userId123', order_completed_last_30days: false }
    ])
  })
})

describe('a computed trait', () => {
  it('is the count of an event, sent when it has changed', () => {
    const engage = new Engage()
    const { id } = engage.add({ kind: 'count', name: 'Order count', event: 'Order Completed' })
    engage.receive(order({ userId: 'a' }, -400))
    engage.receive(order({ userId: 'b' }))
    const first = traitsOf(engage.sync(id, now))
    engage.receive(order({ userId: 'a' }))
    const second = engage.sync(id, now)

    expect(first).toEqual([
      { id: 'a', order_count: 1 },
      { id: 'b', order_count: 1 }
    ])
    expect(traitsOf(second)).toEqual([{ id: 'a', order_count: 2 }])
    expect(second[0].context.personas).toMatchObject({
      computation_class: 'computed_trait',
      computation_key: 'order_count'
    })
    expect(traitsOf(engage.sync(id, daysFromNow(-1)))).toEqual([
      { id: 'b', order_count: 0 },
      { id: 'a', order_count: 1 }
    ])
  })

  it('is the last value of a property, by the time of the event', () => {
    const engage = new Engage()
    const { id } = engage.add({ kind: 'last value', name: 'Last plan', event: 'Order Completed', property: 'plan' })
    engage.receive(order({ userId: 'a', properties: { plan: 'Pro' } }, -1))
    engage.receive(order({ userId: 'a', properties: { plan: 'Free' } }, -2))
    engage.receive(order({ userId: 'a', properties: { coupon: true } }))
    engage.receive(order({ userId: 'b', properties: null }))

    expect(traitsOf(engage.sync(id, now))).toEqual([{ id: 'a', last_plan: 'Pro' }])
    expect(traitsOf(engage.sync(id, daysFromNow(-1.5)))).toEqual([{ id: 'a', last_plan: 'Free' }])
    expect(traitsOf(engage.sync(id, daysFromNow(-3)))).toEqual([{ id: 'a', last_plan: null }])
  })
})

describe('the key of a name', () => {
  it.each([
    ['Order Completed Last 30days', 'order_completed_last_30days'],
    ['  VIP – Users! ', 'vip_users'],
    ['Käufer', 'käufer']
  ])('of %j is %j', (name, key) => {
    expect(new Engage().add({ ...audience, name }).key).toBe(key)
  })

  it('must not be empty or in use', () => {
    const engage = new Engage()
    engage.add(audience)

    expect(() => engage.add({ ...audience, name: '!!' })).toThrow(
      new InvalidComputationError('The name has no letter or digit that could become the key of a trait')
    )
    expect(() => engage.add({ kind: 'count', name: 'Order completed: last 30days', event: 'a' })).toThrow(
      new InvalidComputationError('The key "order_completed_last_30days" is in use: choose another name')
    )
  })

  it('must not be one too many', () => {
    const engage = new Engage()
    for (let count = 1; count <= 100; count++) {
      engage.add({ ...audience, name: `Audience ${count}` })
    }

    expect(() => engage.add(audience)).toThrow(
      new InvalidComputationError('There are 100 audiences and computed traits: remove one first')
    )
  })

  it('is free again once its audience is removed', () => {
    const engage = new Engage()
    engage.remove(engage.add(audience).id)

    expect(engage.list()).toEqual([])
    expect(engage.add(audience).key).toBe('order_completed_last_30days')
  })
})

describe('an ID that does not exist', () => {
  it('has no values and no calls', () => {
    const engage = new Engage()
    expect([engage.values('aud_1', now), engage.pending('aud_1', now), engage.sync('aud_1', now)]).toEqual([[], [], []])
  })
})

describe('the memory limit', () => {
  it('drops the oldest events and counts them', () => {
    const engage = new Engage({ maxEvents: 2 })
    const { id } = engage.add(audience)
    for (const userId of ['a', 'b', 'c']) {
      engage.receive(order({ userId, anonymousId: `anonymous-${userId}` }))
    }

    expect(engage.events).toEqual({ kept: 2, dropped: 1 })
    expect(engage.values(id, now).map(({ subject }) => subject)).toEqual([{ userId: 'b' }, { userId: 'c' }])
  })

  it('drops the oldest events once all together are too large', () => {
    const engage = new Engage({ maxEvents: 100 })
    for (const userId of ['a', 'b', 'c']) {
      engage.receive({ ...order({ userId }), properties: { text: 'x'.repeat(4 * 1024 * 1024) } })
    }
    const { id } = engage.add({ kind: 'count', name: 'Orders', event: 'Order Completed' })

    expect(engage.events).toEqual({ kept: 1, dropped: 2 })
    expect(engage.values(id, now).map(({ subject }) => subject)).toEqual([{ userId: 'c' }])
  })

  it('forgets the oldest anonymous IDs', () => {
    const engage = new Engage({ maxEvents: 2 })
    const { id } = engage.add(audience)
    for (const name of ['a', 'b', 'c']) {
      engage.receive({ type: 'identify', userId: name, anonymousId: `anonymous-${name}`, timestamp: now.toISOString() })
    }
    engage.receive(order({ anonymousId: 'anonymous-a' }))
    engage.receive(order({ anonymousId: 'anonymous-c' }))

    expect(engage.values(id, now).map(({ subject }) => subject)).toEqual([
      { anonymousId: 'anonymous-a' },
      { userId: 'c' }
    ])
  })
})
