import type { MappingTrace } from '../runtime'
import { isIso8601 } from '../sandbox/messages/iso-8601'
import { measure } from '../sandbox/messages/size'

const DATES = ['timestamp', 'sentAt', 'receivedAt']

/**
 * Why Astrolabe would reject the message of a preview, by its documented rules on dates and size.
 *
 * @returns a sentence that quotes nothing of the event; undefined if the message keeps these rules, or none would be sent
 */
export function foreseeRejection({ request }: Pick<MappingTrace, 'request'>): string | undefined {
  const message: unknown = request?.body
  if (typeof message !== 'object' || message === null) {
    return undefined
  }
  const size = measure(message)
  if ('error' in size) {
    return `Astrolabe would reject it: ${size.error.replace(/^The message/, 'the message')}.`
  }
  const field = Object.entries(message).find(
    ([name, value]) => DATES.includes(name) && !(typeof value === 'string' && isIso8601(value))
  )?.[0]
  return field && `Astrolabe would reject it: "${field}" is not an ISO 8601 date.`
}
