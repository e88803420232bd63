import { transform } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import destination from '../destinations/astrolabe'

/** The keys that an event reads and writes. Events with a common key keep their order if one of them writes it. */
export interface Keys {
  reads: string[]
  writes: string[]
}

/** The action that creates or updates nothing: each of its events carries its own time. */
const WITHOUT_ORDER = 'track'

/** The fields that name a User or an Account: the kind of their key, and the property of an event that they map by default. */
const ID_FIELDS = [
  { kind: 'u', field: 'user_id', property: 'userId' },
  { kind: 'a', field: 'anonymous_id', property: 'anonymousId' },
  { kind: 'g', field: 'group_id', property: 'groupId' }
] as const

type KeysReader = (event: SegmentEvent) => string[]

/**
 * The order that Users and Accounts need. Two events share a key if they are mapped to the same User ID, the same Anonymous
 * ID or, for the action `group`, the same Account ID. An event that creates or updates keeps its order relative to all
 * events with its keys; events that are only recorded have no order among themselves.
 *
 * @param mappings all mappings, with their fields as Segment stores them
 * @returns a function from an event and the indices of the mappings that it goes to. The keys of a mapping begin with the
 *   ID that decides: User, else Anonymous, else Account
 */
export function createKeysOf(mappings: readonly { action: string; fields: JSONObject }[]) {
  const readers = mappings.map(({ action, fields }) => createReader(action, fields))
  return (event: SegmentEvent, indices: readonly number[]): Keys => {
    const keys: Keys = { reads: [], writes: [] }
    for (const index of indices) {
      add(readers[index](event), mappings[index].action === WITHOUT_ORDER ? keys.reads : keys.writes)
    }
    if (keys.writes.length > 0 && keys.reads.length > 0) {
      keys.reads = keys.reads.filter((key) => !keys.writes.includes(key))
    }
    return keys
  }
}

function add(keys: string[], all: string[]): void {
  for (const key of keys) {
    if (!all.includes(key)) {
      all.push(key)
    }
  }
}

/** Fields with their default mapping are read from the event itself, because mapping them takes time. */
function createReader(action: string, fields: JSONObject): KeysReader {
  const ids = ID_FIELDS.filter(({ field }) => destination.actions[action]?.fields[field] && fields[field] !== undefined)
  if (ids.every(({ field, property }) => isPath(fields[field], `$.${property}`))) {
    return (event) => ids.flatMap(({ kind, property }) => toKey(kind, event[property]))
  }
  const idFields = Object.fromEntries(ids.map(({ field }) => [field, fields[field]]))
  return (event) => {
    const payload = map(idFields, event)
    return ids.flatMap(({ kind, field }) => toKey(kind, payload[field]))
  }
}

/** Numbers and booleans reach Astrolabe as strings, so 42 and "42" are one key. */
function toKey(kind: string, id: unknown): string[] {
  const isId = (typeof id === 'string' && id !== '') || typeof id === 'number' || typeof id === 'boolean'
  return isId ? [`${kind}:${id}`] : []
}

function map(fields: JSONObject, event: SegmentEvent): JSONObject {
  try {
    // The cast: an event is JSON.
    return transform(fields, event as unknown as JSONObject)
  } catch {
    // The runtime rejects an event that can't be mapped.
    return {}
  }
}

function isPath(value: unknown, path: string): boolean {
  return JSON.stringify(value) === JSON.stringify({ '@path': path })
}
