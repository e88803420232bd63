import type { SegmentEvent } from '@segment/actions-core'
import type { Keys } from '../../delivery/order'
import type { Runtime } from '../../runtime'

/** The action that creates or updates nothing: each of its events carries its own time. */
const WITHOUT_ORDER = 'track'

/**
 * The order that Users and Accounts need. Two events share a key if they have the same `userId`, the same `anonymousId` or,
 * for group calls, the same `groupId`. An event that creates or updates keeps its order relative to all events with its
 * keys; events that are only recorded have no order among themselves.
 */
export function segmentKeys({ mappings }: Pick<Runtime, 'mappings'>) {
  return (event: SegmentEvent, indices: readonly number[]): Keys => {
    const keys: string[] = []
    addKey(keys, 'u', event.userId)
    addKey(keys, 'a', event.anonymousId)
    if (event.type === 'group') {
      addKey(keys, 'g', event.groupId)
    }
    return indices.every((index) => mappings[index].action === WITHOUT_ORDER)
      ? { reads: keys, writes: [] }
      : { reads: [], writes: keys }
  }
}

/** IDs that are numbers reach Astrolabe as strings, so 42 and "42" are one key. */
function addKey(keys: string[], kind: string, id: unknown): void {
  if ((typeof id === 'string' && id !== '') || typeof id === 'number') {
    keys.push(`${kind}:${id}`)
  }
}
