import { RecentMap } from '../../memory/recent-map'
import { fingerprint } from '../../memory/size'
import type { GroupMessage, IdentifyMessage, Message } from '../messages/schema'
import { Accounts } from './accounts'
import type { Change, ChangeListener } from './changes'
import { Connectors } from './connectors'
import type { Connector } from './connectors'
import { groupIdOf, RecordedEvent } from './events'
import { FreeEmailUsers } from './free-email'
import { associate, userKeys } from './records'
import { Users } from './users'
import type { Trait } from './workspace-record'

/** The memory for all Users, Accounts and events together, by the number that is kept of each. */
const BYTES_PER_RECORD = 2048
const MIN_BYTES = 64 * 1024 * 1024

/** What Astrolabe makes of the messages that it accepts: Users, Accounts and events, in memory and bounded. */
export class Workspace {
  readonly connectors = new Connectors()
  readonly users: Users
  readonly accounts: Accounts
  /** In the order in which they were received. */
  readonly events: RecentMap<RecordedEvent>
  private readonly maxBytes: number
  private readonly messageIds: RecentMap<true>
  private readonly freeEmailUsers: FreeEmailUsers
  private readonly listeners = new Set<ChangeListener>()

  /** @param keep how many Users, Accounts, events and message IDs of each to keep, the last ones */
  constructor(readonly keep = 100_000) {
    this.maxBytes = Math.max(MIN_BYTES, keep * BYTES_PER_RECORD)
    this.users = new Users(keep)
    this.accounts = new Accounts(keep)
    this.events = new RecentMap(keep, { bytesOf: ({ bytes }) => bytes, textsOf: ({ texts }) => texts })
    this.messageIds = new RecentMap(keep)
    this.freeEmailUsers = new FreeEmailUsers(keep)
  }

  /** How many were evicted. A message whose ID was evicted is no longer recognized if it comes again. */
  get dropped(): Record<'users' | 'accounts' | 'events' | 'messageIds', number> {
    return {
      users: this.users.dropped,
      accounts: this.accounts.dropped,
      events: this.events.dropped,
      messageIds: this.messageIds.dropped
    }
  }

  /** Calls a listener with every change, in order. Returns the function that ends it. */
  onChange(listener: ChangeListener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /**
   * Applies a valid message. One whose `messageId` was applied before changes nothing, and neither does one whose User
   * the connector blocks (the contract, "Assumed").
   *
   * @param text its JSON
   */
  receive(message: Message, text: string, connector: Connector): void {
    const id = message.messageId === undefined ? undefined : fingerprint(message.messageId)
    if (id !== undefined && this.messageIds.get(id)) {
      this.tell(message, connector, { kind: 'duplicate', key: connector.id, label: connector.name })
      return
    }
    const provider =
      connector.freeEmailProviders === 'block' ? this.freeEmailUsers.providerOf(message, this.users) : undefined
    if (provider !== undefined) {
      // Its ID is not kept: it may be sent again once the connector allows such Users.
      this.block(message, connector, provider)
      return
    }
    if (id !== undefined) {
      this.messageIds.set(id, true)
    }
    if (message.type === 'track') {
      const event = new RecordedEvent(this.events.nextKey, Date.now(), message, text)
      this.events.set(event.key, event)
      this.tell(message, connector, { kind: 'event', key: event.key, label: event.event, isNew: true })
    } else {
      this.update(message, connector)
    }
    this.evict()
  }

  /** Forgets every User, Account and event, and which messages it has received. Connectors stay. */
  clear(): void {
    this.users.clear()
    this.accounts.clear()
    this.events.clear()
    this.messageIds.clear()
  }

  private block(message: Message, connector: Connector, provider: string): void {
    const { type, messageId, userId, anonymousId = '' } = message
    const user = (userId ?? anonymousId).slice(0, 200)
    const { blocked } = connector
    blocked.set(blocked.nextKey, { at: Date.now(), messageId, type, user, provider })
    this.tell(message, connector, { kind: 'blocked', key: connector.id, label: provider })
  }

  private update(message: IdentifyMessage | GroupMessage, connector: Connector): void {
    const { type, messageId, traits } = message
    const at = Date.now()
    const groupId = type === 'group' ? message.groupId : groupIdOf(message)
    const account = groupId === undefined ? undefined : this.accounts.getOrCreate(groupId)
    const user = userKeys(message).length === 0 ? undefined : this.users.getOrCreate(message)
    const isJoining = user && account ? associate(user.record, account.record) : false
    if (user) {
      const { record, merged, ...identity } = user
      const joined = isJoining ? account?.record.label : undefined
      const entry = { at, messageId, merged: merged?.label, joined, ...identity }
      const changed = record.update(type === 'identify' ? traits : undefined, entry)
      this.users.set(record.key, record)
      this.tell(message, connector, { kind: 'user', key: record.key, label: record.label, isNew: user.isNew, changed })
    }
    if (account) {
      const { record, isNew } = account
      const joined = isJoining ? user?.record.label : undefined
      const changed = record.update(type === 'group' ? traits : undefined, { at, messageId, joined, isNew })
      this.accounts.set(record.key, record)
      this.tell(message, connector, { kind: 'account', key: record.key, label: record.label, isNew, changed })
    }
  }

  /** Evicts the oldest records of the kind that uses the most memory. */
  private evict(): void {
    const { users, accounts, events } = this
    while (users.bytes + accounts.bytes + events.bytes > this.maxBytes) {
      const [largest] = [users, accounts, events].sort((one, other) => other.bytes - one.bytes)
      largest.evictOldest()
    }
  }

  private tell(
    { messageId }: Message,
    { id: connectorId }: Connector,
    { changed = [], ...change }: Pick<Change, 'kind' | 'key' | 'label'> & { isNew?: boolean; changed?: Trait[] }
  ): void {
    for (const listener of this.listeners) {
      listener({ isNew: false, traits: changed.map(({ name }) => name), messageId, connectorId, ...change })
    }
  }
}
