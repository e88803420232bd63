import { randomUUID } from 'node:crypto'
import { engageCall } from './call'
import type { EngageCall } from './call'
import { keyOf } from './computation'
import type { Computation, ComputationDefinition } from './computation'
import { evaluate, subjectKey } from './evaluate'
import type { TraitValue } from './evaluate'
import { EventHistory } from './history'
import type { ReceivedEvent } from './history'

/** Far more than a person creates by hand. */
const MAX_COMPUTATIONS = 100

/** A definition that can't be added. Its message is written for the user. */
export class InvalidComputationError extends Error {
  override readonly name = 'InvalidComputationError'
}

interface ComputationState extends Computation {
  /** What was sent last, by subject. */
  sent: Map<string, TraitValue>
}

/**
 * Audiences and computed traits over received events, as Segment's Engage has them. It holds events and results in
 * memory and sends nothing: `sync` returns the calls.
 *
 * The first sync returns a call for everybody in an audience, each later one only for those who joined (`true`) or left
 * (`false`) since. The reference date is "now" for all conditions: move it to watch a User leave.
 */
export class Engage {
  private readonly computations = new Map<string, ComputationState>()
  private readonly history: EventHistory
  private readonly spaceId: string

  constructor({ spaceId = 'spa_local', maxEvents = 10_000 }: { spaceId?: string; maxEvents?: number } = {}) {
    this.spaceId = spaceId
    this.history = new EventHistory(maxEvents)
  }

  /** How many events conditions can see, and how many were dropped because of the memory limit. */
  get events(): { kept: number; dropped: number } {
    return { kept: this.history.kept, dropped: this.history.dropped }
  }

  get eventNames(): string[] {
    return this.history.names
  }

  receive(message: ReceivedEvent): void {
    this.history.receive(message)
  }

  /** @throws InvalidComputationError if its key is empty or in use, or if there are 100 already */
  add(definition: ComputationDefinition): Computation {
    const key = keyOf(definition.name)
    if (key === '') {
      throw new InvalidComputationError('The name has no letter or digit that could become the key of a trait')
    }
    if (this.list().some((other) => other.key === key)) {
      throw new InvalidComputationError(`The key "${key}" is in use: choose another name`)
    }
    if (this.computations.size >= MAX_COMPUTATIONS) {
      throw new InvalidComputationError(`There are ${MAX_COMPUTATIONS} audiences and computed traits: remove one first`)
    }
    const id = `${definition.kind === 'audience' ? 'aud' : 'trait'}_${randomUUID().replaceAll('-', '')}`
    this.computations.set(id, { id, key, definition, sent: new Map() })
    return { id, key, definition }
  }

  /** Its key stays, as in Segment, so that the next sync corrects the same trait. Undefined if there is none. */
  change(id: string, definition: ComputationDefinition): Computation | undefined {
    const before = this.computations.get(id)
    if (before) {
      this.computations.set(id, { ...before, definition })
    }
    return before && { id, key: before.key, definition }
  }

  list(): Computation[] {
    return [...this.computations.values()].map(({ id, key, definition }) => ({ id, key, definition }))
  }

  /** Does nothing if there is none. Engage sends no calls either: traits that were sent stay. */
  remove(id: string): void {
    this.computations.delete(id)
  }

  /** Everybody in an audience, or everybody's computed trait, at a reference date. Empty if there is no such ID. */
  values(id: string, referenceDate: Date): TraitValue[] {
    const computation = this.computations.get(id)
    return computation ? [...evaluate(computation.definition, this.history, referenceDate).values()] : []
  }

  pending(id: string, referenceDate: Date): TraitValue[] {
    const computation = this.computations.get(id)
    return computation ? this.changes(computation, referenceDate).changes : []
  }

  /** The calls that bring a destination up to date. They count as sent. */
  sync(id: string, referenceDate: Date): EngageCall[] {
    const computation = this.computations.get(id)
    if (!computation) {
      return []
    }
    const { changes, current } = this.changes(computation, referenceDate)
    computation.sent = current
    return changes.map((change) => engageCall(computation, change, this.spaceId))
  }

  private changes({ definition, sent }: ComputationState, referenceDate: Date) {
    const current = evaluate(definition, this.history, referenceDate)
    const before = new Map([...sent.values()].map((value) => this.identified(value)))
    const joined = [...current].filter(([key, { value }]) => !isSame(before.get(key)?.value, value))
    const left = [...before].filter(([key]) => !current.has(key))
    return {
      current,
      changes: [
        ...left.map(([, { subject }]) => ({ subject, value: valueWithout(definition) })),
        ...joined.map(([, value]) => value)
      ]
    }
  }

  /** An anonymous User who was identified since is the same User: nobody has left. */
  private identified({ subject, value }: TraitValue): [string, TraitValue] {
    const now = 'anonymousId' in subject ? (this.history.userOf(subject) ?? subject) : subject
    return [subjectKey(now), { subject: now, value }]
  }
}

/** The value for somebody who no longer has one. `null` clears a trait. */
function valueWithout({ kind }: ComputationDefinition): unknown {
  return kind === 'audience' ? false : kind === 'count' ? 0 : null
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
