import { BoundedMap } from '../../memory/bounded-map'
import type { UserIds } from '../messages/schema'
import { WorkspaceRecord } from './workspace-record'

const MAX_ANONYMOUS_IDS = { entries: 1000, bytes: 64 * 1024 }
const MAX_ACCOUNTS = 1000

/** Bytes of one side of an association. */
const ASSOCIATION = 100

/** A person. Known by `userId`, or, until a message names it, only by an anonymous ID. */
export class User extends WorkspaceRecord {
  readonly userId: string | null
  readonly anonymousIds: BoundedMap<string, true>
  readonly accounts = new Set<Account>()
  /** The number of Accounts that it was removed from, because it had too many. */
  droppedAccounts = 0

  /** @param onEvictId called with each anonymous ID that is evicted */
  constructor(ids: UserIds, onEvictId: (user: User, anonymousId: string) => void) {
    super(userKeys(ids)[0], ids.userId ?? ids.anonymousId ?? '')
    this.userId = ids.userId ?? null
    this.anonymousIds = new BoundedMap(MAX_ANONYMOUS_IDS, (id) => onEvictId(this, id))
  }

  override get texts(): unknown[] {
    return [...super.texts, ...Array.from(this.anonymousIds, ([id]) => id)]
  }

  override get bytes(): number {
    return super.bytes + 2 * this.anonymousIds.bytes + ASSOCIATION * this.accounts.size
  }
}

/** A company, or whatever else a `group` message groups Users by. */
export class Account extends WorkspaceRecord {
  readonly users = new Set<User>()

  constructor(readonly groupId: string) {
    super(groupId, groupId)
  }

  override get bytes(): number {
    return super.bytes + ASSOCIATION * this.users.size
  }
}

/** Both sides know of it, so that either can go without leaving a trace. Returns whether it is new. */
export function associate(user: User, account: Account): boolean {
  const isNew = !user.accounts.has(account)
  user.accounts.add(account)
  account.users.add(user)
  if (user.accounts.size > MAX_ACCOUNTS) {
    const [oldest] = user.accounts
    dissociate(user, oldest)
    user.droppedAccounts++
  }
  return isNew
}

export function dissociate(user: User, account: Account): void {
  user.accounts.delete(account)
  account.users.delete(user)
}

/**
 * The keys of the IDs, that of the `userId` first. IDs of the two kinds are told apart: an anonymous ID that happens to
 * equal somebody's user ID is not that person.
 */
export function userKeys({ userId, anonymousId }: UserIds): string[] {
  return [
    ...(userId === undefined ? [] : [`userId:${userId}`]),
    ...(anonymousId === undefined ? [] : [`anonymousId:${anonymousId}`])
  ]
}
