import { RecentMap } from '../../src/memory/recent-map'

function mapOf(limit: number, ...values: string[]): RecentMap<string> {
  const map = new RecentMap<string>(limit, { bytesOf: ({ length }) => length, textsOf: (value) => [value, undefined] })
  values.forEach((value) => map.set(value, value))
  return map
}

const all = (map: RecentMap<string>) => map.list({ order: 'oldest first', limit: 100 }).items

describe('a map with a limit', () => {
  it('keeps the values that were set last, whether or not they were read', () => {
    const map = mapOf(2, 'a', 'b', 'a')
    map.get('b')
    map.set('c', 'c')
    expect(all(map)).toEqual(['a', 'c'])
    expect([map.size, map.dropped, map.get('b')]).toEqual([2, 1, undefined])
  })

  it('keeps its order when values go from either end and from the middle', () => {
    const map = mapOf(5, 'a', 'b', 'c', 'd', 'e')
    for (const value of ['c', 'a', 'e', 'no such value']) {
      map.delete(value)
    }
    map.set('f', 'f')
    expect(all(map)).toEqual(['b', 'd', 'f'])
    expect(map.list({ order: 'newest first', limit: 100 }).items).toEqual(['f', 'd', 'b'])
    expect(map.dropped).toBe(0)
  })

  it('has nothing to evict while it is empty', () => {
    const map = mapOf(1)
    map.evictOldest()
    expect([map.size, map.dropped]).toEqual([0, 0])
  })

  it('knows how much memory its values take', () => {
    const map = mapOf(2, 'a', 'bb')
    expect(map.bytes).toBe(3)
    map.set('cccc', 'cccc')
    expect(map.bytes).toBe(6)
    map.delete('bb')
    expect(map.bytes).toBe(4)
  })

  it('measures a value again that is set again', () => {
    const map = new RecentMap<{ bytes: number }>(2, { bytesOf: ({ bytes }) => bytes })
    const value = { bytes: 1 }
    map.set('a', value)
    value.bytes = 5
    map.set('a', value)
    expect(map.bytes).toBe(5)
  })
})

describe('a list', () => {
  it.each([
    ['oldest first', ['a', 'b'], ['c', 'd']],
    ['newest first', ['d', 'c'], ['b', 'a']]
  ] as const)('comes page by page, %s', (order, first, second) => {
    const map = mapOf(4, 'a', 'b', 'c', 'd')
    const page = map.list({ order, limit: 2 })
    const counts = { matching: 4, total: 4, dropped: 0 }
    expect(page).toEqual({ items: first, next: page.next, ...counts })
    expect(map.list({ order, limit: 2, after: page.next })).toEqual({ items: second, ...counts })
  })

  it('counts what matches, on all pages', () => {
    const map = mapOf(4, 'a', 'b', 'c', 'd')
    const matches = (value: string) => value !== 'b'
    const { next, ...page } = map.list({ order: 'oldest first', limit: 1, matches })
    expect(page).toMatchObject({ matching: 3, total: 4 })
    expect(map.list({ order: 'oldest first', limit: 1, matches, after: next })).toMatchObject({ matching: 3, total: 4 })
  })

  it('continues after a value that has moved or gone since', () => {
    const map = mapOf(4, 'a', 'b', 'c', 'd')
    const { next } = map.list({ order: 'oldest first', limit: 2 })
    map.delete('b')
    map.set('a', 'a')
    expect(map.list({ order: 'oldest first', limit: 9, after: next }).items).toEqual(['c', 'd', 'a'])
  })

  it('finds a text in any case, without the spaces around it, and what matches', () => {
    const map = mapOf(4, 'Ada', 'Grace', 'Adam')
    const order = 'oldest first'
    expect(map.list({ order, limit: 9, search: ' aDA ' }).items).toEqual(['Ada', 'Adam'])
    expect(map.list({ order, limit: 9, matches: ({ length }) => length > 3 }).items).toEqual(['Grace', 'Adam'])
  })
})
