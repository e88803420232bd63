import type { Subscription } from '@segment/actions-core'
import type { Definition } from '../catalog-view'
import { createRuntime } from '../../../runtime'
import type { Runtime } from '../../../runtime'
import type { Mapping } from '../api'
import type { DestinationRecord } from '../destinations'

/** Segment's default size of a batch, in events. */
const DEFAULT_BATCH_SIZE = 1000

/** A destination's settings, mappings and filters at one time. Messages that are on their way keep theirs when these change. */
export class DeliveryPlan {
  readonly version: number
  readonly mappings: Mapping[]
  readonly runtime: Runtime

  constructor(definition: Definition, { version, settings, mappings, filters }: DestinationRecord) {
    this.version = version
    this.mappings = mappings.enabled()
    this.runtime = createRuntime({
      definition,
      settings: { apiKey: '', ...settings },
      subscriptions: this.mappings.map(subscriptionOf),
      filters: filters.enabled()
    })
  }

  /** Indices of the mappings whose events are sent one by one, or in batches. */
  indices(sending: 'single' | 'batched'): number[] {
    return this.mappings.flatMap((mapping, index) => (isBatched(mapping) === (sending === 'batched') ? [index] : []))
  }

  batchSize(index: number): number {
    const { batch_size: size } = this.mappings[index].fields
    return typeof size === 'number' && size > 0 ? size : DEFAULT_BATCH_SIZE
  }
}

/** A mapping, as Segment's API calls it. */
export function subscriptionOf({ name, action, trigger, fields }: Mapping): Subscription {
  return { name, partnerAction: action, subscribe: trigger, mapping: fields }
}

/** "Enable Batching". */
function isBatched({ fields }: Mapping): boolean {
  return fields.enable_batching === true
}
