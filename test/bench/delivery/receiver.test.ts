import { rateFigures } from '../../../bench/parts/deliver'
import { checkReceived, Receiver } from '../../../bench/delivery/receiver'

const receiver = new Receiver()

afterAll(() => receiver.app.close())

const send = (messageId: string) => receiver.app.inject({ method: 'POST', url: '/v1/events', payload: { messageId } })

describe('the receiver', () => {
  it('counts messages and the different ones among them, until it restarts', async () => {
    receiver.restart()
    await send('a')
    await receiver.app.inject({
      method: 'POST',
      url: '/v1/batch',
      payload: { batch: [{ messageId: 'a' }, { messageId: 'b' }] }
    })

    expect(receiver.restart()).toMatchObject({ messages: 3, ids: new Set(['a', 'b']) })
    expect(receiver.restart()).toMatchObject({ messages: 0, ids: new Set() })
  })

  it('rejects requests beyond its rate', async () => {
    receiver.restart({ rate: 0 })

    const response = await send('a')

    expect([response.statusCode, response.headers['retry-after']]).toEqual([429, '1'])
    expect(receiver.restart().messages).toBe(0)
  })

  it('fails each request of a number', async () => {
    receiver.restart({ failEvery: 1 })

    expect((await send('a')).statusCode).toBe(503)
    expect(receiver.restart().messages).toBe(0)
  })
})

describe('a run to the receiver', () => {
  it('is an error if an event is missing or arrived twice', () => {
    const check =
      (messages: number, ...ids: string[]) =>
      () =>
        checkReceived({ messages, ids: new Set(ids), seconds: [] }, 2, 'deliver')

    expect(check(2, 'a', 'b')).not.toThrow()
    expect(check(1, 'a')).toThrow('deliver: 1 messages (1 different ones) arrived, not 2')
    expect(check(3, 'a', 'b')).toThrow('deliver: 3 messages (2 different ones) arrived, not 2')
  })

  it('is judged by the seconds in which its rate has settled', () => {
    const settling = Array(10).fill({ accepted: 10, rejected: 90 })
    const settled = Array(4).fill({ accepted: 190, rejected: 10 })
    const last = { accepted: 1, rejected: 0 }

    expect(rateFigures({ seconds: [...settling, ...settled, last] }, 0).map(({ value }) => value)).toEqual([0.95, 0.05])
  })
})
