import type { DeliveryState } from '../../src/console/server/delivery/delivery-state'
import { MessageLog } from '../../src/console/server/message-log'
import type { MessageRecord } from '../../src/console/server/message-record'
import { TextRing } from '../../src/console/server/text-ring'

const MEGABYTE = 1024 * 1024

const message = (messageId: string, bytes = 0) => ({
  messageId,
  receivedAt: '2026-01-31T09:00:00.000Z',
  origin: 'client' as const,
  sourceId: 'source-1',
  event: { type: 'track', event: messageId, properties: { text: 'x'.repeat(bytes) } }
})

const listed = (log: MessageLog, after?: string) => log.list({ after }).items.map(({ id }) => id)

describe('the memory of the messages', () => {
  it('is bounded in bytes, whatever the number of messages that are kept', () => {
    const log = new MessageLog(100)
    Array.from({ length: 20 }, (_, number) => log.add(message(`m${number + 1}`, MEGABYTE)))

    expect([listed(log).length, log.dropped]).toEqual([15, 5])
    expect([log.get('5'), log.get('6')?.messageId]).toEqual([undefined, 'm6'])
    expect([log.withMessageId('m5'), log.withMessageId('m6')?.id]).toEqual([undefined, '6'])
  })

  it('includes what became of a message', () => {
    const log = new MessageLog(100)
    const [, , third] = ['m1', 'm2', 'm3'].map((messageId) => log.add(message(messageId, 2 * MEGABYTE)))
    const delivery = addAttempt(third, { body: 'x'.repeat(9 * MEGABYTE) })
    log.touch(third)
    expect(listed(log)).toEqual(['3', '2', '1'])

    delivery.settle()
    log.touch(third)
    log.touch(third)
    expect(listed(log)).toEqual(['3', '2', '1'])
    log.add(message('m4', 2 * MEGABYTE))
    expect(listed(log)).toEqual(['4', '3', '2'])
  })

  it('stays the same from the time when it is full', () => {
    const log = new MessageLog(2000)
    const bytes = [1, 2, 3, 4, 5].map(() => {
      Array.from({ length: 3000 }, (_, number) => {
        const record = log.add(message(`m${number}`, 4000))
        addAttempt(record, { body: 'x'.repeat(4000) }).settle()
        log.touch(record)
      })
      return log.bytes
    })

    expect(bytes).toEqual([16, 16, 16, 16, 16].map((megabytes) => megabytes * MEGABYTE))
    expect([log.list({}).total, log.dropped]).toEqual([1927, 13_073])
    expect(log.get('13074')?.deliveries[0].trace.mappings[0].attempts).toHaveLength(1)
  })

  it('is no more than the kept messages need', () => {
    const log = new MessageLog(200)
    Array.from({ length: 2000 }, (_, number) => log.add(message(`m${number}`, 4000)))

    expect([log.list({}).total, log.bytes]).toEqual([200, 2 * MEGABYTE])
  })

  it('keeps a message that alone is too large', () => {
    const log = new MessageLog(100)
    log.add(message('small'))
    log.add(message('large', 17 * MEGABYTE))

    expect(listed(log)).toEqual(['2'])
  })

  it('is free again once the debugger is emptied', () => {
    const log = new MessageLog(100)
    Array.from({ length: 14 }, (_, number) => log.add(message(`m${number + 1}`, MEGABYTE)))
    log.clear()
    Array.from({ length: 14 }, (_, number) => log.add(message(`n${number + 1}`, MEGABYTE)))

    expect([listed(log).length, log.dropped, log.get('14')]).toEqual([14, 0, undefined])
  })
})

describe('a page of the messages', () => {
  it('goes on after a message that was evicted meanwhile', () => {
    const log = new MessageLog(2)
    ;['m1', 'm2', 'm3', 'm4'].forEach((messageId) => log.add(message(messageId)))

    expect([listed(log, '4'), listed(log, '3'), listed(log, '1'), listed(log, '99')]).toEqual([
      ['3'],
      [],
      [],
      ['4', '3']
    ])
  })
})

describe('what became of a message', () => {
  it('is the same before and after it is kept as text', () => {
    const delivery = addAttempt(new MessageLog(1).add(message('m1')), { name: 'Zoë' })
    const before = structuredClone(delivery.trace)
    delivery.settle()
    delivery.settle()

    expect(delivery.trace).toEqual(before)
    expect(delivery.trace).not.toBe(delivery.trace)
  })

  it('shares the text of a batch among its messages', () => {
    const log = new MessageLog(10)
    const body = { batch: 'x'.repeat(MEGABYTE) }
    const [first, ...others] = ['m1', 'm2', 'm3'].map((messageId) => addAttempt(log.add(message(messageId)), body))
    const { request } = first.trace.mappings[0].attempts[0]
    ;[first, ...others].forEach(({ trace: { mappings } }, index) => {
      mappings[0].batch = { index, size: 3 }
      mappings[0].attempts.unshift({ startedAt: '2026-01-31T08:59:00.000Z', duration: 1 })
      mappings[0].attempts[1].request = request
    })
    const before = structuredClone(others[1].trace)
    ;[first, ...others].forEach((delivery) => delivery.settle())

    expect(others[1].trace).toEqual(before)
    expect(log.bytes).toBeLessThan(4 * MEGABYTE)
  })
})

function addAttempt(record: MessageRecord, body: object): DeliveryState {
  const delivery = record.addDelivery({ id: 'destination-1', name: 'Astrolabe' }, [{ id: 'mapping-1', fields: {} }])
  const attempt = {
    startedAt: '2026-01-31T09:00:00.000Z',
    duration: 1,
    request: { method: 'POST', url: 'http://127.0.0.1/v1/events', headers: {}, body },
    response: { status: 200, headers: {}, body: {} }
  }
  const mapping = { name: 'Track', action: 'track', trigger: 'type = "track"', matches: 'yes' as const }
  delivery.trace.mappings.push({ ...mapping, attempts: [attempt] })
  return delivery
}

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
