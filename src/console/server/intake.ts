import { randomUUID } from 'node:crypto'
import { dropReason, enrich, hintsOn } from '../../source'
import type { ReceivedMessage, RefusedRequest, SegmentMessage } from '../../source'
import type { JsonObject, Origin, TestRequest } from './api'
import type { Deliverers } from './delivery/deliverers'
import type { DestinationRecord, Destinations } from './destinations'
import type { LiveFeed } from './live-feed'
import type { MessageLog } from './message-log'
import type { ArrivedMessage, MessageRecord } from './message-record'
import type { Sources } from './sources'

interface IntakeOptions {
  sources: Sources
  destinations: Destinations
  deliverers: Deliverers
  log: MessageLog
  live: LiveFeed
  /** Sees every message of a client that Segment does not drop. */
  catalog: { definition: { name: string } }
  engage: { receive(message: SegmentMessage): void }
}

/** Where messages come in: from clients, from the Test page, from Engage, and from the log. */
export class Intake {
  constructor(private readonly options: IntakeOptions) {}

  /** A client's message, as the source received it. */
  receive({ sourceId, message, dropped, hints }: ReceivedMessage): void {
    const { sources, destinations, live, engage } = this.options
    sources.countMessage(sourceId, { receivedAt: message.receivedAt, isDropped: dropped !== undefined })
    live.changed('sources')
    const record = this.add({ message, sourceId, origin: 'client', dropped: dropped?.reason, hints })
    if (!dropped && sourceId !== undefined) {
      engage.receive(message)
      this.deliver(record, enabled(destinations.ofSource(sourceId)))
    }
  }

  /** A client's request that the source refused. */
  refuse({ sourceId, method, path, reason, receivedAt }: RefusedRequest): void {
    const event = { type: 'request', method, path }
    this.record({ event, sourceId, origin: 'client', refused: reason, receivedAt: receivedAt.toISOString() })
  }

  /** The same message once more, with its `messageId`: Astrolabe ignores it if it has received it before. */
  sendAgain({ event, sourceId, deliveries }: MessageRecord): MessageRecord {
    const { destinations } = this.options
    const message = { ...event, receivedAt: new Date().toISOString() } as unknown as SegmentMessage
    const record = this.add({ message, sourceId, origin: 'sent again' })
    const ids = deliveries.map(({ destination }) => destination.id)
    const known = destinations.all().filter(({ id, sourceId: connected }) => ids.includes(id) || connected === sourceId)
    this.deliver(record, enabled(known))
    return record
  }

  /** Events of the Test page. They go to one destination, enabled or not. */
  sendTest(destination: DestinationRecord, { events, as }: TestRequest): MessageRecord[] {
    const records = events.map((event) => this.addCall(event, 'test', destination.sourceId))
    const undropped = records.filter(({ dropped }) => dropped === undefined)
    if (as === 'batch') {
      this.options.deliverers.deliverBatch(destination, undropped)
    } else {
      undropped.forEach((record) => this.deliver(record, [destination]))
    }
    return records
  }

  /** Calls of Engage. */
  sendCalls(calls: JsonObject[], destinationIds: string[]): MessageRecord[] {
    const destinations = this.options.destinations.all().filter(({ id }) => destinationIds.includes(id))
    return calls.map((call) => {
      const integrations = { All: false, [this.options.catalog.definition.name]: true }
      const record = this.addCall({ ...call, integrations }, 'engage')
      this.deliver(record, enabled(destinations))
      return record
    })
  }

  private addCall(call: JsonObject, origin: Origin, sourceId?: string): MessageRecord {
    const message = enrich(call, { receivedAt: new Date(), messageId: `console-${randomUUID()}` })
    const checked = origin === 'engage' ? undefined : { dropped: dropReason(message)?.reason, hints: hintsOn(call) }
    return this.add({ message, sourceId, origin, ...checked })
  }

  private add({
    message,
    ...rest
  }: Pick<ArrivedMessage, 'sourceId' | 'origin' | 'dropped' | 'hints'> & Arrived): MessageRecord {
    const { messageId, receivedAt } = message
    // The cast: a message is JSON that a client has sent.
    return this.record({ ...rest, messageId, receivedAt, event: message as unknown as JsonObject })
  }

  private record(arrived: ArrivedMessage): MessageRecord {
    const record = this.options.log.add(arrived)
    this.options.live.messageChanged(record.id)
    return record
  }

  private deliver(record: MessageRecord, destinations: DestinationRecord[]): void {
    destinations.forEach((destination) => this.options.deliverers.deliver(destination, record))
    this.options.log.touch(record)
  }
}

interface Arrived {
  message: SegmentMessage
}

function enabled(destinations: DestinationRecord[]): DestinationRecord[] {
  return destinations.filter(({ isEnabled }) => isEnabled)
}
