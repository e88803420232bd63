import { LruSet } from '../../../src/sandbox/workspace/lru-set'

function setOf(limit: number, ...values: string[]): LruSet<string> {
  const set = new LruSet<string>(limit, { bytesOf: ({ length }) => length, textsOf: (value) => [value, undefined] })
  values.forEach((value) => set.add(value))
  return set
}

const all = (set: LruSet<string>) => set.list({ order: 'oldest first', limit: 100 }).items

describe('a set with a limit', () => {
  it('keeps the values that were added last', () => {
    const set = setOf(2, 'a', 'b', 'a', 'c')
    expect(all(set)).toEqual(['a', 'c'])
    expect([set.size, set.dropped, set.has('b')]).toEqual([2, 1, false])
  })

  it('keeps its order when values go from either end and from the middle', () => {
    const set = setOf(5, 'a', 'b', 'c', 'd', 'e')
    for (const value of ['c', 'a', 'e', 'no such value']) {
      set.delete(value)
    }
    set.add('f')
    expect(all(set)).toEqual(['b', 'd', 'f'])
    expect(set.list({ order: 'newest first', limit: 100 }).items).toEqual(['f', 'd', 'b'])
    expect(set.dropped).toBe(0)
  })

  it('has nothing to drop while it is empty', () => {
    const set = setOf(1)
    set.dropOldest()
    expect([set.size, set.dropped]).toEqual([0, 0])
  })

  it('knows how much memory its values take', () => {
    const set = setOf(2, 'a', 'bb')
    expect(set.bytes).toBe(3)
    set.add('cccc')
    expect(set.bytes).toBe(6)
    set.delete('bb')
    expect(set.bytes).toBe(4)
  })
})

describe('a list', () => {
  it.each([
    ['oldest first', ['a', 'b'], ['c', 'd']],
    ['newest first', ['d', 'c'], ['b', 'a']]
  ] as const)('comes page by page, %s', (order, first, second) => {
    const set = setOf(4, 'a', 'b', 'c', 'd')
    const page = set.list({ order, limit: 2 })
    expect(page).toEqual({ items: first, next: page.next, total: 4, dropped: 0 })
    expect(set.list({ order, limit: 2, after: page.next })).toEqual({ items: second, total: 4, dropped: 0 })
  })

  it('continues after a value that has moved or gone since', () => {
    const set = setOf(4, 'a', 'b', 'c', 'd')
    const { next } = set.list({ order: 'oldest first', limit: 2 })
    set.delete('b')
    set.add('a')
    expect(set.list({ order: 'oldest first', limit: 9, after: next }).items).toEqual(['c', 'd', 'a'])
  })

  it('finds a text in any case, and what matches', () => {
    const set = setOf(4, 'Ada', 'Grace', 'Adam')
    const order = 'oldest first'
    expect(set.list({ order, limit: 9, search: 'aDA' }).items).toEqual(['Ada', 'Adam'])
    expect(set.list({ order, limit: 9, matches: ({ length }) => length > 3 }).items).toEqual(['Grace', 'Adam'])
  })
})
