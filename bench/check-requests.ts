import { isDeepStrictEqual } from 'node:util'
import type { BenchEvent } from './events'
import type { StubbedNetwork, Traffic } from './stubbed-network'
import type { Mode, Variant } from './variant'

/**
 * Sends events of one type once, and compares the request and its body with those that the variant expects.
 *
 * @throws if there is no request or more than one, or if it goes elsewhere or leaves something out
 */
export async function checkRequest(
  network: StubbedNetwork,
  variant: Variant,
  mode: Mode,
  events: BenchEvent[]
): Promise<Traffic> {
  network.begin(responseTo(mode, events.length))
  await variant.send(mode, events)
  const traffic = network.end()
  if (traffic.requests !== 1) {
    throw new Error(`${variant.name}: ${traffic.requests} requests, not 1`)
  }
  const { url, body } = network.latest
  const expected = variant.urlOf(mode, events[0].type)
  if (url !== expected) {
    throw new Error(`${variant.name}: a request went to ${url}, not to ${expected}`)
  }
  if (!containsAll(JSON.parse(body), events.flatMap(variant.objectsOf))) {
    throw new Error(`${variant.name}: the body is not the expected one: ${body}`)
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
export function responseTo(mode: Mode, size: number): string {
  return mode === 'single' ? '{}' : JSON.stringify({ results: Array.from({ length: size }, () => ({ status: 200 })) })
}

/** Whether the body contains each object, in their order: all its properties in one place. */
function containsAll(body: unknown, objects: object[]): boolean {
  const nodes = objectsIn(body)
  return objects.every((object) => {
    const index = nodes.findIndex((node) => isPartOf(object, node))
    nodes.splice(0, index + 1)
    return index >= 0
  })
}

function isPartOf(part: object, whole: object): boolean {
  return Object.entries(part).every(([key, value]) => isDeepStrictEqual((whole as Record<string, unknown>)[key], value))
}

/** The node itself and all objects in it, outermost first. */
function objectsIn(node: unknown): object[] {
  return typeof node === 'object' && node !== null ? [node, ...Object.values(node).flatMap(objectsIn)] : []
}
