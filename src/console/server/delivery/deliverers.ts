import type { DestinationRecord } from '../destinations'
import type { MessageRecord } from '../message-record'
import { Deliverer } from './deliverer'
import type { DelivererOptions } from './deliverer'

/** The deliverers of all destinations. */
export class Deliverers {
  private readonly byDestination = new Map<string, Deliverer>()

  constructor(private readonly options: DelivererOptions) {}

  deliver(destination: DestinationRecord, record: MessageRecord): void {
    this.of(destination).deliver(record)
  }

  deliverBatch(destination: DestinationRecord, records: MessageRecord[]): void {
    this.of(destination).deliverBatch(records)
  }

  pending(destinationId: string): number {
    return this.byDestination.get(destinationId)?.pending ?? 0
  }

  /** Forgets a destination. Its messages that wait fail. */
  remove(destinationId: string): void {
    this.byDestination.get(destinationId)?.stop('The destination was removed before this event was delivered.')
    this.byDestination.delete(destinationId)
  }

  /**
   * Fails the messages of a destination that wait. Segment no longer sends to a disabled destination; what becomes of
   * its retries is not documented.
   */
  disable(destinationId: string): void {
    this.byDestination.get(destinationId)?.stop('The destination was disabled before this event was delivered.')
  }

  /** Fails every message that waits. */
  stop(reason: string): void {
    this.byDestination.forEach((deliverer) => deliverer.stop(reason))
  }

  close(): void {
    this.byDestination.forEach((deliverer) => deliverer.close())
  }

  private of(destination: DestinationRecord): Deliverer {
    const deliverer = this.byDestination.get(destination.id) ?? new Deliverer(destination, this.options)
    this.byDestination.set(destination.id, deliverer)
    return deliverer
  }
}
