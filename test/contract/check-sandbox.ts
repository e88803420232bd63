import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { checkContract } from '../../src/contract/check-contract'
import type { CheckOptions } from '../../src/contract/check-contract'
import { createClient } from '../../src/contract/client'
import type { ClientOptions } from '../../src/contract/client'
import { Report } from '../../src/contract/report'
import type { Verdict } from '../../src/contract/rule'
import { buildSandbox } from '../../src/sandbox/build'
import type { SandboxOptions } from '../../src/sandbox/build'

export const API_KEY = 'fake-api-key'
export const KEY_WITHOUT_PERMISSION = 'fake-key-without-permission'

/** Serves an API on loopback while `use` runs. */
export async function serve<T>(app: FastifyInstance, use: (baseUrl: string) => Promise<T>): Promise<T> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  try {
    return await use(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}/v1`)
  } finally {
    await app.close()
  }
}

/** A sandbox that accepts `API_KEY`, knows `KEY_WITHOUT_PERMISSION`, and breaks the rules that `addFault` breaks. */
export function sandbox(
  addFault: (app: FastifyInstance) => void = () => undefined,
  options: Pick<SandboxOptions, 'batch'> = {}
): FastifyInstance {
  const app = buildSandbox({ apiKeys: [API_KEY], apiKeysWithoutPermission: [KEY_WITHOUT_PERMISSION], ...options })
  addFault(app)
  return app
}

export type Options = Partial<
  Pick<CheckOptions, 'readOnly' | 'load' | 'onRule'> & Pick<ClientOptions, 'timeLimit' | 'keyWithoutPermission'>
> & { stop?: AbortController }

/** Checks an API as `astrolabe-segment check` does, and closes it. */
export async function check(app: FastifyInstance, options: Options = {}): Promise<Report> {
  return serve(app, (baseUrl) => checkAt(baseUrl, options))
}

/** Checks an API that is already served. */
export async function checkAt(baseUrl: string, options: Options = {}): Promise<Report> {
  const { readOnly = false, load, onRule = () => undefined, timeLimit, stop = new AbortController() } = options
  const { keyWithoutPermission = KEY_WITHOUT_PERMISSION } = options
  const { signal } = stop
  const client = createClient({ baseUrl, apiKey: API_KEY, keyWithoutPermission, timeLimit, signal })
  return new Report(baseUrl, await checkContract({ client, readOnly, load, signal, onRule }), signal.aborted)
}

export function idsWith(verdict: Verdict, { results }: Report): string[] {
  return results.filter((result) => result.verdict === verdict).map(({ rule }) => rule.id)
}

export function reasonFor(id: string, { results }: Report): string | undefined {
  return results.find(({ rule }) => rule.id === id)?.reason
}
