import { createBar } from './bar'
import type { Terminal } from './terminal'

/** Shows how far a long run has come, on standard error: a bar on a terminal, a line now and then elsewhere. */
export interface Progress {
  update(bytes: number, events: number): void
  /** Says something in between. */
  note(text: string): void
  stop(): void
}

const EVENTS_PER_LINE = 1000

/** @param totalBytes of all that will be read; undefined where it is not known, as with standard input */
export function startProgress(stderr: Terminal['stderr'], totalBytes: number | undefined): Progress {
  return stderr.isTTY && totalBytes ? startBar(stderr, totalBytes) : startLines(stderr)
}

function startBar(stderr: Terminal['stderr'], totalBytes: number): Progress {
  const bar = createBar(stderr, '{bar} {percentage}% | {events} events | {duration_formatted}')
  bar.start(totalBytes, 0, { events: 0 })
  return {
    update: (bytes, events) => bar.update(bytes, { events }),
    // In the place of the bar, which is drawn again below.
    note: (text) => stderr.write(`\r\x1b[K${text}\n`),
    stop: () => bar.stop()
  }
}

function startLines(stderr: Terminal['stderr']): Progress {
  return {
    update: (_bytes, events) => {
      if (events % EVENTS_PER_LINE === 0) {
        stderr.write(`${events} events read\n`)
      }
    },
    note: (text) => stderr.write(`${text}\n`),
    stop: () => undefined
  }
}
