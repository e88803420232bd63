import type { Progress } from '../delivery/delivery'
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

/**
 * Shows on standard error how far a delivery has come: in a bar on a terminal, in a line now and then elsewhere.
 *
 * @param now the delivery's progress at the moment
 * @returns a function that ends it
 */
export function showProgress(stderr: Output, now: () => Progress): () => void {
  const describe = createDescription(now)
  if (!stderr.isTTY) {
    const timer = setInterval(() => stderr.write(`${describe(Infinity)}\n`), LINE_INTERVAL)
    return () => clearInterval(timer)
  }
  const bar = createBar(stderr)
  const columns = columnsOf(stderr) - (columnsOf(stderr) > 100 ? 22 : 12)
  const update = () => bar.update(fractionOf(now()), describe(columns))
  update()
  const timer = setInterval(update, BAR_INTERVAL)
  return () => {
    clearInterval(timer)
    bar.stop()
  }
}

/** @returns a function that describes the progress in so many columns */
function createDescription(now: () => Progress): (columns: number) => string {
  const start = { ...now(), at: Date.now() }
  return (columns) => {
    const { bytes, totalBytes, events, inFlight, retrying, rejected, failed, pause, outage, blockedShare } = now()
    const elapsed = Date.now() - start.at
    const perSecond = ((events - start.events) * 1000) / Math.max(elapsed, 1)
    const left =
      totalBytes && bytes > start.bytes ? ((totalBytes - bytes) * elapsed) / (bytes - start.bytes) : undefined
    return fit(
      [
        [0, totalBytes ? `${Math.floor((bytes / totalBytes) * 100)}%` : ''],
        [1, formatCount(events, 'event')],
        [2, failed > 0 ? `${formatNumber(failed)} failed` : ''],
        [2, rejected > 0 ? `${formatNumber(rejected)} rejected` : ''],
        [3, outage ? describeOutage(outage) : ''],
        [3, pause > 0 && !outage ? `waiting ${formatDuration(pause)} as asked` : ''],
        [4, retrying > 0 ? `${formatNumber(retrying)} to retry` : ''],
        [5, left === undefined ? '' : `${formatDuration(left)} left`],
        [6, `${formatNumber(perSecond)}/s`],
        [7, blockedShare > 0 ? `${Math.round(blockedShare * 100)}% wait for one key` : ''],
        [8, `${inFlight} in flight`]
      ],
      columns
    )
  }
}

function describeOutage({ elapsed, left }: NonNullable<Progress['outage']>): string {
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
