import type { DeliveryOptions } from '../../delivery/delivery'
import type { Notice } from '../../delivery/notice'
import { formatDuration } from '../format'
import { oneLine } from '../output'

/** Events from which on a checkpoint is worth its file. */
const MANY_EVENTS = 10_000

/** Events from which on it matters that a run has no filters. */
const MANY_UNFILTERED = 1000

const UNFILTERED =
  "More than 1,000 events go to Astrolabe, and Segment's destination filters are not applied: add --filters FILE if the destination has any."

/** Bytes of an event, roughly, plain and in gzip. */
const EVENT_SIZE = 1000
const PACKED_EVENT_SIZE = 150

/** Reasons for retries that are said at most. A reason that quotes an event may differ each time. */
const MAX_REASONS = 20

/**
 * Returns what to say about something that happens during a run, if anything: each reason for a retry once, and a wait if
 * it is longer than those before. An outage concerns many events, and the progress shows how many.
 *
 * @param isUnfiltered whether to say, after many events, that no filters are applied
 */
export function createNotes(isUnfiltered = false): (notice: Notice) => string | undefined {
  const reasons = new Set<string>()
  let longestPause = 0
  let longestOutage = 0
  let compared = -1
  let settled = 0
  return (notice) => {
    switch (notice.kind) {
      case 'retry': {
        const { at, reason } = notice
        if (reasons.has(reason) || reasons.size === MAX_REASONS) {
          return undefined
        }
        reasons.add(reason)
        return oneLine(`${at.file}, ${at.unit} ${at.line}: trying again. ${reason}`)
      }
      case 'pause':
        if (notice.milliseconds <= longestPause) {
          return undefined
        }
        longestPause = notice.milliseconds
        return `Astrolabe asks to wait ${formatDuration(notice.milliseconds)}.`
      case 'outage':
        // Each time that it has lasted twice as long.
        if (notice.milliseconds < 2 * longestOutage) {
          return undefined
        }
        longestOutage = notice.milliseconds
        return `Astrolabe has not responded for ${formatDuration(notice.milliseconds)}. Trying again every ${formatDuration(notice.every)}.`
      case 'outage over':
        longestOutage = 0
        return `Astrolabe responds again, after ${formatDuration(notice.milliseconds)}.`
      case 'no batches':
        return 'This API has no batch endpoint: continuing with single requests.'
      case 'locked':
        return `A run on ${notice.host} has used this checkpoint: checking for 10 s whether it still does.`
      case 'comparing': {
        const tenths = Math.floor((10 * notice.bytes) / notice.totalBytes)
        if (tenths === compared) {
          return undefined
        }
        compared = tenths
        return `Files have new times. Comparing what was read of them: ${tenths * 10}%.`
      }
      case 'settled':
        return isUnfiltered && ++settled === MANY_UNFILTERED + 1 ? UNFILTERED : undefined
      case 'stop':
        return undefined
    }
  }
}

/** A sentence if a long run lies ahead that could not resume. */
export function suggestCheckpoint({ inputs, checkpoint }: Pick<DeliveryOptions, 'inputs' | 'checkpoint'>) {
  return checkpoint || estimateEvents(inputs) <= MANY_EVENTS
    ? undefined
    : `More than 10,000 events lie ahead. With --checkpoint FILE this run could resume if it is interrupted.`
}

/** A sentence if a run without filters lies ahead that probably has many events. */
export function warnOfMissingFilters({ inputs }: Pick<DeliveryOptions, 'inputs'>): string | undefined {
  return estimateEvents(inputs) > MANY_UNFILTERED ? UNFILTERED : undefined
}

/** Roughly; 0 if nobody knows. */
function estimateEvents(inputs: DeliveryOptions['inputs']): number {
  return inputs.every(({ stored }) => stored)
    ? inputs.reduce(
        (sum, { name, stored }) => sum + (stored?.size ?? 0) / (name.endsWith('.gz') ? PACKED_EVENT_SIZE : EVENT_SIZE),
        0
      )
    : 0
}
