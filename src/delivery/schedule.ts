import type { SegmentEvent } from '@segment/actions-core'
import { Node, Yallist } from 'yallist'
import type { HeldEvent } from './held-event'
import type { EventRead } from './inputs/read-events'
import { KeyOrder } from './order'
import type { Keys } from './order'
import { ReadyEvents } from './ready-events'

/** Bounds of what is held between reading and settling. */
const MAX_EVENTS = 20_000
const MAX_BYTES = 64 * 1024 * 1024

/** The events that were read and are not settled, and the order in which they may be sent. */
export class Schedule {
  readonly ready = new ReadyEvents()
  private readonly order = new KeyOrder<HeldEvent>()
  /** In the order of the input. Not a Set, for the reason in `KeyOrder`. */
  private readonly held = new Yallist<HeldEvent>()
  private bytes = 0
  private sequence = 0

  constructor(private readonly keysOf: (event: SegmentEvent, mappings: readonly number[]) => Keys) {}

  /** How many events are held. */
  get size(): number {
    return this.held.length
  }

  /** Whether reading has to wait. */
  get isFull(): boolean {
    return this.held.length >= MAX_EVENTS || this.bytes >= MAX_BYTES
  }

  /** The share of held events that have their most frequent key in common. */
  get largestShare(): number {
    return this.held.length === 0 ? 0 : this.order.largestGroup / this.held.length
  }

  /** All held events, in the order of the input. A copy, so that they may be settled meanwhile. */
  unsettled(): HeldEvent[] {
    return [...this.held]
  }

  add(read: EventRead, event: SegmentEvent, mappings: readonly number[]): void {
    const sequence = this.sequence++
    const held: HeldEvent = {
      read,
      event,
      sequence,
      open: mappings,
      results: [],
      attempts: 0,
      excused: 0,
      isAlone: false
    }
    held.place = new Node(held)
    this.held.pushNode(held.place)
    this.bytes += read.bytes
    held.ticket = this.order.add(held, this.keysOf(event, mappings))
    if (held.ticket.blockers === 0) {
      this.ready.add(held, 'fresh')
    }
  }

  /** The event may be sent again now. */
  retry(held: HeldEvent): void {
    this.ready.add(held, 'urgent')
  }

  /** Lets go of a settled event, so that those that waited for it may start. */
  settle(held: HeldEvent): void {
    if (held.place) {
      this.held.removeNode(held.place)
    }
    this.bytes -= held.read.bytes
    for (const { item } of held.ticket ? this.order.settle(held.ticket) : []) {
      this.ready.add(item, 'urgent')
    }
  }
}
