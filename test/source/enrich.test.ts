import { enrich } from '../../src/source'

const arrival = { receivedAt: new Date('2026-01-31T09:00:10.000Z'), messageId: 'api-1' }
const call = { type: 'track', userId: 'userId123', event: 'User Registered' }

describe('enriching a call', () => {
  it('adds the time of arrival, an ID and a timestamp if the call has none', () => {
    expect(enrich(call, arrival)).toEqual({
      ...call,
      messageId: 'api-1',
      timestamp: '2026-01-31T09:00:10.000Z',
      receivedAt: '2026-01-31T09:00:10.000Z'
    })
  })

  it('corrects the timestamp of a client with a wrong clock, and keeps the original', () => {
    const { timestamp, originalTimestamp, sentAt } = enrich(
      { ...call, timestamp: '2020-05-01T00:00:00.000Z', sentAt: '2020-05-01T00:00:03.500Z' },
      arrival
    )
    expect([timestamp, originalTimestamp, sentAt]).toEqual([
      '2026-01-31T09:00:06.500Z',
      '2020-05-01T00:00:00.000Z',
      '2020-05-01T00:00:03.500Z'
    ])
  })

  it.each([
    ['sentAt is missing', undefined],
    ['sentAt is null', null],
    ['sentAt is not a date', 'yesterday'],
    ['sentAt is out of range', '-271821-04-20T00:00:00.000Z']
  ])('keeps the timestamp if %s', (_case, sentAt) => {
    const timestamp = '2012-12-02T00:30:08.276543210Z'
    expect(enrich({ ...call, timestamp, sentAt }, arrival)).toMatchObject({ timestamp, originalTimestamp: timestamp })
  })

  it.each(['yesterday', 1_580_000_000, {}])(
    'takes the time of arrival for the unreadable timestamp %j',
    (timestamp) => {
      expect(enrich({ ...call, timestamp, sentAt: '2020-05-01T00:00:03.500Z' }, arrival)).toMatchObject({
        timestamp: '2026-01-31T09:00:10.000Z',
        originalTimestamp: timestamp
      })
    }
  )

  it.each([
    ['message-1', 'message-1'],
    [42, '42'],
    ['', 'api-1'],
    [null, 'api-1'],
    [{}, 'api-1']
  ])('makes of the messageId %j the messageId %j', (messageId, expected) => {
    expect(enrich({ ...call, messageId }, arrival).messageId).toBe(expected)
  })

  it('removes the write key', () => {
    expect(enrich({ ...call, writeKey: 'fake-write-key' }, arrival)).not.toHaveProperty('writeKey')
  })

  it('keeps every other field as it is, even one named __proto__', () => {
    const odd: Record<string, unknown> = JSON.parse('{"type":"track","__proto__":{"a":1},"context":null,"x":[0,""]}')
    expect(Object.keys(enrich(odd, arrival))).toEqual(expect.arrayContaining(['__proto__', 'context', 'x']))
  })
})
