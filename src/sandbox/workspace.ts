import { Accounts } from './accounts'
import type { Data, GroupMessage, IdentifyMessage, Message, TrackMessage, UserIds } from './message'
import { associate } from './records'
import { RecentSet } from './recent-set'
import { Users } from './users'

/** What Astrolabe makes of the messages that it accepts: Users, Accounts and events, in memory and bounded. */
export class Workspace {
  readonly users: Users
  readonly accounts: Accounts
  readonly events: RecentSet<TrackMessage>
  private readonly messageIds: RecentSet<string>

  constructor({ maxEvents, maxRecords }: { maxEvents: number; maxRecords: number }) {
    this.users = new Users(maxRecords)
    this.accounts = new Accounts(maxRecords)
    this.events = new RecentSet(maxEvents)
    this.messageIds = new RecentSet(maxEvents)
  }

  /** Applies a valid message; one whose `messageId` was applied before changes nothing (the contract, "Assumed"). */
  take(message: Message): void {
    const { messageId } = message
    if (messageId !== undefined) {
      if (this.messageIds.has(messageId)) {
        return
      }
      this.messageIds.add(messageId)
    }
    if (message.type === 'identify') {
      this.identify(message)
    } else if (message.type === 'group') {
      this.group(message)
    } else {
      this.events.add(message)
    }
  }

  private identify(message: IdentifyMessage): void {
    const user = this.users.named(message)
    user.traits = merge(user.traits, message.traits)
    // `context` is open: what is no id of an Account there is data without a meaning here.
    const groupId = message.context?.groupId
    if (typeof groupId === 'string' && groupId !== '') {
      associate(user, this.accounts.named(groupId))
    }
  }

  private group(message: GroupMessage): void {
    const account = this.accounts.named(message.groupId)
    account.traits = merge(account.traits, message.traits)
    if (namesUser(message)) {
      associate(this.users.named(message), account)
    }
  }
}

/** Spreading copies own properties one by one: a trait called `__proto__` stays a trait and reaches no prototype. */
function merge(older: Data, newer: Data | undefined): Data {
  return { ...older, ...newer }
}

function namesUser(message: GroupMessage): message is GroupMessage & UserIds {
  return message.userId !== undefined || message.anonymousId !== undefined
}
