import type { Json, JsonObject } from './api'
import type { DeliveryState } from './delivery/delivery-state'
import type { MessageRecord } from './message-record'

/** A case of the destination's tests, in `src/destinations/astrolabe/__tests__/fixtures`. */
interface Fixture {
  title: string
  event: JsonObject
  /** Absent if nothing was sent. */
  message?: Json
  /** Astrolabe's response. 200 if absent. */
  response?: { status: number; message: string }
  error?: { status?: number; message: string }
}

/** What the message did to the destination: what was sent, and what Astrolabe responded. */
export function fixtureFor({ event, deliveries }: MessageRecord): Fixture {
  const [delivery] = deliveries
  // The cast: it is what filters leave of a message. No filter runs in a test.
  const filtered = delivery?.trace.event as unknown as JsonObject | undefined
  const decision = delivery?.decision
  const isError = decision?.outcome === 'rejected' || decision?.outcome === 'failed'
  const attempt = delivery && lastAttempt(delivery)
  const { status = 200, body } = attempt?.response ?? {}
  return {
    title: `sends ${JSON.stringify(event.type)} as the console did`,
    event: filtered ?? event,
    ...(attempt?.request && { message: messageIn(attempt.request.body, attempt.index) }),
    ...(status >= 300 && { response: { status, message: errorMessageIn(body) } }),
    ...(isError && { error: { status: decision.status, message: decision.reason ?? '' } })
  }
}

function lastAttempt({ trace }: DeliveryState) {
  const mapping = trace.mappings.find(({ attempts }) => attempts.length > 0)
  const attempt = mapping?.attempts.at(-1)
  return attempt && { ...attempt, index: mapping?.batch?.index }
}

/** A batch holds many messages, and a fixture one. The casts: a request is JSON. */
function messageIn(body: unknown, index: number | undefined): Json {
  const { batch } = (body ?? {}) as { batch?: Json[] }
  return index !== undefined && Array.isArray(batch) ? (batch[index] ?? null) : (body as Json)
}

function errorMessageIn(body: unknown): string {
  const { message } = (body ?? {}) as { message?: unknown }
  return typeof message === 'string' ? message : ''
}
