import ky from 'ky'
import { formatNumber } from './format'
import { renderTable } from './table'
import type { Target } from './target'

/** Responses of the sandbox about its records. */
interface Records {
  users: { userId: string | null; anonymousIds: string[]; traits: object; accounts: string[] }[]
  accounts: { groupId: string; traits: object; users: string[] }[]
  events: {
    event: string
    userId?: string
    anonymousId?: string
    properties?: object
    context?: { groupId?: string }
  }[]
}

type Cell = string | string[] | object | null | undefined

/** More records than this are only counted. */
const MAX_ROWS = 50

/**
 * The Users, Accounts and events in a sandbox, as tables. Read over HTTP, as anybody else would.
 *
 * @param columns width of the terminal
 */
export async function describeSandbox({ url, settings }: Pick<Target, 'url' | 'settings'>, columns: number) {
  const api = ky.create({
    prefixUrl: url,
    headers: { Authorization: `Basic ${Buffer.from(`${settings.apiKey}:`).toString('base64')}` }
  })
  const [{ users }, { accounts }, { events }] = await Promise.all([
    api.get('users').json<Pick<Records, 'users'>>(),
    api.get('accounts').json<Pick<Records, 'accounts'>>(),
    api.get('events').json<Pick<Records, 'events'>>()
  ])
  const table = (title: string, head: string[], rows: Cell[][]) => {
    const shown = rows.slice(0, MAX_ROWS).map((row) => row.map(describeCell))
    const more = rows.length - shown.length
    return `${title}\n${renderTable(head, shown, columns)}${more > 0 ? `\n… and ${formatNumber(more)} more` : ''}`
  }
  return [
    table(
      'Users',
      ['User ID', 'Anonymous IDs', 'Traits', 'Accounts'],
      users.map((user) => [user.userId, user.anonymousIds, user.traits, user.accounts])
    ),
    table(
      'Accounts',
      ['Account ID', 'Traits', 'Users'],
      accounts.map((account) => [account.groupId, account.traits, account.users])
    ),
    table(
      'Events',
      ['Event', 'User', 'Account', 'Properties'],
      events.map((event) => [event.event, event.userId ?? event.anonymousId, event.context?.groupId, event.properties])
    )
  ].join('\n\n')
}

function describeCell(cell: Cell): string {
  if (typeof cell === 'string') {
    return cell
  }
  if (Array.isArray(cell)) {
    return cell.join('\n')
  }
  return Object.entries(cell ?? {})
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join('\n')
}
