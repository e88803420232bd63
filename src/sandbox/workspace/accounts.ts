import { RecentMap } from '../../memory/recent-map'
import { Account, dissociate } from './records'

/** The Accounts of a workspace, in the order of their last update. Their keys are their `groupId`s. */
export class Accounts extends RecentMap<Account> {
  constructor(limit: number) {
    super(limit, {
      bytesOf: ({ bytes }) => bytes,
      textsOf: ({ texts }) => texts,
      onEvict: (account) => account.users.forEach((user) => dissociate(user, account))
    })
  }

  /** Returns the Account of a `groupId`, created if unknown. */
  getOrCreate(groupId: string): { record: Account; isNew: boolean } {
    const known = this.get(groupId)
    const record = known ?? new Account(groupId)
    if (!known) {
      this.set(groupId, record)
    }
    return { record, isNew: known === undefined }
  }
}
