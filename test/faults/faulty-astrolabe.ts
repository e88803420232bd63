import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { inspect } from 'node:util'
import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, Result, SegmentEvent } from '@segment/actions-core'
import { basic } from '../http'
import { destination, withBaseUrl } from '../../src/catalog'
import type { Settings } from '../../src/destinations/astrolabe/generated-types'
import { AttemptSignals } from '../../src/runtime/attempt-signals'
import { noticeCutResponses } from '../../src/runtime/cut-responses'
import { isRetryable } from '../../src/runtime/retryable'
import { buildSandbox } from '../../src/sandbox/build'
import type { SandboxOptions } from '../../src/sandbox/build'
import { certificateAuthority } from '../../src/sandbox/faults/certificate'

/** The result of one attempt. */
export interface DeliveryResult {
  outcome: 'delivered' | 'rejected' | 'retried'
  /** The message that the customer sees. */
  message?: string
  /** Everything that the platform can read from the error, including its stack. */
  trace?: string
}

export interface FaultyAstrolabe {
  url: string
  /** One attempt for one event. */
  deliver(event: SegmentEvent): Promise<DeliveryResult>
  /** One attempt for a batch; a result per event. */
  deliverBatch(events: SegmentEvent[]): Promise<DeliveryResult[]>
  /** Checks the key as Segment does after a customer pastes it: `good`, or the message that the customer sees. */
  checkKey(): Promise<string>
  /** The number of requests so far. */
  readonly requests: number
  /** Resolves once the client has no open request, so never if one leaks. */
  untilNoRequestIsOpen(): Promise<void>
  /** The sandbox's records of a kind. */
  records<T>(kind: 'users' | 'accounts' | 'events'): Promise<T[]>
  close(): Promise<void>
}

/** A fake key that differs between plain text, URL encoding and base64. */
export const API_KEY = 'fake key+/ä!'

/** Starts a sandbox on a real socket, and points the destination at it. */
export async function startFaultyAstrolabe(
  options: Pick<SandboxOptions, 'apiKeys' | 'faults' | 'onFault'>,
  settings: Settings = { apiKey: API_KEY }
): Promise<FaultyAstrolabe> {
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
      new AttemptSignals()
        .run((signal) => new Destination(definition).onEvent(event, dataFor(event), { signal }))
        .then(() => DELIVERED, resultOf),
    deliverBatch: (events) =>
      new AttemptSignals()
        .run((signal) => new Destination(definition).onBatch(events, dataFor(events[0]), { signal }))
        .then(
          ([{ multistatus = [] }]) => multistatus.map(resultOfNode),
          (error: Error) => events.map(() => resultOf(error))
        ),
    checkKey: () =>
      noticeCutResponses(() => new Destination(definition).testAuthentication(settings)).then(
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
    async records<T>(kind: string) {
      const authorization = basic(`${(options.apiKeys ?? [API_KEY])[0]}:`)
      const response = await app.inject({ url: `/v1/${kind}`, headers: { authorization } })
      return response.json<Record<string, T[]>>()[kind]
    },
    async close() {
      await app.close()
      delete https.globalAgent.options.ca
      await untilClientHasClosed()
    }
  }
}

const DELIVERED: DeliveryResult = { outcome: 'delivered' }

function automaticPreset({ presets = [] }: DestinationDefinition<Settings>, action: string) {
  return presets.find(({ type, partnerAction }) => type === 'automatic' && partnerAction === action)
}

function resultOf(error: Error): DeliveryResult {
  const outcome = isRetryable(error) ? 'retried' : 'rejected'
  return { outcome, message: error.message, trace: inspect(error, { depth: null, showHidden: true }) }
}

function resultOfNode(node: NonNullable<Result['multistatus']>[number]): DeliveryResult {
  if (!('errormessage' in node)) {
    return DELIVERED
  }
  return {
    ...resultOf(Object.assign(new Error(node.errormessage), { status: node.status })),
    // `sent` is the customer's own event, which Segment displays beside the error.
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
