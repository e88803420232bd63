import { buildSandbox, SANDBOX_API_KEY } from '../../src/sandbox/build'
import { basic } from '../http'
import { accept, held } from './sandbox-client'

const headers = { authorization: basic(`${SANDBOX_API_KEY}:`) }
const identify = (userId: string) => ({ type: 'identify', userId })

describe('a list of what the sandbox holds', () => {
  it('comes page by page', async () => {
    const app = buildSandbox()
    await accept(app, identify('ada'), identify('grace'), identify('joan'))
    const first = (await held(app, 'users', '?limit=2')) as { next: string }
    expect(first).toMatchObject({ users: [{ userId: 'ada' }, { userId: 'grace' }], next: '2', dropped: 0 })
    const second = await held(app, 'users', `?limit=2&after=${first.next}`)
    expect(second).toEqual({ users: [expect.objectContaining({ userId: 'joan' })], dropped: 0 })
  })

  it('has 1,000 items if nothing else is asked for', async () => {
    const app = buildSandbox()
    const batch = Array.from({ length: 1000 }, () => ({ type: 'track', userId: 'ada', event: 'Signed Up' }))
    await app.inject({ method: 'POST', url: '/v1/batch', headers, payload: { batch } })
    expect(await held(app, 'events')).not.toHaveProperty('next')
    await accept(app, batch[0])
    expect(await held(app, 'events')).toMatchObject({ events: { length: 1000 }, next: '1000' })
  })

  it.each([
    ['?limit=0', 'limit must match pattern "^([1-9]\\d{0,3}|10000)$"'],
    ['?limit=10001', 'limit must match pattern "^([1-9]\\d{0,3}|10000)$"'],
    ['?after=x', 'after must match pattern "^\\d{1,15}$"'],
    ['?page=2', '"page" is not a field of the query']
  ])('is rejected with the query %s', async (query, message) => {
    expect(await held(buildSandbox(), 'accounts', query)).toEqual({ message })
  })
})

describe('one record', () => {
  it('is a User by its userId or by an anonymous ID, with its history', async () => {
    const app = buildSandbox()
    await accept(app, { ...identify('ada/é'), anonymousId: 'visitor', traits: { plan: null }, messageId: 'm-1' })
    for (const id of ['ada/é', 'visitor']) {
      const response = await app.inject({ url: `/v1/users/${encodeURIComponent(id)}`, headers })
      expect([response.statusCode, response.json()]).toEqual([
        200,
        {
          userId: 'ada/é',
          anonymousIds: ['visitor'],
          traits: { plan: null },
          accounts: [],
          history: [
            {
              at: expect.stringMatching(/^\d{4}-.*Z$/),
              messageId: 'm-1',
              isNew: true,
              traits: [{ name: 'plan', value: null }],
              anonymousId: 'visitor'
            }
          ]
        }
      ])
    }
  })

  it('is an Account by its groupId, however long', async () => {
    const app = buildSandbox()
    const groupId = 'g'.repeat(10_000)
    await accept(app, { type: 'group', groupId, traits: { name: 'Initech' } })
    const response = await app.inject({ url: `/v1/accounts/${groupId}`, headers })
    expect(response.json()).toMatchObject({ groupId, traits: { name: 'Initech' }, history: [{ isNew: true }] })
  })

  it('says what it had to drop', async () => {
    const app = buildSandbox()
    const traits = (from: number) => Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`t${from + n}`, n]))
    await accept(app, { ...identify('ada'), traits: traits(0) }, { ...identify('ada'), traits: traits(600) })
    const response = await app.inject({ url: '/v1/users/ada', headers })
    expect(response.json()).toMatchObject({ dropped: { traits: 200 } })
  })

  it.each([
    ['/v1/users/nobody', 'There is no User with this ID'],
    ['/v1/accounts/nothing', 'There is no Account with this ID']
  ])('that does not exist gets a 404: %s', async (url, message) => {
    const response = await buildSandbox().inject({ url, headers })
    expect([response.statusCode, response.json()]).toEqual([404, { message }])
  })

  it('needs the API key', async () => {
    expect((await buildSandbox().inject({ url: '/v1/users/ada' })).statusCode).toBe(401)
  })
})
