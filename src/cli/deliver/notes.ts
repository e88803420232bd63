import type { DeliveryOptions } from '../../delivery/delivery'
import type { Notice } from '../../delivery/notice'
import { formatDuration } from '../format'

/** Events from which on a checkpoint is worth its file. */
const MANY_EVENTS = 10_000

/** Bytes of an event, roughly, plain and in gzip. */
const EVENT_SIZE = 1000
const PACKED_EVENT_SIZE = 150

/** What to say about something that happens during a run, if anything. */
export function noteOf(notice: Notice): string | undefined {
  switch (notice.kind) {
    case 'retry':
      return `${notice.at.file}, ${notice.at.unit} ${notice.at.line}: trying again. ${notice.reason}`
    case 'pause':
      return `Astrolabe asks to wait ${formatDuration(notice.milliseconds)}.`
    case 'no batches':
      return 'This API has no batch endpoint: continuing with single requests.'
    case 'settled':
    case 'stop':
      return undefined
  }
}

/** A sentence if a long run lies ahead that could not resume. */
export function suggestCheckpoint({ inputs, checkpoint }: Pick<DeliveryOptions, 'inputs' | 'checkpoint'>) {
  const events = inputs.reduce(
    (sum, { name, file }) => sum + (file?.size ?? 0) / (name.endsWith('.gz') ? PACKED_EVENT_SIZE : EVENT_SIZE),
    0
  )
  return checkpoint || events <= MANY_EVENTS || inputs.some(({ file }) => !file)
    ? undefined
    : `More than 10,000 events lie ahead. With --checkpoint FILE this run could resume if it is interrupted.`
}
