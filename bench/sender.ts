import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { parseFql, validate } from '@segment/destination-subscriptions'
import { destination, withBaseUrl } from '../src/catalog'
import { benchEvent, TYPES } from './events'
import type { BenchEvent, EventType } from './events'

/** One event in a request, or events of one type as a batch. */
export type Mode = 'single' | 'batch'

/**
 * Sends events of one type in one request, and deletes the framework's record of the response, as a long-lived host must.
 *
 * @throws if an event has another outcome than the row expects
 */
export type Send = (mode: Mode, events: BenchEvent[]) => Promise<void>

/**
 * Each type of event goes to the first automatic preset whose trigger matches.
 *
 * @param name its own for each destination, because the framework caches schemas by a name, which must be a URI scheme
 * @param expected the status of each event in a batch
 */
export function sender<Settings>(
  name: string,
  definition: DestinationDefinition<Settings>,
  settings: Settings,
  expected = 200
): Send {
  const target = new Destination({ ...definition, name: `Bench${name.replace(/\W/g, '')}` })
  const settingsFor = Object.fromEntries(
    TYPES.map((type) => [type, { ...settings, subscriptions: [presetFor(type, definition)] }])
  ) as unknown as Record<EventType, JSONObject>

  return async (mode, events) => {
    const data = settingsFor[events[0].type]
    if (mode === 'single') {
      await target.onEvent(events[0], data)
    } else {
      const [{ multistatus = [] }] = await target.onBatch(events, data)
      if (multistatus.length !== events.length || multistatus.some(({ status }) => status !== expected)) {
        throw new Error(`${name} did not get ${expected} for the whole batch`)
      }
    }
    target.responses.length = 0
  }
}

/** @throws if none matches */
function presetFor<Settings>(type: EventType, { name, presets = [] }: DestinationDefinition<Settings>) {
  for (const preset of presets) {
    if (preset.type === 'automatic' && validate(parseFql(preset.subscribe), benchEvent(type))) {
      return preset
    }
  }
  throw new Error(`${name} has no mapping for ${type}`)
}

/** The default of the command `deliver`. */
export const CONCURRENCY = 64

export const API_KEY = 'fake-api-key'

/** Sends single events with `onEvent`, or batches with `onBatch`: no files, order, retries or checkpoint. */
export async function sendInLoop(url: string, mode: Mode, batches: BenchEvent[][]): Promise<void> {
  const definition = withBaseUrl(destination, url)
  let next = 0
  const worker = async () => {
    // A shared one mixes the responses of concurrent events.
    const send = sender('Loop', definition, { apiKey: API_KEY })
    while (next < batches.length) {
      await send(mode, batches[next++])
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
}
