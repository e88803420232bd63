import type { SegmentEvent } from '@segment/actions-core'
import { isJsonObject } from '../../formats/json'
import { envelopeHint } from '../../runtime'
import type { Location } from '../result'
import { restoreIds } from './exact-numbers'

/** An input's name and its index among all inputs. */
export interface Source {
  file: string
  input: number
}

/** Where an event stands. */
export interface Place extends Source, Pick<Location, 'unit' | 'line'> {
  /** Bytes of the text, roughly. */
  bytes: number
}

/**
 * One event, or a problem in its place: a sentence for the user that never quotes the input.
 *
 * `raw` is the text as it is in the input, without its line end. An item of an array, or an event written over several
 * lines, comes on one line. It is the bytes if they are not UTF-8, and empty if the document is broken or too long.
 */
export type EventRead = Place &
  (
    | {
        event: SegmentEvent
        raw: string
        /** The path of a number that JavaScript can't hold as it is written, so that it is delivered rounded. */
        rounded?: string
      }
    | { problem: string; raw: string | Buffer }
  )

/**
 * @param raw its text, or its bytes if they are not UTF-8
 * @param isExact whether it is known that JavaScript can hold its numbers
 */
export function asEvent(place: Place, value: unknown, raw: string | Buffer, isExact = false): EventRead {
  const { file, input, unit, line, bytes } = place
  if (typeof raw !== 'string') {
    return { ...place, raw, problem: notUtf8(`This ${unit}`) }
  }
  if (!isJsonObject(value)) {
    const kind = value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`
    return { ...place, raw, problem: `This ${unit} holds ${kind}. Write each event as one JSON object.` }
  }
  if (!hasType(value)) {
    const problem = envelopeHint(value) ?? 'This event has no "type". Give it the type of its call, such as "track".'
    return { ...place, raw, problem }
  }
  const rounded = isExact ? undefined : restoreIds(value, raw)
  // One literal: spreading an object into it costs more than the rest.
  const read = { file, input, unit, line, raw, bytes, event: value }
  return rounded === undefined ? read : { ...read, rounded }
}

/** A sentence on bytes that are not UTF-8. */
export function notUtf8(what: string): string {
  return `${what} is not UTF-8: convert it with iconv -f windows-1252 -t utf-8, or from its own encoding.`
}

/** All that makes an event here. The mappings decide which types there are, and what else an event must hold. */
function hasType(value: object): value is SegmentEvent {
  return 'type' in value && typeof value.type === 'string' && value.type !== ''
}
