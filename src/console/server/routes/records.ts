import type { FastifyInstance } from 'fastify'
import type { JsonObject } from '../api'
import { accountSummary, eventView, historyView, linkTo, traitsOf, userSummary } from '../astrolabe-view'
import { pageQuerySchema, recordsPage } from '../page'
import { found } from '../request-error'
import { addRoute } from '../route'
import type { ConsoleState } from '../state'

const pageQuery = { type: 'object', properties: pageQuerySchema }

const eventQuery = {
  type: 'object',
  properties: { ...pageQuerySchema, user: { type: 'string' }, account: { type: 'string' } }
}

/** Events on the page of a User or an Account. */
const RECENT_EVENTS = 20

/** Users or Accounts on the page of the other at most. */
const MAX_LINKS = 1000

/** What Astrolabe holds: Users, Accounts and events. */
export async function recordRoutes(app: FastifyInstance, { state }: { state: ConsoleState }): Promise<void> {
  const { workspace, log } = state
  const { users, accounts, events } = workspace
  const findMessage = (messageId: string) => log.withMessageId(messageId)
  const recent = (matches: NonNullable<Parameters<typeof events.list>[0]['matches']>) =>
    events
      .list({ order: 'newest first', limit: RECENT_EVENTS, matches })
      .items.map((event) => eventView(event, workspace))

  addRoute(app, 'GET /api/users', { schema: { querystring: pageQuery } }, ({ query }) =>
    recordsPage(users, query, userSummary)
  )

  addRoute(app, 'GET /api/users/:key', {}, ({ params: { key } }) => {
    const user = found(users.get(key), 'User')
    return {
      ...userSummary(user),
      traitValues: traitsOf(user),
      anonymousIds: Array.from(user.anonymousIds, ([id]) => id),
      memberOf: [...user.accounts].slice(-MAX_LINKS).map(linkTo),
      recentEvents: recent((event) => event.isOf(user)),
      history: historyView(user, findMessage),
      dropped: {
        traits: user.traits.dropped,
        anonymousIds: user.anonymousIds.dropped,
        links: user.droppedAccounts
      }
    }
  })

  addRoute(app, 'GET /api/accounts', { schema: { querystring: pageQuery } }, ({ query }) =>
    recordsPage(accounts, query, accountSummary)
  )

  addRoute(app, 'GET /api/accounts/:key', {}, ({ params: { key } }) => {
    const account = found(accounts.get(key), 'Account')
    return {
      ...accountSummary(account),
      traitValues: traitsOf(account),
      members: [...account.users].slice(-MAX_LINKS).map(linkTo),
      recentEvents: recent(({ groupId }) => groupId === account.groupId),
      history: historyView(account, findMessage),
      dropped: { traits: account.traits.dropped, anonymousIds: 0, links: 0 }
    }
  })

  addRoute(app, 'GET /api/events', { schema: { querystring: eventQuery } }, ({ query }) => {
    const user = query.user === undefined ? undefined : found(users.get(query.user), 'User')
    const matches: typeof recent extends (match: infer Match) => unknown ? Match : never = (event) =>
      (user === undefined || event.isOf(user)) && (query.account === undefined || event.groupId === query.account)
    return recordsPage(events, { ...query, matches }, (event) => eventView(event, workspace))
  })

  addRoute(app, 'GET /api/events/:key', {}, ({ params: { key } }) => {
    const event = found(events.get(key), 'event')
    // The cast: the message is JSON.
    return { ...eventView(event, workspace), message: event.message as unknown as JsonObject }
  })
}
