import { defaultValues, Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, Subscription } from '@segment/actions-core'
import { parseFql, validate } from '@segment/destination-subscriptions'
import { benchEvent, TYPES } from './events'
import type { BenchEvent, EventType } from './events'

/** One event in a request, or events of one type as a batch. */
export type Mode = 'single' | 'batch'

/** One destination under measurement, with the mapping that each type of event goes through. */
export interface Variant {
  name: string
  /**
   * Delivers events of one type in one request, and deletes the framework's record of the response, as a long-lived host
   * must.
   *
   * @throws if an event was not delivered
   */
  send(mode: Mode, events: BenchEvent[]): Promise<void>
  /** The URL of the request. */
  urlOf(mode: Mode, type: EventType): string
  /** Objects that the body must contain for an event, whole. */
  objectsOf(event: BenchEvent): object[]
}

export interface VariantOptions<Settings> extends Pick<Variant, 'name' | 'urlOf' | 'objectsOf'> {
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
  ...expected
}: VariantOptions<Settings>): Variant {
  const target = new Destination({ ...definition, name: `Bench${name.replace(/\W/g, '')}` })
  const settingsFor = Object.fromEntries(
    TYPES.map((type) => [type, { ...settings, subscriptions: [subscriptionFor(type, subscriptions, name)] }])
  ) as unknown as Record<EventType, JSONObject>

  return {
    name,
    ...expected,
    async send(mode, events) {
      const data = settingsFor[events[0].type]
      if (mode === 'single') {
        await target.onEvent(events[0], data)
      } else {
        const [{ multistatus = [] }] = await target.onBatch(events, data)
        if (multistatus.length !== events.length || multistatus.some(({ status }) => status !== 200)) {
          throw new Error(`${name} did not deliver the whole batch`)
        }
      }
      target.responses.length = 0
    }
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

function subscriptionFor(type: EventType, subscriptions: Subscription[], name: string): Subscription {
  const event = benchEvent(type)
  const subscription = subscriptions.find(({ subscribe }) => validate(parseFql(subscribe ?? ''), event))
  if (!subscription) {
    throw new Error(`${name} has no mapping for ${type}`)
  }
  return subscription
}
