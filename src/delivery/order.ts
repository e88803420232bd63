/** The keys that an event reads and writes. Two events with a common key keep their order if one of them writes it. */
export interface Keys {
  reads: readonly string[]
  writes: readonly string[]
}

/** An item between its arrival and the time when it is settled. */
export interface Ticket<T> {
  readonly item: T
  readonly keys: Keys
  /** How many earlier tickets have to be settled first. */
  blockers: number
  isSettled: boolean
  readonly dependents: Ticket<T>[]
}

interface KeyState<T> {
  /** The last unsettled writer. */
  writer?: Ticket<T>
  /** Readers since that writer, some of them settled. An array, because a set for each key costs more than the rest. */
  readers: Ticket<T>[]
  unsettled: number
  /** Length at which settled readers are removed from `readers`. */
  sweepAt: number
}

const MIN_SWEEP = 4

/**
 * Orders items by their keys, like a readers-writer lock that is first come, first served: a reader waits for the last
 * writer before it, a writer also for the readers in between. Items without a common key never wait for each other.
 */
export class KeyOrder<T> {
  /**
   * V8 links each table that a Map has outgrown to the next one. As soon as one of them is old, what the later ones held
   * stays in memory until the next full garbage collection. A deleted state therefore refers to no ticket.
   */
  private readonly states = new Map<string, KeyState<T>>()

  /** @returns the item's ticket. The item may start if it has no blockers. */
  add(item: T, keys: Keys): Ticket<T> {
    const ticket: Ticket<T> = { item, keys, blockers: 0, isSettled: false, dependents: [] }
    for (const key of keys.writes) {
      const state = this.stateOf(key)
      waitFor(state.writer, ticket)
      for (const reader of state.readers) {
        waitFor(reader, ticket)
      }
      state.writer = ticket
      state.readers = []
      state.sweepAt = MIN_SWEEP
    }
    for (const key of keys.reads) {
      const state = this.stateOf(key)
      waitFor(state.writer, ticket)
      addReader(state, ticket)
    }
    return ticket
  }

  /** @returns the tickets that may start now because this one is settled */
  settle(ticket: Ticket<T>): Ticket<T>[] {
    ticket.isSettled = true
    for (const key of ticket.keys.writes) {
      this.leave(key, ticket)
    }
    for (const key of ticket.keys.reads) {
      this.leave(key, ticket)
    }
    return ticket.dependents.filter((dependent) => --dependent.blockers === 0)
  }

  /** How many unsettled items have the most frequent key in common. */
  get largestGroup(): number {
    let largest = 0
    for (const { unsettled } of this.states.values()) {
      largest = Math.max(largest, unsettled)
    }
    return largest
  }

  private stateOf(key: string): KeyState<T> {
    let state = this.states.get(key)
    if (!state) {
      state = { readers: [], unsettled: 0, sweepAt: MIN_SWEEP }
      this.states.set(key, state)
    }
    state.unsettled++
    return state
  }

  private leave(key: string, ticket: Ticket<T>): void {
    const state = this.states.get(key)
    if (!state) {
      return
    }
    if (state.writer === ticket) {
      state.writer = undefined
    }
    if (--state.unsettled === 0) {
      this.states.delete(key)
      state.readers = []
    }
  }
}

/** In amortized constant time, and with no more than twice as many settled readers as unsettled ones. */
function addReader<T>(state: KeyState<T>, ticket: Ticket<T>): void {
  if (state.readers.length >= state.sweepAt) {
    state.readers = state.readers.filter(({ isSettled }) => !isSettled)
    state.sweepAt = Math.max(MIN_SWEEP, 2 * state.readers.length)
  }
  state.readers.push(ticket)
}

function waitFor<T>(blocker: Ticket<T> | undefined, ticket: Ticket<T>): void {
  if (blocker && blocker !== ticket && !blocker.isSettled) {
    blocker.dependents.push(ticket)
    ticket.blockers++
  }
}
