import Table from 'cli-table3'
import ky from 'ky'
import type { Target } from './target'

/** What the sandbox answers when it is asked what it holds. */
interface Holdings {
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

/** The Users, Accounts and events that a sandbox holds, as tables. Read over HTTP, as anybody else would. */
export async function describeHoldings({ url, settings }: Pick<Target, 'url' | 'settings'>): Promise<string> {
  const api = ky.create({
    prefixUrl: url,
    headers: { Authorization: `Basic ${Buffer.from(`${settings.apiKey}:`).toString('base64')}` }
  })
  const [{ users }, { accounts }, { events }] = await Promise.all([
    api.get('users').json<Pick<Holdings, 'users'>>(),
    api.get('accounts').json<Pick<Holdings, 'accounts'>>(),
    api.get('events').json<Pick<Holdings, 'events'>>()
  ])
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

function table(title: string, head: string[], rows: Cell[][]): string {
  const cells = new Table({ head, style: { head: [], border: [] } })
  cells.push(...rows.map((row) => row.map(describeCell)))
  return `${title}\n${cells.toString()}`
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
