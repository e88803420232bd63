import { KeyOrder } from '../../src/delivery/order'

describe('a writer', () => {
  it('waits for the unsettled readers alone, however many came and went before it', () => {
    const order = new KeyOrder<string>()
    const read = (item: string) => order.add(item, { reads: ['a'], writes: [] })
    const first = read('first')
    for (let index = 0; index < 50; index++) {
      order.settle(read(`reader ${index}`))
    }
    const last = read('last')

    const writer = order.add('writer', { reads: [], writes: ['a'] })

    expect(writer.blockers).toBe(2)
    expect(order.settle(first)).toEqual([])
    expect(order.settle(last)).toEqual([writer])
  })

  it('is waited for by the readers behind it, and not by those before it', () => {
    const order = new KeyOrder<string>()
    const before = order.add('before', { reads: ['a'], writes: [] })
    const writer = order.add('writer', { reads: [], writes: ['a'] })
    const behind = order.add('behind', { reads: ['a'], writes: [] })

    expect([before.blockers, writer.blockers, behind.blockers]).toEqual([0, 1, 1])
    expect(order.settle(before)).toEqual([writer])
    expect(order.settle(writer)).toEqual([behind])
  })
})
