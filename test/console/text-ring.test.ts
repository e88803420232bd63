import { TextRing } from '../../src/console/server/text-ring'

const MEGABYTE = 1024 * 1024

/** Five fit into a chunk, and leave a gap. */
const text = (number: number) => `${number} `.padEnd(200_000, 'x')

describe('a ring of texts', () => {
  it('returns the texts as they were added', () => {
    const ring = new TextRing(MEGABYTE)
    const texts = ['', '{}', '{"name":"Zoë 🚀 أحمد"}', text(1)]
    const stored = texts.map((added) => ring.add(added))

    expect(stored.map((one) => one.read())).toEqual(texts)
    expect(stored.map(({ length }) => length)).toEqual([0, 2, 29, 200_000])
  })

  it('never exceeds its bytes, however many texts are added', () => {
    const ring = new TextRing(3 * MEGABYTE)
    const stored = Array.from({ length: 1000 }, (_, number) => ring.add(text(number)))

    expect(ring.bytes).toBe(3 * MEGABYTE)
    const kept = stored.flatMap((one, number) => (one.isKept ? [number] : []))
    expect(kept).toEqual(Array.from({ length: 15 }, (_, index) => 985 + index))
    expect(kept.map((number) => stored[number].read())).toEqual(kept.map(text))
  })

  it('does not read a text whose memory holds another', () => {
    const ring = new TextRing(MEGABYTE)
    const old = ring.add(text(1))
    Array.from({ length: 5 }, (_, number) => ring.add(text(number)))

    expect(old.isKept).toBe(false)
    expect(() => old.read()).toThrow('This text was evicted.')
  })

  it('frees the memory of texts that were added before another', () => {
    const ring = new TextRing(100 * MEGABYTE)
    const stored = Array.from({ length: 16 }, (_, number) => ring.add(text(number)))
    expect(ring.bytes).toBe(4 * MEGABYTE)

    ring.dropBefore(stored[12])
    expect(stored.map(({ isKept }) => isKept)).toEqual(Array.from({ length: 16 }, (_, number) => number >= 10))
    Array.from({ length: 4 }, (_, number) => ring.add(text(number)))
    expect([ring.bytes, stored[12].read()]).toEqual([3 * MEGABYTE, text(12)])

    ring.dropBefore(stored[0])
    expect(stored[12].isKept).toBe(true)
  })

  it('takes no memory before it needs it', () => {
    const ring = new TextRing(100 * MEGABYTE)
    expect(ring.bytes).toBe(0)
    ring.add('short')
    expect(ring.bytes).toBe(MEGABYTE)
  })

  it('gives a text that is longer than a chunk as many bytes as it needs', () => {
    const ring = new TextRing(4 * MEGABYTE)
    const long = 'x'.repeat(2.5 * MEGABYTE)
    const short = ring.add('short')
    const first = ring.add(long)
    expect([ring.bytes, short.isKept, first.read()]).toEqual([3.5 * MEGABYTE, true, long])

    ring.add(long)
    expect([ring.bytes, short.isKept, first.isKept]).toEqual([2.5 * MEGABYTE, false, false])
  })

  it('keeps a text that alone exceeds its bytes, until there is another', () => {
    const ring = new TextRing(MEGABYTE)
    const long = ring.add('x'.repeat(2 * MEGABYTE))
    expect([ring.bytes, long.isKept]).toEqual([2 * MEGABYTE, true])

    ring.add('short')
    expect([ring.bytes, long.isKept]).toEqual([MEGABYTE, false])
  })

  it('writes the text of a shared object once, and again after it was evicted', () => {
    const ring = new TextRing(MEGABYTE)
    const request = { body: 'x'.repeat(MEGABYTE - 100) }
    const asText = jest.fn(() => JSON.stringify(request))
    const stored = [ring.addShared(request, asText), ring.addShared(request, asText)]

    expect(stored[0]).toBe(stored[1])
    expect(asText).toHaveBeenCalledTimes(1)
    ring.add('x'.repeat(200))
    expect(ring.addShared(request, asText).read()).toBe(JSON.stringify(request))
  })
})
