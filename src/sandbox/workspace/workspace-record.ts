import { isDeepStrictEqual } from 'node:util'
import { BoundedMap } from '../../memory/bounded-map'
import type { Data } from '../messages/schema'

/** What one message changed in a User or an Account. */
export interface HistoryEntry {
  /** Milliseconds since the epoch. */
  at: number
  messageId?: string
  isNew: boolean
  traits: Trait[]
  /** The anonymous ID that it was the first to name. */
  anonymousId?: string
  /** The anonymous User that became part of this one, by its label. */
  merged?: string
  /** In a User's history, the `groupId` of the Account that it joined; in an Account's, the label of the User. */
  joined?: string
}

export interface Trait {
  name: string
  value: unknown
}

const MAX_TRAITS = { entries: 1000, bytes: 256 * 1024 }
const MAX_HISTORY = { entries: 100, bytes: 256 * 1024 }

/** Bytes of an empty record. */
const RECORD = 1000

/** What Users and Accounts have in common. */
export abstract class WorkspaceRecord {
  readonly traits = new BoundedMap<string, unknown>(MAX_TRAITS)
  private readonly changes = new BoundedMap<number, HistoryEntry>(MAX_HISTORY)
  /** When the last message came, in milliseconds since the epoch. */
  updatedAt = 0

  constructor(
    /** Identifies it in its list. */
    readonly key: string,
    /** What to call it: an ID of the customer's. */
    readonly label: string
  ) {}

  /** Which messages changed what, the oldest first. */
  get history(): HistoryEntry[] {
    return Array.from(this.changes, ([, entry]) => entry).sort((one, other) => one.at - other.at)
  }

  /** How many older changes were evicted. */
  get droppedHistory(): number {
    return this.changes.dropped
  }

  /** What a search looks at. */
  get texts(): unknown[] {
    return [this.label, ...Array.from(this.traits, ([, value]) => value)]
  }

  /** Approximate bytes in memory. */
  get bytes(): number {
    return RECORD + 2 * this.key.length + this.traits.bytes + this.changes.bytes
  }

  /**
   * Sets traits one by one: the others stay. `Object.entries` has own properties only, so that a trait named
   * `__proto__` stays a trait. A message that changes nothing is not part of the history.
   *
   * @returns the traits whose value changed
   */
  update(traits: Data = {}, entry: Omit<HistoryEntry, 'traits'>): Trait[] {
    const { at, messageId, isNew, anonymousId, merged, joined } = entry
    const changed: Trait[] = []
    for (const [name, value] of Object.entries(traits)) {
      if (!this.traits.has(name) || !isDeepStrictEqual(this.traits.get(name), value)) {
        this.traits.set(name, value)
        changed.push({ name, value })
      }
    }
    this.updatedAt = at
    if (isNew || changed.length > 0 || (anonymousId ?? merged ?? joined) !== undefined) {
      this.addChange({ at, messageId, isNew, traits: changed, anonymousId, merged, joined })
    }
    return changed
  }

  /** Copies the data of another record. Its own traits win. */
  inherit(other: WorkspaceRecord): void {
    for (const [name, value] of other.traits) {
      if (!this.traits.has(name)) {
        this.traits.set(name, value)
      }
    }
    other.history.forEach((entry) => this.addChange(entry))
  }

  private addChange(entry: HistoryEntry): void {
    this.changes.set(this.changes.size + this.changes.dropped, entry)
  }
}
