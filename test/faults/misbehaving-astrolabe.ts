import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { inspect } from 'node:util'
import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, Result, SegmentEvent } from '@segment/actions-core'
import { destination, withBaseUrl } from '../../src/catalog'
import type { Settings } from '../../src/destinations/astrolabe/generated-types'
import { attemptWithSignal } from '../../src/runtime/attempt-signal'
import { isRetryable } from '../../src/runtime/retryable'
import { buildSandbox } from '../../src/sandbox/build'
import type { SandboxOptions } from '../../src/sandbox/build'
import { certificateAuthority } from '../../src/sandbox/faults/certificate'

/** What became of one event. */
export interface Fate {
  outcome: 'confirmed' | 'refused' | 'try again'
  /** What the customer is shown. */
  message?: string
  /** All that the platform can read off the error, its stack included. */
  trace?: string
}

export interface MisbehavingAstrolabe {
  url: string
  /** One event as the platform delivers it, once. */
  deliver(event: SegmentEvent): Promise<Fate>
  /** The fate of each of the events, delivered as one batch, once. */
  deliverBatch(events: SegmentEvent[]): Promise<Fate[]>
  /** Checks the key as Segment does when it is pasted: `good`, or the message that the customer is shown. */
  checkKey(): Promise<string>
  /** How many requests have come in so far. */
  readonly requests: number
  /** Resolves once the client has no request on any connection: never, where one leaks. */
  untilNoRequestIsOpen(): Promise<void>
  /** What the sandbox holds of a kind. */
  held<T>(kind: 'users' | 'accounts' | 'events'): Promise<T[]>
  close(): Promise<void>
}

/** A key that looks another in a URL, in base64 and in the clear. It opens nothing but a sandbox. */
export const API_KEY = 'fake key+/ä!'

/** Starts a sandbox on a real socket, and points the destination at it. */
export async function startMisbehavingAstrolabe(
  options: Pick<SandboxOptions, 'apiKeys' | 'faults' | 'onFault'>,
  settings: Settings = { apiKey: API_KEY }
): Promise<MisbehavingAstrolabe> {
  const app = buildSandbox({ apiKeys: [API_KEY], ...options })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const isTls = app.server instanceof https.Server
  const url = `${isTls ? 'https' : 'http'}://127.0.0.1:${port}/v1`
  if (isTls) {
    https.globalAgent.options.ca = certificateAuthority()
  }
  const definition = withBaseUrl(destination, url)
  let requests = 0
  app.server.on('request', () => requests++)

  const dataFor = ({ type }: SegmentEvent, more: object = {}) =>
    ({ ...settings, ...more, subscription: automaticPreset(definition, type) }) as unknown as JSONObject
  return {
    url,
    deliver: (event) =>
      attemptWithSignal((signal) =>
        new Destination(definition).onEvent(event, dataFor(event), { signal }).then(() => CONFIRMED, fateOf)
      ),
    deliverBatch: (events) =>
      attemptWithSignal((signal) =>
        new Destination(definition).onBatch(events, dataFor(events[0]), { signal }).then(
          ([{ multistatus = [] }]) => multistatus.map(fateOfNode),
          (error: Error) => events.map(() => fateOf(error))
        )
      ),
    checkKey: () =>
      new Destination(definition).testAuthentication(settings).then(
        () => 'good',
        ({ message }: Error) => message
      ),
    get requests() {
      return requests
    },
    async untilNoRequestIsOpen() {
      while (AGENTS.some(({ sockets }) => socketsIn(sockets).some(({ destroyed }) => !destroyed))) {
        await setImmediate()
      }
    },
    async held<T>(kind: string) {
      const authorization = `Basic ${Buffer.from(`${(options.apiKeys ?? [API_KEY])[0]}:`).toString('base64')}`
      const answer = await app.inject({ url: `/v1/${kind}`, headers: { authorization } })
      return answer.json<Record<string, T[]>>()[kind]
    },
    async close() {
      await app.close()
      delete https.globalAgent.options.ca
      await untilClientHasClosed()
    }
  }
}

const CONFIRMED: Fate = { outcome: 'confirmed' }

function automaticPreset({ presets = [] }: DestinationDefinition<Settings>, action: string) {
  return presets.find(({ type, partnerAction }) => type === 'automatic' && partnerAction === action)
}

function fateOf(error: Error): Fate {
  const outcome = isRetryable(error) ? 'try again' : 'refused'
  return { outcome, message: error.message, trace: inspect(error, { depth: null, showHidden: true }) }
}

function fateOfNode(node: NonNullable<Result['multistatus']>[number]): Fate {
  if (!('errormessage' in node)) {
    return CONFIRMED
  }
  return {
    ...fateOf(Object.assign(new Error(node.errormessage), { status: node.status })),
    // `sent` is the customer's own event, which Segment shows beside the error.
    trace: JSON.stringify({ ...node, sent: undefined })
  }
}

/** The framework sends by Node's own. */
const AGENTS: http.Agent[] = [http.globalAgent, https.globalAgent]

function socketsIn(byHost: http.Agent['sockets']): Socket[] {
  return Object.values(byHost).flatMap((sockets = []) => sockets)
}

async function untilClientHasClosed(): Promise<void> {
  const sockets = AGENTS.flatMap((agent) => [...socketsIn(agent.sockets), ...socketsIn(agent.freeSockets)])
  await Promise.all(sockets.filter(({ closed }) => !closed).map((socket) => once(socket, 'close')))
}
