import { Engage, InvalidComputationError } from '../../engage'
import type { Computation, ComputedTraitDefinition } from '../../engage'
import type { SegmentMessage } from '../../source'
import type {
  Audience,
  AudienceSettings,
  ComputedTrait,
  ComputedTraitSettings,
  Engage as EngageView,
  Instant,
  JsonObject,
  Sync
} from './api'
import { audienceView, computedTraitView, MAX_SHOWN, membershipChanges } from './engage-view'
import type { Snapshot } from './engage-view'
import { found, RequestError } from './request-error'

/** Syncs that are remembered. */
const MAX_SYNCS = 50

interface EngageSpaceOptions {
  maxEvents: number
  /** Sends calls through the mappings of destinations. Returns the IDs of the messages. */
  send: (calls: JsonObject[], destinationIds: string[]) => string[]
}

/** Engage with what belongs to it here: where calls go, the reference date, and what was sent. */
export class EngageSpace {
  private readonly engage: Engage
  private readonly destinationIds = new Map<string, string[]>()
  private readonly lastSyncs = new Map<string, Instant>()
  private syncs: Sync[] = []
  private movedTo: Date | undefined

  constructor(private readonly options: EngageSpaceOptions) {
    this.engage = new Engage({ maxEvents: options.maxEvents })
  }

  receive(message: SegmentMessage): void {
    this.engage.receive(message)
  }

  /** @param date undefined follows the clock again */
  moveReferenceDate(date: Date | undefined): void {
    this.movedTo = date
  }

  /** @throws RequestError (409) if its key is in use */
  addAudience({ destinationIds, ...settings }: AudienceSettings): Audience {
    const definition = { kind: 'audience' as const, ...settings }
    return audienceView(this.snapshot(this.add(definition, destinationIds)), definition)
  }

  /** Its trait keeps its key. @throws RequestError (404) if there is no such audience */
  changeAudience(id: string, { destinationIds, ...settings }: AudienceSettings): Audience {
    const definition = { kind: 'audience' as const, ...settings }
    const changed = found(this.engage.change(id, definition), 'audience')
    this.destinationIds.set(id, destinationIds)
    return audienceView(this.snapshot(changed), definition)
  }

  /** @throws RequestError (409) if its key is in use */
  addComputedTrait({ destinationIds, ...settings }: ComputedTraitSettings): ComputedTrait {
    const { kind, name, event, property = '' } = settings
    const definition: ComputedTraitDefinition =
      kind === 'count' ? { kind, name, event } : { kind, name, event, property }
    return computedTraitView(this.snapshot(this.add(definition, destinationIds)), definition)
  }

  remove(id: string): void {
    this.engage.remove(id)
    this.destinationIds.delete(id)
    this.lastSyncs.delete(id)
  }

  /** Sends what has changed since the last sync: at the first, a call for each User. */
  sync(): Sync {
    const at = new Date().toISOString()
    const date = this.referenceDate()
    const sent = this.engage.list().map(({ id, key, definition: { name, kind } }) => {
      const { joined, left } = membershipChanges(this.engage.pending(id, date))
      const calls = this.engage.sync(id, date)
      this.lastSyncs.set(id, at)
      // The cast: calls are JSON.
      const messageIds = this.options.send(calls as unknown as JsonObject[], this.destinationIds.get(id) ?? [])
      const members = { joined: joined.slice(0, MAX_SHOWN), left: left.slice(0, MAX_SHOWN) }
      return { name, key, count: calls.length, ...(kind === 'audience' && members), messageIds }
    })
    const sync: Sync = {
      at,
      referenceDate: date.toISOString(),
      calls: sent.map(({ messageIds: _messageIds, ...call }) => call),
      messageIds: sent.flatMap(({ messageIds }) => messageIds).slice(0, MAX_SHOWN)
    }
    this.syncs = [sync, ...this.syncs].slice(0, MAX_SYNCS)
    return sync
  }

  view(): EngageView {
    const snapshots = this.engage.list().map((computation) => this.snapshot(computation))
    return {
      referenceDate: this.referenceDate().toISOString(),
      isReferenceDateMoved: this.movedTo !== undefined,
      audiences: snapshots.flatMap((snapshot) => {
        const { definition } = snapshot.computation
        return definition.kind === 'audience' ? [audienceView(snapshot, definition)] : []
      }),
      computedTraits: snapshots.flatMap((snapshot) => {
        const { definition } = snapshot.computation
        return definition.kind === 'audience' ? [] : [computedTraitView(snapshot, definition)]
      }),
      syncs: this.syncs,
      events: this.engage.events,
      eventNames: this.engage.eventNames.slice(0, MAX_SHOWN)
    }
  }

  private add(definition: Computation['definition'], destinationIds: string[]): Computation {
    try {
      const computation = this.engage.add(definition)
      this.destinationIds.set(computation.id, destinationIds)
      return computation
    } catch (error) {
      throw error instanceof InvalidComputationError ? new RequestError(409, `${error.message}.`) : error
    }
  }

  private referenceDate(): Date {
    return this.movedTo ?? new Date()
  }

  private snapshot(computation: Computation): Snapshot {
    const { id } = computation
    return {
      computation,
      values: this.engage.values(id, this.referenceDate()),
      pending: this.engage.pending(id, this.referenceDate()),
      destinationIds: this.destinationIds.get(id) ?? [],
      lastSyncAt: this.lastSyncs.get(id)
    }
  }
}
