import type { FastifyInstance } from 'fastify'
import type { RecordedEvent } from '../../../sandbox/workspace/events'
import type { Workspace } from '../../../sandbox/workspace/workspace'
import type { JsonObject } from '../api'
import { accountSummary, eventView, historyView, linkTo, traitsOf, userSummary } from '../astrolabe-view'
import { pageOf, pageQuerySchema } from '../page'
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
  userRoutes(app, state)
  accountRoutes(app, state)
  eventRoutes(app, state)
}

function userRoutes(app: FastifyInstance, { workspace, log }: ConsoleState): void {
  const { users } = workspace

  addRoute(app, 'GET /api/users', { schema: { querystring: pageQuery } }, ({ query }) =>
    pageOf(users, query, userSummary)
  )

  addRoute(app, 'GET /api/users/:key', {}, ({ params: { key } }) => {
    const user = found(users.get(key), 'User')
    return {
      ...userSummary(user),
      traitValues: traitsOf(user),
      anonymousIds: Array.from(user.anonymousIds, ([id]) => id),
      memberOf: [...user.accounts].slice(-MAX_LINKS).map(linkTo),
      recentEvents: recentEvents(workspace, (event) => event.isOf(user)),
      history: historyView(user, (messageId) => log.withMessageId(messageId)),
      dropped: {
        traits: user.traits.dropped,
        anonymousIds: user.anonymousIds.dropped,
        links: user.droppedAccounts
      }
    }
  })
}

function accountRoutes(app: FastifyInstance, { workspace, log }: ConsoleState): void {
  const { accounts } = workspace

  addRoute(app, 'GET /api/accounts', { schema: { querystring: pageQuery } }, ({ query }) =>
    pageOf(accounts, query, accountSummary)
  )

  addRoute(app, 'GET /api/accounts/:key', {}, ({ params: { key } }) => {
    const account = found(accounts.get(key), 'Account')
    return {
      ...accountSummary(account),
      traitValues: traitsOf(account),
      members: [...account.users].slice(-MAX_LINKS).map(linkTo),
      recentEvents: recentEvents(workspace, ({ groupId }) => groupId === account.groupId),
      history: historyView(account, (messageId) => log.withMessageId(messageId)),
      dropped: { traits: account.traits.dropped, anonymousIds: 0, links: 0 }
    }
  })
}

function eventRoutes(app: FastifyInstance, { workspace }: ConsoleState): void {
  const { users, events } = workspace

  addRoute(app, 'GET /api/events', { schema: { querystring: eventQuery } }, ({ query }) => {
    const user = query.user === undefined ? undefined : found(users.get(query.user), 'User')
    const matches = (event: RecordedEvent) =>
      (user === undefined || event.isOf(user)) && (query.account === undefined || event.groupId === query.account)
    return pageOf(events, { ...query, matches }, (event) => eventView(event, workspace))
  })

  addRoute(app, 'GET /api/events/:key', {}, ({ params: { key } }) => {
    const event = found(events.get(key), 'event')
    // The cast: the message is JSON.
    return { ...eventView(event, workspace), message: event.message as unknown as JsonObject }
  })
}

function recentEvents(workspace: Workspace, matches: (event: RecordedEvent) => boolean) {
  const { items } = workspace.events.list({ order: 'newest first', limit: RECENT_EVENTS, matches })
  return items.map((event) => eventView(event, workspace))
}
