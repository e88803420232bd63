import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { listenOnLoopback } from '../../src/loopback/listen'
import { buildSandbox, SANDBOX_API_KEY } from '../../src/sandbox/build'

const LATENCY = 50

/** What a sandbox holds, for comparison with another one. */
export interface Contents {
  users: number
  accounts: number
  events: number
  distinctEvents: number
  /** Of all Users and Accounts, whatever the order in which they were updated last. */
  hash: string
}

/** A sandbox in another process, behind a delay. */
export interface SandboxProcess {
  /** The base URL of its ingest API. */
  url: string
  /** Messages that arrived so far, repeated ones included. */
  arrived(): number
  contents(): Promise<Contents>
  close(): void
}

/** @param keep how many Users, Accounts, events and message IDs it keeps of each */
export async function startSandboxProcess(keep: number): Promise<SandboxProcess> {
  const child = fork(__filename, [String(keep)])
  const [url] = (await once(child, 'message')) as [string]
  let arrived = 0
  let resolve = (_contents: Contents) => undefined as void
  child.on('message', (message: number | Contents) => {
    if (typeof message === 'number') {
      arrived = message
    } else {
      resolve(message)
    }
  })
  return {
    url,
    arrived: () => arrived,
    contents: () => {
      child.send('contents')
      return new Promise((settle) => (resolve = settle))
    },
    close: () => child.disconnect()
  }
}

async function serve(keep: number): Promise<void> {
  const app = buildSandbox({ keep })
  let arrived = 0
  app.addHook('preHandler', async ({ method, body }) => {
    if (method === 'POST') {
      arrived += (body as { batch?: unknown[] }).batch?.length ?? 1
      process.send?.(arrived)
      await sleep(LATENCY)
    }
  })
  const origin = await listenOnLoopback(app, 0)
  const read = async (kind: string): Promise<object[]> => {
    const items: object[] = []
    for (let after: string | undefined = ''; after !== undefined;) {
      const url: string = `/v1/${kind}?limit=10000${after && `&after=${after}`}`
      const authorization = `Basic ${Buffer.from(`${SANDBOX_API_KEY}:`).toString('base64')}`
      const page = (await app.inject({ url, headers: { authorization } })).json<Page>()
      items.push(...(page[kind] as object[]))
      after = page.next
    }
    return items
  }
  process.on('message', () => void readContents(read).then((contents) => process.send?.(contents)))
  process.on('disconnect', () => void app.close())
  process.send?.(`${origin}/v1`)
}

type Page = { next?: string } & Record<string, unknown>

async function readContents(read: (kind: string) => Promise<object[]>): Promise<Contents> {
  const users = await read('users')
  const accounts = await read('accounts')
  const events = (await read('events')) as { messageId: string }[]
  const hash = createHash('sha256')
  for (const text of [...users, ...accounts].map(canonical).sort()) {
    hash.update(text)
  }
  return {
    users: users.length,
    accounts: accounts.length,
    events: events.length,
    distinctEvents: new Set(events.map(({ messageId }) => messageId)).size,
    hash: hash.digest('hex')
  }
}

/** The members of an Account and the Accounts of a User are sets, and the order of traits says nothing either. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).sort().join()}]`
  }
  return typeof value === 'object' && value !== null
    ? `{${Object.entries(value)
        .map(([key, item]) => `${key}:${canonical(item)}`)
        .sort()
        .join()}}`
    : JSON.stringify(value)
}

if (require.main === module) {
  void serve(Number(process.argv[2]))
}
