import type { DestinationDefinition, SegmentEvent, Subscription } from '@segment/actions-core'
import type { AttemptResult } from './attempt-result'
import { prepareMapping } from './mapping'
import type { Mapping } from './mapping'
import { createRedact } from './redaction'
import { createRouter, skippedResult } from './router'
import type { Route } from './router'
import { Sender } from './sender'
import { createTrace } from './trace'
import type { EventTrace } from './trace'

export interface RuntimeOptions<Settings> {
  definition: DestinationDefinition<Settings>
  settings: Settings
  /** The mappings to run. Default: those that enabling the destination creates, its automatic presets. */
  subscriptions?: Subscription[]
  /** `ignore` delivers whatever an event's integrations object says, as for archives. Default: `follow`. */
  integrations?: 'follow' | 'ignore'
}

export interface AttemptOptions {
  /** Indices of the mappings to run. Default: all. */
  mappings?: readonly number[]
  /** Filled as things happen: see `createTrace`. */
  trace?: EventTrace
}

export interface BatchOptions extends Pick<AttemptOptions, 'mappings'> {
  /** One per event, in their order. */
  traces?: EventTrace[]
}

/** Segment's platform for one event or one batch. Concurrent calls are safe. No method rejects. */
export interface Runtime {
  /** The mappings that it runs, in their order. */
  readonly mappings: readonly { name: string; action: string }[]

  /** The mappings that the event goes to. Maps and sends nothing. */
  route(event: SegmentEvent): Route

  /** One attempt, without retries. Returns a result for each mapping that is to run, in their order. */
  attempt(event: SegmentEvent, options?: AttemptOptions): Promise<AttemptResult[]>

  /**
   * One attempt for many events: a batch, and so one request, for each mapping that is to run. The requests run at once.
   * An action without `performBatch` gets its events one by one. Returns for each event, in their order, what `attempt`
   * returns.
   */
  attemptBatch(events: SegmentEvent[], options?: BatchOptions): Promise<AttemptResult[][]>

  /** Everything up to the request that would be sent. Sends nothing. */
  preview(event: SegmentEvent): Promise<EventTrace>
}

/** Runs an Actions destination outside of Segment: integrations object, triggers, mappings, attempts. */
export function createRuntime<Settings extends object>({
  definition,
  settings,
  subscriptions = automaticPresets(definition),
  integrations = 'follow'
}: RuntimeOptions<Settings>): Runtime {
  const mappings = subscriptions.map((subscription, index) => prepareMapping(definition, settings, subscription, index))
  const router = createRouter(definition.name, mappings, integrations)
  const sender = new Sender(definition, createRedact(settings, definition), (event) => router.hintsFor(event))
  const among = (wanted?: readonly number[]) =>
    wanted ? mappings.filter(({ index }) => wanted.includes(index)) : mappings

  return {
    mappings,
    route: (event) => router.route(event),

    async attempt(event, { mappings: wanted, trace } = {}) {
      const route = trace ? router.routeInto(trace, event) : router.route(event)
      return Promise.all(
        among(wanted).map(async (mapping) =>
          route.mappings.includes(mapping.index)
            ? sender.send(mapping, event, trace)
            : skippedResult(route, mapping.index)
        )
      )
    },

    async attemptBatch(events, { mappings: wanted, traces } = {}) {
      const routes = events.map((event, index) =>
        traces ? router.routeInto(traces[index], event) : router.route(event)
      )
      const columns = await Promise.all(
        among(wanted).map((mapping) => attemptRouted(sender, mapping, events, routes, traces))
      )
      return events.map((_, index) => columns.map((results) => results[index]))
    },

    async preview(event) {
      const trace = createTrace()
      for (const index of router.routeInto(trace, event).mappings) {
        await sender.preview(mappings[index], event, trace)
      }
      return trace
    }
  }
}

/** Sends the events that are routed to a mapping as one batch. @returns a result for each event, skipped ones too */
async function attemptRouted<Settings>(
  sender: Sender<Settings>,
  mapping: Mapping<Settings>,
  events: SegmentEvent[],
  routes: Route[],
  traces?: EventTrace[]
): Promise<AttemptResult[]> {
  const results = routes.map((route) => skippedResult(route, mapping.index))
  const indices = routes.flatMap((route, index) => (route.mappings.includes(mapping.index) ? [index] : []))
  if (indices.length === 0) {
    return results
  }
  const sent = await sender.sendBatch(
    mapping,
    indices.map((index) => events[index]),
    traces && indices.map((index) => traces[index])
  )
  indices.forEach((index, position) => {
    results[index] = sent[position]
  })
  return results
}

function automaticPresets({ presets = [] }: Pick<DestinationDefinition, 'presets'>): Subscription[] {
  return presets.flatMap((preset) => (preset.type === 'automatic' ? [preset] : []))
}
