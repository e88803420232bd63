import type { UserIds } from './message'
import { associate, dissociate } from './records'
import type { User } from './records'
import { RecentSet } from './recent-set'

/** The Users of a workspace, in the order of their last update, and the ids that lead to them. */
export class Users {
  private readonly recent: RecentSet<User>
  private readonly byId = new Map<string, User>()

  constructor(limit: number) {
    this.recent = new RecentSet(limit)
  }

  get dropped(): number {
    return this.recent.dropped
  }

  /**
   * Returns the User that a message names, created if unknown. `userId` decides where both ids are there; the User then
   * remembers the anonymous id, and a User that was known by that id alone becomes part of it.
   */
  named(ids: UserIds): User {
    const keys = keysOf(ids.userId, ids.anonymousId === undefined ? [] : [ids.anonymousId])
    const user = this.byId.get(keys[0]) ?? newUser(ids.userId)
    for (const key of keys) {
      const other = this.byId.get(key)
      if (other !== undefined && other !== user && other.userId === null) {
        this.absorb(other, user)
      }
      this.byId.set(key, user)
    }
    if (ids.anonymousId !== undefined) {
      user.anonymousIds.add(ids.anonymousId)
    }
    this.recent.add(user).forEach((dropped) => this.forget(dropped))
    return user
  }

  [Symbol.iterator](): Iterator<User> {
    return this.recent[Symbol.iterator]()
  }

  /** What the User said under its own name counts for more than what it said before it had one. */
  private absorb(anonymous: User, user: User): void {
    user.traits = { ...anonymous.traits, ...user.traits }
    anonymous.accounts.forEach((account) => associate(user, account))
    this.recent.delete(anonymous)
    this.forget(anonymous)
  }

  private forget(user: User): void {
    user.accounts.forEach((account) => dissociate(user, account))
    for (const key of keysOf(user.userId, user.anonymousIds)) {
      // An anonymous id may have passed on to another User: one browser, two logins.
      if (this.byId.get(key) === user) {
        this.byId.delete(key)
      }
    }
  }
}

function newUser(userId: string | null = null): User {
  return { userId, anonymousIds: new Set(), traits: {}, accounts: new Set() }
}

/** Ids of the two kinds are told apart: an anonymous id that happens to equal somebody's user id is not that person. */
function keysOf(userId: string | null | undefined, anonymousIds: Iterable<string>): string[] {
  const anonymous = [...anonymousIds].map((id) => `anonymousId:${id}`)
  return typeof userId === 'string' ? [`userId:${userId}`, ...anonymous] : anonymous
}
