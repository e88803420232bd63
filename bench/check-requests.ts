import { isDeepStrictEqual } from 'node:util'
import type { BenchEvent } from './events'
import type { Taken, Traffic } from './network'
import type { StubbedNetwork } from './stubbed-network'
import type { ExpectedRequest, Variant } from './variant'

/**
 * Sends an event once, and checks each request and its body against what the variant expects.
 *
 * @throws where a request is missing, goes elsewhere, or does not carry what it has to
 */
export async function checkEvent(network: StubbedNetwork, variant: Variant, event: BenchEvent): Promise<Traffic> {
  network.clear()
  await variant.sendEvent(event)
  return checkRequests(network, variant.expectEvent(event), variant.name)
}

/** The same for events of one type, as one batch. */
export async function checkBatch(network: StubbedNetwork, variant: Variant, events: BenchEvent[]): Promise<Traffic> {
  network.clear()
  await variant.sendBatch(events)
  return checkRequests(network, [variant.expectBatch(events)], variant.name)
}

/** @throws where more or less arrived, or other bytes */
export function checkTraffic({ requests, bytes }: Traffic, expected: Traffic, name: string): void {
  if (requests !== expected.requests || bytes !== expected.bytes) {
    throw new Error(
      `${name}: ${requests} requests of ${bytes} bytes arrived, not ${expected.requests} of ${expected.bytes}`
    )
  }
}

function checkRequests({ requests, bytes, taken }: StubbedNetwork, expected: ExpectedRequest[], name: string): Traffic {
  expected.forEach(({ url, carries, body }, index) => {
    const request = taken[index] as Taken | undefined
    if (request?.url !== url) {
      throw new Error(`${name}: a request went to ${request?.url}, not to ${url}`)
    }
    const sent = bodyOf(request)
    if (body !== undefined ? !isDeepStrictEqual(sent, plain(body)) : !isCarried(carries, sent)) {
      throw new Error(`${name}: the body is not the one expected: ${request.body}`)
    }
  })
  if (requests !== expected.length) {
    throw new Error(`${name}: ${requests} requests, not ${expected.length}`)
  }
  return { requests, bytes }
}

/** JSON, or JSON as the field `data` of a form. */
function bodyOf({ headers, body }: Taken): unknown {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  return JSON.parse((isForm ? new URLSearchParams(body).get('data') : body) ?? '')
}

/** Whether the body holds each of the objects, in their order: every one of its properties, in one place. */
function isCarried(objects: object[], body: unknown): boolean {
  const nodes = objectsIn(body)
  return objects.every((object) => {
    const place = nodes.findIndex((node) => isPartOf(plain(object) as object, node))
    nodes.splice(0, place + 1)
    return place >= 0
  })
}

function isPartOf(part: object, whole: object): boolean {
  return Object.entries(part).every(([key, value]) => isDeepStrictEqual((whole as Record<string, unknown>)[key], value))
}

/** The node itself and all objects in it, outermost first. */
function objectsIn(node: unknown): object[] {
  return typeof node === 'object' && node !== null ? [node, ...Object.values(node).flatMap(objectsIn)] : []
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
