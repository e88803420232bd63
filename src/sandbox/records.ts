import type { Data } from './message'

/** A person. Known by `userId`, or, until a message names it, by one anonymous id alone. */
export interface User {
  userId: string | null
  readonly anonymousIds: Set<string>
  traits: Data
  readonly accounts: Set<Account>
}

/** A company, or whatever else a `group` message groups Users by. */
export interface Account {
  readonly groupId: string
  traits: Data
  readonly users: Set<User>
}

/** Associates a User with an Account. Both sides know of it, so that either can go without leaving a trace. */
export function associate(user: User, account: Account): void {
  user.accounts.add(account)
  account.users.add(user)
}

export function dissociate(user: User, account: Account): void {
  user.accounts.delete(account)
  account.users.delete(user)
}
