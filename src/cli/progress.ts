import type { Progress, Waiting } from '../delivery/delivery'
import { formatCount, formatDuration, formatNumber } from './format'
import type { Output } from './output'
import { columnsOf } from './terminal'

/** A progress bar in the status row of a terminal. */
interface Bar {
  /** @param fraction from 0 to 1 */
  update(fraction: number, text: string): void
  stop(): void
}

const BAR_INTERVAL = 200
const LINE_INTERVAL = 10_000

export function createBar(output: Output): Bar {
  const width = columnsOf(output) > 100 ? 20 : 10
  return {
    update: (fraction, text) => {
      const done = Math.round(Math.min(Math.max(fraction, 0), 1) * width)
      output.showStatus(`${'█'.repeat(done)}${'░'.repeat(width - done)} ${text}`)
    },
    stop: () => output.showStatus('')
  }
}

/** The progress, and what follows from it. */
export interface Reading extends Progress {
  /** Events per second since the start. */
  perSecond: number
  /** Milliseconds until the end, if that can be told. */
  left?: number
}

/** @returns a function that reads the progress, for the bar and for `--status` alike */
export function createMeter(now: () => Progress): () => Reading {
  const start = { ...now(), at: Date.now() }
  return () => {
    const progress = now()
    const { bytes, totalBytes, events } = progress
    const elapsed = Date.now() - start.at
    return {
      ...progress,
      perSecond: ((events - start.events) * 1000) / Math.max(elapsed, 1),
      left: totalBytes && bytes > start.bytes ? ((totalBytes - bytes) * elapsed) / (bytes - start.bytes) : undefined
    }
  }
}

/**
 * Shows on standard error how far a delivery has come: in a bar on a terminal, in a line now and then elsewhere.
 *
 * @param read the delivery's progress at the moment
 * @returns a function that ends it
 */
export function showProgress(stderr: Output, read: () => Reading): () => void {
  if (!stderr.isTTY) {
    const timer = setInterval(() => stderr.write(`${describe(read(), Infinity)}\n`), LINE_INTERVAL)
    return () => clearInterval(timer)
  }
  const bar = createBar(stderr)
  const columns = columnsOf(stderr) - (columnsOf(stderr) > 100 ? 22 : 12)
  const update = () => {
    const reading = read()
    bar.update(fractionOf(reading), describe(reading, columns))
  }
  update()
  const timer = setInterval(update, BAR_INTERVAL)
  return () => {
    clearInterval(timer)
    bar.stop()
  }
}

function describe(reading: Reading, columns: number): string {
  const { bytes, totalBytes, events, inFlight, retrying, counts, waiting, blockedShare, perSecond, left } = reading
  return fit(
    [
      [0, totalBytes ? `${Math.floor((bytes / totalBytes) * 100)}%` : ''],
      [1, formatCount(events, 'event')],
      [2, counts.failed > 0 ? `${formatNumber(counts.failed)} failed` : ''],
      [2, counts.rejected > 0 ? `${formatNumber(counts.rejected)} rejected` : ''],
      [3, waiting ? describeWaiting(waiting) : ''],
      [4, retrying > 0 ? `${formatNumber(retrying)} to retry` : ''],
      [5, left === undefined ? '' : `${formatDuration(left)} left`],
      [6, `${formatNumber(perSecond)}/s`],
      [7, blockedShare > 0 ? `${Math.round(blockedShare * 100)}% wait for one key` : ''],
      [8, `${inFlight} in flight`]
    ],
    columns
  )
}

function describeWaiting({ for: reason, elapsed, left }: Waiting): string {
  if (reason === 'retry-after') {
    return `waiting ${formatDuration(left)} as asked`
  }
  const next = left < Infinity ? `next attempt in ${formatDuration(left)}` : 'trying'
  return `no response for ${formatDuration(elapsed)}, ${next}`
}

/** Joins the parts, without the least important ones (those of the highest rank) if they don't fit. */
function fit(parts: [rank: number, text: string][], columns: number): string {
  const shown = parts.filter(([, text]) => text !== '')
  const text = shown.map(([, part]) => part).join(', ')
  const last = Math.max(...shown.map(([rank]) => rank))
  return text.length <= columns || last === 0
    ? text
    : fit(
        shown.filter(([rank]) => rank < last),
        columns
      )
}

function fractionOf({ bytes, totalBytes }: Progress): number {
  return totalBytes ? bytes / totalBytes : 0
}
