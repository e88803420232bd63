import type { FastifyInstance } from 'fastify'
import { SANDBOX_API_KEY } from '../../src/sandbox/build'
import type { Message } from '../../src/sandbox/messages/schema'
import type { Change } from '../../src/sandbox/workspace/changes'
import { Workspace } from '../../src/sandbox/workspace/workspace'
import { basic } from '../http'

export interface Answer {
  status: number
  body: unknown
}

/** Posts JSON with the sandbox's own key. */
export async function post(app: FastifyInstance, url: string, body: unknown): Promise<Answer> {
  return postText(app, url, JSON.stringify(body))
}

/** Posts a text as it is, declared to be JSON. */
export async function postText(app: FastifyInstance, url: string, text: string): Promise<Answer> {
  const headers = { authorization: basic(`${SANDBOX_API_KEY}:`), 'content-type': 'application/json' }
  const response = await app.inject({ method: 'POST', url, headers, payload: text })
  return { status: response.statusCode, body: response.json() }
}

/** Posts messages one by one, and fails if one is rejected. */
export async function accept(app: FastifyInstance, ...messages: unknown[]): Promise<void> {
  for (const message of messages) {
    expect(await post(app, '/v1/events', message)).toEqual({ status: 200, body: {} })
  }
}

/** What the sandbox holds: the body of one of its GET routes, with a query such as `?limit=1`. */
export async function held(
  app: FastifyInstance,
  records: 'users' | 'accounts' | 'events',
  query = ''
): Promise<unknown> {
  const headers = { authorization: basic(`${SANDBOX_API_KEY}:`) }
  return (await app.inject({ url: `/v1/${records}${query}`, headers })).json()
}

/** A workspace with one connector, and all that changes in it. */
export function observedWorkspace(keep?: number) {
  const workspace = new Workspace(keep)
  const connector = workspace.connectors.add({ name: 'Website' })
  const changes: Change[] = []
  workspace.onChange((change) => changes.push(change))
  const receive = (...messages: Message[]) => {
    messages.forEach((message) => workspace.receive(message, JSON.stringify(message), connector))
  }
  return { workspace, connector, changes, receive }
}
