import { isDeepStrictEqual } from 'node:util'
import type { BenchEvent } from './events'
import type { ReceivedRequest, StubbedNetwork } from './stubbed-network'
import type { Traffic } from './traffic'
import type { ExpectedRequest, Variant } from './variant'

/**
 * Sends an event once, and compares each request and its body with those that the variant expects.
 *
 * @throws if a request is missing, goes elsewhere, or has another body
 */
export async function checkEvent(network: StubbedNetwork, variant: Variant, event: BenchEvent): Promise<Traffic> {
  network.begin('{}')
  await variant.sendEvent(event)
  return checkRequests(network, variant.expectEvent(event), variant.name)
}

/** The same for events of one type, as one batch. */
export async function checkBatch(network: StubbedNetwork, variant: Variant, events: BenchEvent[]): Promise<Traffic> {
  network.begin(batchResponse(events.length))
  await variant.sendBatch(events)
  return checkRequests(network, variant.expectBatch(events), variant.name)
}

/** The response to a batch, for every destination the same as Astrolabe's: one result per message. */
export function batchResponse(size: number): string {
  return JSON.stringify({ results: Array.from({ length: size }, () => ({ status: 200 })) })
}

function checkRequests(network: StubbedNetwork, expected: ExpectedRequest[], name: string): Traffic {
  const { requests, bytes } = network.end()
  expected.forEach(({ url, contains, body }, index) => {
    const request = network.received[index] as ReceivedRequest | undefined
    if (request?.url !== url) {
      throw new Error(`${name}: a request went to ${request?.url}, not to ${url}`)
    }
    const sent: unknown = JSON.parse(request.body)
    if (body === undefined ? !containsAll(sent, contains) : !isDeepStrictEqual(sent, toJson(body))) {
      throw new Error(`${name}: the body is not the expected one: ${request.body}`)
    }
  })
  if (requests !== expected.length) {
    throw new Error(`${name}: ${requests} requests, not ${expected.length}`)
  }
  return { requests, bytes }
}

/** Whether the body contains each object, in their order: all its properties in one place. */
function containsAll(body: unknown, objects: object[]): boolean {
  const nodes = objectsIn(body)
  return objects.every((object) => {
    const index = nodes.findIndex((node) => isPartOf(toJson(object) as object, node))
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

function toJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
