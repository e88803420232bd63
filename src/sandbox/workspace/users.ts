import { RecentMap } from '../../memory/recent-map'
import type { UserIds } from '../messages/schema'
import { associate, dissociate, User, userKeys } from './records'

/** The User that a message names, and what the message revealed about its identity. */
export interface Resolution {
  record: User
  isNew: boolean
  /** Not known of this User before. */
  anonymousId?: string
  /** The anonymous User that became part of this one. */
  merged?: User
}

/** The Users of a workspace, in the order of their last update, and the IDs that lead to them. */
export class Users extends RecentMap<User> {
  private readonly byId = new Map<string, User>()

  constructor(limit: number) {
    super(limit, {
      bytesOf: ({ bytes }) => bytes,
      textsOf: ({ texts }) => texts,
      onEvict: (user) => this.forget(user)
    })
  }

  /** By its key, or by the key of any of its anonymous IDs. */
  override get(key: string): User | undefined {
    return this.byId.get(key)
  }

  override clear(): void {
    super.clear()
    this.byId.clear()
  }

  /** By a `userId`, or else by an anonymous ID. */
  find({ userId, anonymousId }: UserIds): User | undefined {
    const [user] = userKeys({ userId, anonymousId }).flatMap((key) => this.byId.get(key) ?? [])
    return user
  }

  /**
   * Returns the User that a message names, created if unknown. `userId` decides if both IDs are there. The User then
   * remembers the anonymous ID, and a User that was known only by that ID becomes part of it.
   */
  getOrCreate(ids: UserIds): Resolution {
    const keys = userKeys(ids)
    const known = this.byId.get(keys[0])
    const user = known ?? new User(ids, (owner, anonymousId) => this.forgetKeys(owner, userKeys({ anonymousId })))
    let merged: User | undefined
    for (const key of keys) {
      const other = this.byId.get(key)
      if (other !== undefined && other !== user && other.userId === null) {
        merged = other
        this.mergeInto(user, other)
      }
      this.byId.set(key, user)
    }
    const { anonymousId } = ids
    const isNewId = anonymousId !== undefined && !user.anonymousIds.has(anonymousId)
    if (isNewId) {
      user.anonymousIds.set(anonymousId, true)
    }
    return { record: user, isNew: known === undefined, ...(isNewId && { anonymousId }), ...(merged && { merged }) }
  }

  /** What the User said under its own name counts for more than what it said before it had one. */
  private mergeInto(user: User, anonymous: User): void {
    user.inherit(anonymous)
    anonymous.accounts.forEach((account) => associate(user, account))
    this.delete(anonymous.key)
    this.forget(anonymous)
  }

  private forget(user: User): void {
    user.accounts.forEach((account) => dissociate(user, account))
    const anonymousKeys = Array.from(user.anonymousIds.keys()).flatMap((anonymousId) => userKeys({ anonymousId }))
    this.forgetKeys(user, [user.key, ...anonymousKeys])
  }

  /** An anonymous ID may have passed on to another User: one browser, two logins. */
  private forgetKeys(user: User, keys: string[]): void {
    keys.filter((key) => this.byId.get(key) === user).forEach((key) => this.byId.delete(key))
  }
}
