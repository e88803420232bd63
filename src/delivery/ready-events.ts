import type { HeldEvent } from './held-event'
import { Queue } from './queue'

/** The most bytes of one batch, with room for what the messages add to the events (the contract allows 4 MB). */
const MAX_BATCH_BYTES = 3.5 * 1024 * 1024

interface Group {
  /** Events that others wait for: retries, and events whose turn has just come. */
  urgent: Queue<HeldEvent>
  fresh: Queue<HeldEvent>
}

/** The events that may be sent now, grouped by the mappings that they go to: a batch is sent under one set of them. */
export class ReadyEvents {
  private readonly groups = new Map<string, Group>()
  private readonly alone = new Queue<HeldEvent>()

  get length(): number {
    let length = this.alone.length
    for (const group of this.groups.values()) {
      length += lengthOf(group)
    }
    return length
  }

  /** How many events full batches of this size would take. */
  countFull(size: number): number {
    let count = this.alone.length
    for (const group of this.groups.values()) {
      count += lengthOf(group) - (lengthOf(group) % size)
    }
    return count
  }

  add(held: HeldEvent, priority: keyof Group): void {
    if (held.isAlone) {
      this.alone.push(held)
      return
    }
    const key = held.open.join()
    let group = this.groups.get(key)
    if (!group) {
      group = { urgent: new Queue(), fresh: new Queue() }
      this.groups.set(key, group)
    }
    group[priority].push(held)
  }

  /** Takes the next `size` events that fit into one batch; `undefined` if no group has as many. */
  takeFull(size: number): HeldEvent[] | undefined {
    const single = this.alone.shift()
    return single
      ? [single]
      : take(
          this.find((group) => lengthOf(group) >= size),
          size
        )
  }

  /** Takes up to `size` events from one group; `undefined` if there are none. */
  takeAny(size: number): HeldEvent[] | undefined {
    return (
      this.takeFull(size) ??
      take(
        this.find((group) => lengthOf(group) > 0),
        size
      )
    )
  }

  /** Takes one event that was sent in vain least often: the same one might be at fault. */
  takeProbe(): HeldEvent[] | undefined {
    const queues = [this.alone, ...[...this.groups.values()].flatMap(({ urgent, fresh }) => [urgent, fresh])]
    let best: Queue<HeldEvent> | undefined
    for (const queue of queues) {
      best = (queue.peek()?.excused ?? Infinity) < (best?.peek()?.excused ?? Infinity) ? queue : best
    }
    const held = best?.shift()
    return held && [held]
  }

  /** Prefers the group whose next event was read first. */
  private find(isEligible: (group: Group) => boolean): Group | undefined {
    let best: Group | undefined
    for (const group of this.groups.values()) {
      if (isEligible(group) && (!best || isBefore(group, best))) {
        best = group
      }
    }
    return best
  }
}

function isBefore(a: Group, b: Group): boolean {
  return (nextOf(a)?.sequence ?? Infinity) < (nextOf(b)?.sequence ?? Infinity)
}

function nextOf({ urgent, fresh }: Group): HeldEvent | undefined {
  return urgent.peek() ?? fresh.peek()
}

function lengthOf({ urgent, fresh }: Group): number {
  return urgent.length + fresh.length
}

function take(group: Group | undefined, size: number): HeldEvent[] | undefined {
  if (!group) {
    return undefined
  }
  const batch: HeldEvent[] = []
  let bytes = 0
  while (batch.length < size) {
    const queue = group.urgent.length > 0 ? group.urgent : group.fresh
    const next = queue.peek()
    bytes += next?.read.bytes ?? 0
    if (!next || (batch.length > 0 && bytes > MAX_BATCH_BYTES)) {
      break
    }
    queue.shift()
    batch.push(next)
  }
  return batch
}
