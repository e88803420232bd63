import { dissociate } from './records'
import type { Account } from './records'
import { RecentSet } from './recent-set'

/** The Accounts of a workspace, in the order of their last update. */
export class Accounts {
  private readonly recent: RecentSet<Account>
  private readonly byGroupId = new Map<string, Account>()

  constructor(limit: number) {
    this.recent = new RecentSet(limit)
  }

  get dropped(): number {
    return this.recent.dropped
  }

  /** Returns the Account of a `groupId`, created if unknown. */
  named(groupId: string): Account {
    const account = this.byGroupId.get(groupId) ?? { groupId, traits: {}, users: new Set() }
    this.byGroupId.set(groupId, account)
    this.recent.add(account).forEach((dropped) => this.forget(dropped))
    return account
  }

  [Symbol.iterator](): Iterator<Account> {
    return this.recent[Symbol.iterator]()
  }

  private forget(account: Account): void {
    account.users.forEach((user) => dissociate(user, account))
    this.byGroupId.delete(account.groupId)
  }
}
