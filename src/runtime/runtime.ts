import type { DestinationDefinition, SegmentEvent, Subscription } from '@segment/actions-core'
import { createWithhold } from '../secrets/withhold'
import type { AttemptResult } from './attempt-result'
import { createFilters } from './filters/filters'
import type { Filter } from './filters/filters'
import { prepareMapping } from './mapping'
import type { Mapping } from './mapping'
import { createRouter } from './router'
import type { Route } from './router'
import { TracedAttempts } from './traced-attempts'
import { createTrace } from './trace'
import type { EventTrace } from './trace'

export interface RuntimeOptions<Settings> {
  definition: DestinationDefinition<Settings>
  settings: Settings
  /** The mappings to run. Default: those that enabling the destination creates, its automatic presets. */
  subscriptions?: Subscription[]
  /** `ignore` delivers whatever an event's integrations object says, as for archives. Default: `follow`. */
  integrations?: 'follow' | 'ignore'
  /** The destination's filters: they drop or change events before the triggers see them. Default: none. */
  filters?: readonly Filter[]
}

/** Segment's platform for one event or one batch. Concurrent calls are safe. No method rejects. */
export interface Runtime {
  /** The mappings that it runs, in their order. */
  readonly mappings: readonly Pick<Mapping<unknown>, 'name' | 'action' | 'fields'>[]

  /**
   * The mappings that the event goes to, and the event to send if filters change it. Maps and sends nothing. Writes the
   * decisions into a trace: see `createTrace`.
   */
  route(event: SegmentEvent, trace?: EventTrace): Route

  /**
   * One attempt, without retries, under mappings that the event goes to. Filters do not see it again. Returns a result for each of them, in their order.
   *
   * @param trace that the event was routed into
   */
  attempt(event: SegmentEvent, mappings: readonly number[], trace?: EventTrace): Promise<AttemptResult[]>

  /**
   * One attempt for many events: a batch, and so one request, for each mapping. All events go to all of the mappings. The
   * requests run at once. An action without `performBatch` gets its events one by one. Returns for each event, in their
   * order, what `attempt` returns.
   */
  attemptBatch(events: SegmentEvent[], mappings: readonly number[], traces?: EventTrace[]): Promise<AttemptResult[][]>

  /**
   * Everything up to the request that would be sent. Sends nothing.
   *
   * @param mappings that the event was routed to; by default it is routed first
   */
  preview(event: SegmentEvent, mappings?: readonly number[]): Promise<EventTrace>
}

/** Runs an Actions destination outside of Segment: integrations object, filters, triggers, mappings, attempts. */
export function createRuntime<Settings extends object>({
  definition,
  settings,
  subscriptions = automaticPresets(definition),
  integrations = 'follow',
  filters = []
}: RuntimeOptions<Settings>): Runtime {
  const mappings = subscriptions.map((subscription, index) => prepareMapping(definition, settings, subscription, index))
  const router = createRouter(mappings, {
    destinationName: definition.name,
    integrations,
    filter: filters.length > 0 ? createFilters(filters) : undefined
  })
  const attempts = new TracedAttempts(definition, createWithhold(secretsOf(settings, definition)), (event) =>
    router.hintsFor(event)
  )

  return {
    mappings,
    route: (event, trace) => router.route(event, trace),
    attempt: (event, indices, trace) =>
      Promise.all(indices.map((index) => attempts.single(mappings[index], event, trace))),

    async attemptBatch(events, indices, traces) {
      const columns = await Promise.all(indices.map((index) => attempts.batch(mappings[index], events, traces)))
      return events.map((_event, position) => columns.map((results) => results[position]))
    },

    async preview(event, routed) {
      const trace = routed ? router.trace(event, routed) : createTrace()
      const route = routed ? { mappings: routed } : router.route(event, trace)
      for (const index of route.mappings) {
        await attempts.preview(mappings[index], route.event ?? event, trace)
      }
      return trace
    }
  }
}

/** The settings that Segment keeps secret. */
function secretsOf<Settings extends object>(
  settings: Settings,
  { authentication }: DestinationDefinition<Settings>
): string[] {
  return Object.entries(settings).flatMap(([key, value]) =>
    authentication?.fields[key]?.type === 'password' && typeof value === 'string' && value.trim() ? [value.trim()] : []
  )
}

function automaticPresets({ presets = [] }: Pick<DestinationDefinition, 'presets'>): Subscription[] {
  return presets.flatMap((preset) => (preset.type === 'automatic' ? [preset] : []))
}
