import { defaultValues, Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, Subscription } from '@segment/actions-core'
import { parseFql, validate } from '@segment/destination-subscriptions'
import { benchEvent, TYPES } from './events'
import type { BenchEvent, EventType } from './events'

/** One destination under measurement, with the mapping that each type of event goes through. */
export interface Variant {
  name: string
  /** Delivers one event and deletes the framework's record of the response, as a long-lived host must. */
  sendEvent(event: BenchEvent): Promise<void>
  /**
   * Delivers events of one type as one batch.
   *
   * @throws if an event was not delivered
   */
  sendBatch(events: BenchEvent[]): Promise<void>
  /** The requests that an event must cause, in their order. */
  expectEvent(event: BenchEvent): ExpectedRequest[]
  /** The requests that a batch of one type must cause. */
  expectBatch(events: BenchEvent[]): ExpectedRequest[]
}

export interface ExpectedRequest {
  url: string
  /** Objects that the body must contain, whole, in this order. */
  contains: object[]
  /** The whole body, if it is known exactly. */
  body?: unknown
}

export interface VariantOptions<Settings> extends Pick<Variant, 'name' | 'expectEvent' | 'expectBatch'> {
  definition: DestinationDefinition<Settings>
  settings: Settings
  /** Default: the automatic presets. An event goes to the first one whose trigger matches. */
  subscriptions?: Subscription[]
}

/** The framework caches schemas by a destination's name, which must be a URI scheme: each variant has its own. */
export function variant<Settings>({
  name,
  definition,
  settings,
  subscriptions = automaticPresets(definition),
  expectEvent,
  expectBatch
}: VariantOptions<Settings>): Variant {
  const chosen = Object.fromEntries(
    TYPES.map((type) => [type, subscriptionFor(benchEvent(type), subscriptions, name)])
  ) as Record<EventType, Subscription>
  const target = new Destination({ ...definition, name: `Bench${name.replace(/\W/g, '')}` })
  const settingsFor = Object.fromEntries(
    TYPES.map((type) => [type, { ...settings, subscriptions: [chosen[type]] } as unknown as JSONObject])
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
    expectEvent,
    expectBatch
  }
}

/** A mapping of all types of events to one action, for a destination without presets. */
export function everyEventTo<Settings>(action: string, { actions }: DestinationDefinition<Settings>): Subscription {
  return {
    partnerAction: action,
    subscribe: TYPES.map((type) => `type = "${type}"`).join(' or '),
    mapping: defaultValues(actions[action].fields)
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
