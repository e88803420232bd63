import { randomUUID } from 'node:crypto'
import type { SegmentEvent } from '@segment/actions-core'
import { CATALOG_ID, destination as astrolabe, withBaseUrl } from '../../catalog'
import { createRuntime } from '../../runtime'
import { faultSpec } from '../../sandbox/faults/spec'
import { FaultSwitch } from '../../sandbox/faults/switch'
import type { Change } from '../../sandbox/workspace/changes'
import { Workspace } from '../../sandbox/workspace/workspace'
import { createMessageIds } from '../../source'
import type { MessageIds } from '../../source'
import type { ConsoleStatus, JsonObject, Mapping, MessageSummary, Preview, Topic } from './api'
import { Deliverers } from './delivery/deliverers'
import { subscriptionOf } from './delivery/plan'
import { Destinations } from './destinations'
import type { DestinationRecord } from './destinations'
import { EngageSpace } from './engage-space'
import { GuideProgress } from './guide'
import type { GuideFacts } from './guide'
import { Intake } from './intake'
import { LiveFeed } from './live-feed'
import { MessageLog } from './message-log'
import { summarize } from './message-record'
import { previewView } from './message-view'
import { Sources } from './sources'

/** The path of Astrolabe's ingest API in the console's server. */
export const ASTROLABE_PATH = '/astrolabe'

export interface StateOptions extends Pick<ConsoleStatus, 'version' | 'hasBatchEndpoint' | 'keep'> {
  /** Where the server listens. Called late. */
  origin: () => string
}

/** Everything that the console holds, in memory. */
export class ConsoleState {
  /** Tells one run of the console from the next. */
  readonly run = randomUUID()
  readonly catalog = { id: CATALOG_ID, definition: astrolabe }
  readonly sources = new Sources()
  readonly guide = new GuideProgress()
  /** Astrolabe's side. */
  readonly workspace: Workspace
  readonly faults = new FaultSwitch()
  readonly destinations: Destinations
  readonly log: MessageLog
  /** Of the messages that sources have received, to find duplicates. */
  readonly messageIds: MessageIds = createMessageIds()
  readonly live: LiveFeed
  readonly deliverers: Deliverers
  readonly intake: Intake
  readonly engage: EngageSpace

  constructor(private readonly options: StateOptions) {
    const { keep } = options
    const sendingDefinition = () => withBaseUrl(astrolabe, `${this.origin()}${ASTROLABE_PATH}/v1`)
    this.destinations = new Destinations(astrolabe, sendingDefinition)
    this.workspace = new Workspace(keep)
    this.workspace.onChange((change) => this.noteChange(change))
    this.log = new MessageLog(keep)
    this.live = new LiveFeed({ run: this.run, summaryOf: (id) => this.summaryOf(id) })
    this.deliverers = new Deliverers({
      definition: sendingDefinition,
      maxPending: keep,
      onChange: (record) => {
        this.log.touch(record)
        this.live.messageChanged(record.id)
        this.live.changed('delivery')
      },
      onKeyTest: () => this.live.changed('destinations', 'guide')
    })
    this.engage = new EngageSpace({
      maxEvents: keep,
      send: (calls, ids) => this.intake.sendCalls(calls, ids).map(({ id }) => id)
    })
    this.intake = new Intake(this)
  }

  origin(): string {
    return this.options.origin()
  }

  status(): ConsoleStatus {
    const { version, hasBatchEndpoint, keep } = this.options
    return {
      version,
      url: this.origin(),
      run: this.run,
      hasBatchEndpoint,
      keep,
      faults: this.faults.active.map(faultSpec)
    }
  }

  guideFacts(): GuideFacts {
    const destinations = this.destinations.all()
    const destination = destinations.find(({ isEnabled }) => isEnabled) ?? destinations.at(-1)
    return {
      connectorId: [...this.workspace.connectors].at(-1)?.id,
      destinationId: destination?.id,
      hasKey: destination?.keyTest.outcome === 'good' || destination?.keyTest.outcome === 'unknown',
      isEnabled: destination?.isEnabled ?? false
    }
  }

  summaryOf(id: string): MessageSummary | undefined {
    const record = this.log.get(id)
    return record && summarize(record)
  }

  /** What an event would do at a destination. Sends nothing. */
  async preview(
    { mappings, filters, settings }: DestinationRecord,
    event: JsonObject,
    edited?: Mapping
  ): Promise<Preview> {
    const tried = edited ? [edited] : mappings.enabled()
    const runtime = createRuntime({
      definition: withBaseUrl(astrolabe, `${this.origin()}${ASTROLABE_PATH}/v1`),
      settings: { apiKey: '', ...settings },
      subscriptions: tried.map(subscriptionOf),
      filters: filters.enabled()
    })
    // The cast: the event may be anything while it is typed.
    const trace = await runtime.preview(event as unknown as SegmentEvent)
    return previewView(trace, event, tried)
  }

  /** Astrolabe tells of a change before it responds, so a message has its changes when it is delivered. */
  private noteChange({ kind, key, label, isNew, traits, messageId }: Change): void {
    this.live.changed(...TOPICS[kind])
    const record = messageId === undefined ? undefined : this.log.withMessageId(messageId)
    record?.addChange({ kind, key, label, isNew, traits })
  }

  /**
   * Forgets messages, Users, Accounts and events, and ends faults. What is set up stays, and so does what Event Delivery
   * and Engage have counted. A request that is on its way may still arrive.
   */
  reset(): void {
    this.deliverers.stop('The console was reset before this event was delivered.')
    this.faults.set([])
    this.messageIds.clear()
    this.log.clear()
    this.workspace.clear()
    this.live.changed('messages', 'delivery', 'users', 'accounts', 'events', 'faults')
  }

  close(): void {
    this.deliverers.close()
    this.log.close()
    this.live.close()
  }
}

const TOPICS: Record<Change['kind'], Topic[]> = {
  user: ['users'],
  account: ['accounts'],
  event: ['events'],
  blocked: ['connectors'],
  duplicate: []
}
