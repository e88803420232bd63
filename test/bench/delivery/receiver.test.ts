import { rateFigures } from '../../../bench/delivery/rate'
import { checkReceived, Receiver } from '../../../bench/delivery/receiver'

const receiver = new Receiver()

afterAll(() => receiver.app.close())

const send = (messageId: string) =>
  receiver.app.inject({ method: 'POST', url: '/v1/events', headers: { host: 'localhost' }, payload: { messageId } })

describe('the receiver', () => {
  it('counts messages and the different ones among them, until it restarts', async () => {
    receiver.restart()
    await send('a')
    await receiver.app.inject({
      method: 'POST',
      url: '/v1/batch',
      headers: { host: 'localhost' },
      payload: { batch: [{ messageId: 'a' }, { messageId: 'b' }] }
    })

    expect(receiver.restart()).toMatchObject({ messages: 3, distinct: 2 })
    expect(receiver.restart()).toMatchObject({ messages: 0, distinct: 0 })
  })

  it('rejects requests beyond its rate', async () => {
    receiver.restart({ rate: 0 })

    const response = await send('a')

    expect([response.statusCode, response.headers['retry-after']]).toEqual([429, '1'])
    expect(receiver.restart().messages).toBe(0)
  })

  it('serves only this machine', async () => {
    const response = await receiver.app.inject({
      method: 'POST',
      url: '/v1/events',
      headers: { host: 'elsewhere.example' },
      payload: { messageId: 'a' }
    })

    expect(response.statusCode).toBe(403)
  })
})

describe('a run to the receiver', () => {
  it('is an error if an event is missing or arrived twice', () => {
    const check = (messages: number, distinct: number) => () =>
      checkReceived({ messages, distinct, seconds: [] }, 2, 'deliver')

    expect(check(2, 2)).not.toThrow()
    expect(check(1, 1)).toThrow('deliver: 1 messages (1 different ones) arrived, not 2')
    expect(check(3, 2)).toThrow('deliver: 3 messages (2 different ones) arrived, not 2')
  })

  it('is judged by the seconds in which its rate has settled', () => {
    const settling = Array(10).fill({ accepted: 10, rejected: 90 })
    const settled = Array(4).fill({ accepted: 190, rejected: 10 })
    const last = { accepted: 1, rejected: 0 }

    expect(rateFigures({ seconds: [...settling, ...settled, last] }, 0).map(({ value }) => value)).toEqual([0.95, 0.05])
  })
})
