import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, Result, SegmentEvent, Subscription } from '@segment/actions-core'
import { attemptWithSignal } from './attempt'
import type { DeliveryRecord } from './delivery-record'
import { isEnabledFor } from './integrations'
import { DEFAULT_RETRY, withRetries } from './retry'
import type { RetryOptions } from './retry'
import { retryAfter } from './retry-after'
import { isRetryable, statusOf } from './retryable'

export interface RuntimeOptions<Settings> {
  definition: DestinationDefinition<Settings>
  settings: Settings
  /** The mappings to run. By default those that enabling the destination creates: its automatic presets. */
  subscriptions?: Subscription[]
  retry?: Partial<RetryOptions>
}

export interface Runtime {
  /**
   * Delivers one event as Segment's platform does, and never rejects. One event at a time: wait for the records before
   * the next.
   *
   * @param onRetry called with the reason each time that the event has to be tried again
   * @returns a record for each mapping, in their order
   */
  deliver(event: SegmentEvent, onRetry?: (reason: string) => void): Promise<DeliveryRecord[]>
}

/** Runs an Actions destination outside of Segment: integrations object, triggers, mappings, retries, records. */
export function createRuntime<Settings extends object>({
  definition,
  settings,
  subscriptions = automaticPresets(definition),
  retry
}: RuntimeOptions<Settings>): Runtime {
  const destination = new Destination(definition)
  const retryOptions = { ...DEFAULT_RETRY, ...retry }

  const reasonOf = ({ message }: Error) => redact(message, secretsIn(settings, definition))

  async function send(event: SegmentEvent, subscription: Subscription, onRetry: OnRetry): Promise<Fate> {
    let attempts = 0
    const attempt = () => {
      attempts++
      forgetResponses(destination)
      const data = { ...settings, subscriptions: [subscription] } as unknown as JSONObject
      return attemptWithSignal((signal) => destination.onEvent(event, data, { signal }))
    }
    try {
      const results = await withRetries(
        attempt,
        () => retryAfter(lastHeader(destination, 'retry-after')),
        retryOptions,
        (error) => onRetry(reasonOf(error))
      )
      return { ...fateIn(results), attempts }
    } catch (thrown) {
      const error = thrown as Error
      const outcome = isRetryable(error) ? 'failed' : 'rejected'
      return { outcome, reason: reasonOf(error), status: statusOf(error), attempts }
    } finally {
      forgetResponses(destination)
    }
  }

  return {
    async deliver(event, onRetry = () => undefined) {
      const isEnabled = isEnabledFor(definition.name, event)
      const records: DeliveryRecord[] = []
      for (const subscription of subscriptions) {
        const fate: Fate = isEnabled
          ? await send(withoutNullContext(event), subscription, onRetry)
          : { outcome: 'filtered', attempts: 0 }
        const { name, partnerAction } = subscription
        records.push({ mapping: name ?? partnerAction, action: partnerAction, ...fate })
      }
      return records
    }
  }
}

type Fate = Pick<DeliveryRecord, 'outcome' | 'reason' | 'status' | 'attempts'>

type OnRetry = (reason: string) => void

function automaticPresets({ presets = [] }: Pick<DestinationDefinition, 'presets'>): Subscription[] {
  return presets.flatMap((preset) => (preset.type === 'automatic' ? [preset] : []))
}

/** The framework says how far it came in its last result. */
function fateIn(results: Result[]): Omit<Fate, 'attempts'> {
  const output = results.at(-1)?.output
  switch (output) {
    case 'Action Executed':
      return { outcome: 'delivered' }
    case 'not subscribed':
      return { outcome: 'not subscribed' }
    default:
      // A trigger that cannot be read: the output says what is wrong with it.
      return { outcome: 'rejected', reason: output as string }
  }
}

/** The framework throws a TypeError where context is null, before the destination sees the event. */
function withoutNullContext(event: SegmentEvent): SegmentEvent {
  return event.context === null ? { ...event, context: undefined } : event
}

/** The framework keeps every response for good. */
function forgetResponses(destination: Pick<Destination, 'responses'>): void {
  destination.responses.length = 0
}

function lastHeader({ responses }: Pick<Destination, 'responses'>, name: string): string | null | undefined {
  return responses.at(-1)?.headers.get(name)
}

/** The values of the settings that Segment keeps secret. */
function secretsIn<Settings extends object>(settings: Settings, definition: DestinationDefinition<Settings>): string[] {
  const fields = definition.authentication?.fields ?? {}
  return Object.entries(settings).flatMap(([key, value]) =>
    fields[key]?.type === 'password' && typeof value === 'string' && value.trim() ? [value.trim()] : []
  )
}

function redact(text: string, secrets: string[]): string {
  return secrets.reduce((redacted, secret) => redacted.replaceAll(secret, '[secret]'), text)
}
