import { isDeepStrictEqual } from 'node:util'
import { benchEvent, TYPES } from '../events'
import type { BenchEvent } from '../events'
import type { Task } from '../rotation'
import type { StubbedNetwork, Traffic } from './stubbed-network'
import type { Mode, Variant } from './variant'

interface Load {
  /** Events in a batch. Default: single events. */
  size?: number
  /** How many times each of the three types is sent in one run. */
  turns: number
}

/** Sends identify, group and track in turn. Each of the three requests is compared with the expected one beforehand. */
export async function loadTask(network: StubbedNetwork, variant: Variant, { size, turns }: Load): Promise<Task> {
  const mode = size === undefined ? 'single' : 'batch'
  const length = size ?? 1
  const loads = TYPES.map((type) => Array.from({ length }, (_, number) => benchEvent(type, number)))
  const expected = { requests: turns * loads.length, bytes: 0 }
  for (const events of loads) {
    expected.bytes += turns * (await checkRequest(network, variant, mode, events)).bytes
  }
  return {
    name: variant.name,
    events: turns * loads.length * length,
    before: () => network.begin(responseTo(mode, length)),
    async run() {
      for (let turn = 0; turn < turns; turn++) {
        for (const events of loads) {
          await variant.send(mode, events)
        }
      }
    },
    after: () => checkTraffic(network.end(), expected, variant.name)
  }
}

/**
 * Sends events of one type once, and compares the request and its body with those that the variant expects.
 *
 * @throws if there is no request or more than one, or if it goes elsewhere or leaves something out
 */
export async function checkRequest(
  network: StubbedNetwork,
  { name, send, urlOf, objectsOf }: Variant,
  mode: Mode,
  events: BenchEvent[]
): Promise<Traffic> {
  network.begin(responseTo(mode, events.length))
  await send(mode, events)
  const traffic = network.end()
  if (traffic.requests !== 1) {
    throw new Error(`${name}: ${traffic.requests} requests, not 1`)
  }
  const { url, body } = network.latest
  const expected = urlOf(mode, events[0].type)
  if (url !== expected) {
    throw new Error(`${name}: a request went to ${url}, not to ${expected}`)
  }
  if (!containsAll(JSON.parse(body), events.flatMap(objectsOf))) {
    throw new Error(`${name}: the body is not the expected one: ${body}`)
  }
  return traffic
}

/** @throws if more or less arrived, or other bytes: such a row measured something else */
export function checkTraffic({ requests, bytes }: Traffic, expected: Traffic, name: string): void {
  if (requests !== expected.requests || bytes !== expected.bytes) {
    throw new Error(
      `${name}: ${requests} requests of ${bytes} bytes arrived, not ${expected.requests} of ${expected.bytes}`
    )
  }
}

/** For every destination the same as Astrolabe's: one result per message of a batch. */
function responseTo(mode: Mode, size: number): string {
  return mode === 'single' ? '{}' : JSON.stringify({ results: Array.from({ length: size }, () => ({ status: 200 })) })
}

/** Whether the body contains each object, in their order: all its properties in one place. */
function containsAll(body: unknown, objects: object[]): boolean {
  const nodes = objectsIn(body)
  return objects.every((object) => {
    const index = nodes.findIndex((node) => isDeepStrictEqual({ ...node, ...object }, node))
    nodes.splice(0, index + 1)
    return index >= 0
  })
}

/** The node itself and all objects in it, outermost first. */
function objectsIn(node: unknown): object[] {
  return typeof node === 'object' && node !== null ? [node, ...Object.values(node).flatMap(objectsIn)] : []
}
