import { Format, Presets, SingleBar } from 'cli-progress'
import type { Progress } from '../delivery/delivery'
import { formatCount, formatDuration, formatNumber } from './format'
import { columnsOf } from './terminal'
import type { Terminal } from './terminal'

/** Shows on standard error how far a delivery has come, until `stop`: a bar on a terminal, a line now and then elsewhere. */
export interface ProgressDisplay {
  note(text: string): void
  stop(): void
}

const BAR_INTERVAL = 200
const LINE_INTERVAL = 10_000

/** A progress bar on a terminal, which leaves nothing behind. */
export function createBar(stderr: Terminal['stderr'], format: string, size?: number): SingleBar {
  return new SingleBar(
    {
      format,
      formatBar: Format.BarFormat,
      barsize: size,
      stream: stderr,
      clearOnComplete: true,
      hideCursor: true,
      linewrap: false
    },
    Presets.shades_classic
  )
}

/** @param now the delivery's progress at the moment */
export function showProgress(stderr: Terminal['stderr'], now: () => Progress): ProgressDisplay {
  const describe = createDescription(now)
  if (!stderr.isTTY) {
    const timer = setInterval(() => stderr.write(`${describe()}\n`), LINE_INTERVAL)
    return { note: (text) => stderr.write(`${text}\n`), stop: () => clearInterval(timer) }
  }
  const bar = createBar(stderr, '{bar} {text}', columnsOf(stderr) > 100 ? 20 : 10)
  const update = () => bar.update(fractionOf(now()) * 100, { text: describe() })
  bar.start(100, 0, { text: describe() })
  const timer = setInterval(update, BAR_INTERVAL)
  return {
    // In the place of the bar, which is drawn again below.
    note: (text) => stderr.write(`\r\x1b[K${text}\n`),
    stop: () => {
      clearInterval(timer)
      bar.stop()
    }
  }
}

function createDescription(now: () => Progress): () => string {
  const start = { ...now(), at: Date.now() }
  return () => {
    const { bytes, totalBytes, events, inFlight, retrying, rejected, failed, pause, blockedShare } = now()
    const elapsed = Date.now() - start.at
    const perSecond = ((events - start.events) * 1000) / Math.max(elapsed, 1)
    const left =
      totalBytes && bytes > start.bytes ? ((totalBytes - bytes) * elapsed) / (bytes - start.bytes) : undefined
    // A narrow terminal cuts the end.
    return [
      totalBytes ? `${Math.floor((bytes / totalBytes) * 100)}%` : '',
      formatCount(events, 'event'),
      `${formatNumber(perSecond)}/s`,
      left === undefined ? '' : `${formatDuration(left)} left`,
      pause > 0 ? `waiting ${formatDuration(pause)} as asked` : '',
      blockedShare > 0 ? `${Math.round(blockedShare * 100)}% wait for one key` : '',
      retrying > 0 ? `${formatNumber(retrying)} to retry` : '',
      `${formatNumber(rejected)} rejected`,
      `${formatNumber(failed)} failed`,
      `${inFlight} in flight`
    ]
      .filter(Boolean)
      .join(', ')
  }
}

function fractionOf({ bytes, totalBytes }: Progress): number {
  return totalBytes ? bytes / totalBytes : 0
}
