import type { FastifyInstance } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import type { Page } from '../../memory/recent-map'
import { ApiError } from '../errors'
import type { Account, User } from '../workspace/records'
import type { Workspace } from '../workspace/workspace'

const MAX_LIMIT = 10_000

/** Numbers come as text. */
const querySchema = {
  type: 'object',
  properties: {
    limit: { type: 'string', pattern: '^([1-9]\\d{0,3}|10000)$' },
    after: { type: 'string', pattern: '^\\d{1,15}$' }
  },
  additionalProperties: false
} as const

type Query = FromSchema<typeof querySchema>

/**
 * Lists the records of a workspace, for tests and local runs. Astrolabe's ingest API has no such routes.
 *
 * Users and Accounts are sorted by their last update, events by arrival. `dropped` counts the records that were dropped.
 * A page with a `next` continues at `?after=<next>`.
 */
export async function recordsRoutes(app: FastifyInstance, { workspace }: { workspace: Workspace }): Promise<void> {
  const { users, accounts, events } = workspace
  const list = { schema: { hide: true, querystring: querySchema } }
  app.get<{ Querystring: Query }>('/v1/users', list, async ({ query }) => {
    const { items, ...page } = users.list(listQuery(query))
    return { users: items.map(userView), ...pageView(page) }
  })
  app.get<{ Querystring: Query }>('/v1/accounts', list, async ({ query }) => {
    const { items, ...page } = accounts.list(listQuery(query))
    return { accounts: items.map(accountView), ...pageView(page) }
  })
  app.get<{ Querystring: Query }>('/v1/events', list, async ({ query }) => {
    const { items, ...page } = events.list(listQuery(query))
    return { events: items.map(({ message }) => message), ...pageView(page) }
  })

  const one = { schema: { hide: true } }
  app.get<{ Params: { id: string } }>('/v1/users/:id', one, async ({ params: { id } }) => {
    const user = users.find({ userId: id, anonymousId: id })
    return user ? { ...userView(user), ...historyView(user) } : notFound('User')
  })
  app.get<{ Params: { id: string } }>('/v1/accounts/:id', one, async ({ params: { id } }) => {
    const account = accounts.get(id)
    return account ? { ...accountView(account), ...historyView(account) } : notFound('Account')
  })
}

function listQuery({ limit = '1000', after }: Query) {
  return {
    order: 'oldest first',
    limit: Math.min(Number(limit), MAX_LIMIT),
    ...(after !== undefined && { after: Number(after) })
  } as const
}

function pageView({ next, dropped }: Omit<Page<unknown>, 'items'>) {
  return { dropped, ...(next !== undefined && { next: String(next) }) }
}

function userView(user: User) {
  const { userId, anonymousIds, traits, accounts } = user
  return {
    userId,
    anonymousIds: Array.from(anonymousIds, ([id]) => id),
    traits: Object.fromEntries(traits),
    accounts: Array.from(accounts, ({ groupId }) => groupId),
    ...droppedView({ anonymousIds: anonymousIds.dropped, traits: traits.dropped, accounts: user.droppedAccounts })
  }
}

function accountView({ groupId, traits, users }: Account) {
  return {
    groupId,
    traits: Object.fromEntries(traits),
    users: Array.from(users, ({ label }) => label),
    ...droppedView({ traits: traits.dropped })
  }
}

/** Only if the record itself dropped something. */
function droppedView(counts: Record<string, number>) {
  const dropped = Object.entries(counts).filter(([, count]) => count > 0)
  return dropped.length > 0 ? { dropped: Object.fromEntries(dropped) } : {}
}

function historyView({ history, droppedHistory }: User | Account) {
  return {
    history: history.map(({ at, ...entry }) => ({ at: new Date(at).toISOString(), ...entry })),
    ...(droppedHistory > 0 && { droppedHistory })
  }
}

function notFound(kind: string): never {
  throw new ApiError(404, `There is no ${kind} with this ID`)
}
