import type { Json, JsonObject } from '../../../server/api'

export interface ParsedEvents {
  events: JsonObject[]
  /** Why there are none. */
  problem?: string
}

/** One event, or an array of them. */
export function parseEvents(text: string): ParsedEvents {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch (error) {
    return { events: [], problem: `This is not valid JSON yet: ${(error as SyntaxError).message}` }
  }
  const events = Array.isArray(value) ? value : [value]
  return events.every(isObject) && events.length > 0
    ? { events }
    : { events: [], problem: 'Write an event, which is a JSON object, or an array of events.' }
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
