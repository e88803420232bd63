import { DeliveryState } from '../../src/console/server/delivery/delivery-state'
import { MessageLog } from '../../src/console/server/message-log'
import type { MessageRecord } from '../../src/console/server/message-record'

const MEGABYTE = 1024 * 1024

const message = (messageId: string, bytes = 0) => ({
  messageId,
  receivedAt: '2026-01-31T09:00:00.000Z',
  origin: 'client' as const,
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

  it('includes what became of a message, but not twice', () => {
    const log = new MessageLog(100)
    const [, , third] = ['m1', 'm2', 'm3'].map((messageId) => log.add(message(messageId, 2 * MEGABYTE)))
    addAttempts(third, 1)
    log.touch(third)
    log.touch(third)
    expect(listed(log)).toEqual(['3', '2', '1'])
    log.add(message('m4', 3 * MEGABYTE))
    expect(listed(log)).toEqual(['4', '3', '2'])
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
  it('goes on after a message that made room meanwhile', () => {
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
    const delivery = addAttempts(new MessageLog(1).add(message('m1')), 1)
    const before = structuredClone(delivery.trace)
    delivery.settle()

    expect(delivery.trace).toEqual(before)
    expect(delivery.trace).not.toBe(delivery.trace)
  })

  it('shares the request of a batch among its messages', () => {
    const delivery = addAttempts(new MessageLog(1).add(message('m1')), 1)
    const { mappings } = delivery.trace
    mappings[0].batch = { index: 0, size: 1000 }
    delivery.settle()

    expect(delivery.trace.mappings).toBe(mappings)
  })
})

function addAttempts(record: MessageRecord, attempts: number): DeliveryState {
  const delivery = new DeliveryState({ id: 'destination-1', name: 'Astrolabe' }, [
    { mappingId: 'mapping-1', outcome: 'delivered', attempts }
  ])
  const mapping = { name: 'Track', action: 'track', trigger: 'type = "track"', matches: 'yes' as const, attempts: [] }
  delivery.trace.mappings.push(mapping)
  record.deliveries.push(delivery)
  return delivery
}
