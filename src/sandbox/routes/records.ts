import type { FastifyInstance } from 'fastify'
import type { Account, User } from '../records'
import type { Workspace } from '../workspace'

/**
 * What a workspace holds, for tests and local runs to look at. Astrolabe's ingest API has no such routes.
 *
 * Users and Accounts are listed from the one updated longest ago to the one updated last, events as they came;
 * `dropped` counts the ones that had to make room.
 */
export async function recordsRoutes(app: FastifyInstance, { workspace }: { workspace: Workspace }): Promise<void> {
  const { users, accounts, events } = workspace
  const options = { schema: { hide: true } }
  app.get('/v1/users', options, async () => ({ users: [...users].map(userView), dropped: users.dropped }))
  app.get('/v1/accounts', options, async () => ({
    accounts: [...accounts].map(accountView),
    dropped: accounts.dropped
  }))
  app.get('/v1/events', options, async () => ({ events: [...events], dropped: events.dropped }))
}

function userView({ userId, anonymousIds, traits, accounts }: User) {
  return { userId, anonymousIds: [...anonymousIds], traits, accounts: [...accounts].map(({ groupId }) => groupId) }
}

/** A User without a `userId` is listed by its anonymous id. */
function accountView({ groupId, traits, users }: Account) {
  return { groupId, traits, users: [...users].map(({ userId, anonymousIds }) => userId ?? [...anonymousIds][0]) }
}
