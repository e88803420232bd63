import { defaultValues, Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, Subscription } from '@segment/actions-core'
import { parseFql, validate } from '@segment/destination-subscriptions'
import { benchEvent, TYPES } from './events'
import type { BenchEvent, EventType } from './events'

/** One destination under measurement, with the mapping that each type of event goes through. */
export interface Variant {
  name: string
  /** Delivers one event and forgets the framework's record of the response, as a host that lives long has to. */
  sendEvent(event: BenchEvent): Promise<void>
  /**
   * Delivers events of one type as one batch.
   *
   * @throws where an event of it was not delivered
   */
  sendBatch(events: BenchEvent[]): Promise<void>
  /** The types whose mapping takes batches. */
  batches: EventType[]
  /** The requests that an event has to lead to, in their order. */
  expectEvent(event: BenchEvent): ExpectedRequest[]
  /** The one that a batch of one type has to lead to. */
  expectBatch(events: BenchEvent[]): ExpectedRequest
}

export interface ExpectedRequest {
  url: string
  /** Objects that the body has to hold, whole, in this order, somewhere in it. */
  carries: object[]
  /** The whole body, where it is known to the letter. */
  body?: unknown
}

export interface VariantOptions<Settings> {
  name: string
  definition: DestinationDefinition<Settings>
  settings: Settings
  /** By default the automatic presets. The first whose trigger takes an event of the type gets it. */
  subscriptions?: Subscription[]
  /** Mappings that every event is offered to as well, and whose triggers leave it. */
  others?: Subscription[]
  expectEvent: Variant['expectEvent']
  /** By default none is expected: the destination takes no batches. */
  expectBatch?: Variant['expectBatch']
}

/** The framework keeps schemas by a destination's name, which has to be a URI scheme: each variant has one of its own. */
export function variant<Settings>({
  name,
  definition,
  settings,
  subscriptions = automaticPresets(definition),
  others = [],
  expectEvent,
  expectBatch = () => ({ url: 'none', carries: [] })
}: VariantOptions<Settings>): Variant {
  const chosen = Object.fromEntries(
    TYPES.map((type) => [type, subscriptionFor(benchEvent(type), subscriptions, name)])
  ) as Record<EventType, Subscription>
  const target = new Destination({ ...definition, name: `Bench${name.replace(/\W/g, '')}` })
  const settingsFor = Object.fromEntries(
    TYPES.map((type) => [type, { ...settings, subscriptions: [chosen[type], ...others] } as unknown as JSONObject])
  ) as Record<EventType, JSONObject>

  return {
    name,
    async sendEvent(event) {
      await target.onEvent(event, settingsFor[event.type])
      target.responses.length = 0
    },
    async sendBatch(events) {
      const [{ multistatus = [] }] = await target.onBatch(events, settingsFor[events[0].type])
      target.responses.length = 0
      if (multistatus.length !== events.length || multistatus.some(({ status }) => status !== 200)) {
        throw new Error(`${name} did not deliver the whole batch`)
      }
    },
    batches: TYPES.filter((type) => definition.actions[chosen[type].partnerAction].performBatch),
    expectEvent,
    expectBatch
  }
}

/** A mapping that takes every event to an action of a destination that has no presets, by its default mapping. */
export function everyEventTo<Settings>(
  action: string,
  { actions }: DestinationDefinition<Settings>,
  mapping: Subscription['mapping'] = {}
): Subscription {
  return {
    partnerAction: action,
    subscribe: TYPES.map((type) => `type = "${type}"`).join(' or '),
    mapping: { ...defaultValues(actions[action].fields), ...mapping }
  }
}

function automaticPresets<Settings>({ presets = [] }: DestinationDefinition<Settings>): Subscription[] {
  return presets.flatMap((preset) => (preset.type === 'automatic' ? [preset] : []))
}

function subscriptionFor(event: BenchEvent, subscriptions: Subscription[], name: string): Subscription {
  const subscription = subscriptions.find(({ subscribe }) => validate(parseFql(subscribe ?? ''), event))
  if (!subscription) {
    throw new Error(`${name} has no mapping for ${event.type}`)
  }
  return subscription
}
