import type { DestinationDefinition, SegmentEvent, Subscription } from '@segment/actions-core'
import { createWithhold } from '../secrets/withhold'
import type { AttemptResult } from './attempt-result'
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
}

/** Segment's platform for one event or one batch. Concurrent calls are safe. No method rejects. */
export interface Runtime {
  /** The mappings that it runs, in their order. */
  readonly mappings: readonly Pick<Mapping<unknown>, 'name' | 'action' | 'fields'>[]

  /** The mappings that the event goes to. Maps and sends nothing. Writes the decisions into a trace: see `createTrace`. */
  route(event: SegmentEvent, trace?: EventTrace): Route

  /**
   * One attempt, without retries, under mappings that the event goes to. Returns a result for each of them, in their order.
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

    async preview(event) {
      const trace = createTrace()
      for (const index of router.route(event, trace).mappings) {
        await attempts.preview(mappings[index], event, trace)
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
