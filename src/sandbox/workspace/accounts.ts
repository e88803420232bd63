import { LruSet } from './lru-set'
import { Account, dissociate } from './records'

/** The Accounts of a workspace, in the order of their last update. Their keys are their `groupId`s. */
export class Accounts extends LruSet<Account> {
  private readonly byGroupId = new Map<string, Account>()

  constructor(limit: number) {
    super(limit, {
      bytesOf: ({ bytes }) => bytes,
      textsOf: ({ texts }) => texts,
      onDrop: (account) => {
        account.users.forEach((user) => dissociate(user, account))
        this.byGroupId.delete(account.groupId)
      }
    })
  }

  get(groupId: string): Account | undefined {
    return this.byGroupId.get(groupId)
  }

  /** Returns the Account of a `groupId`, created if unknown. */
  getOrCreate(groupId: string): { record: Account; isNew: boolean } {
    const known = this.byGroupId.get(groupId)
    const record = known ?? new Account(groupId)
    this.byGroupId.set(groupId, record)
    return { record, isNew: known === undefined }
  }
}
