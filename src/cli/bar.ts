import { Format, Presets, SingleBar } from 'cli-progress'
import type { Terminal } from './terminal'

/** A progress bar on a terminal, which leaves nothing behind. */
export function createBar(stderr: Terminal['stderr'], format: string): SingleBar {
  return new SingleBar(
    { format, formatBar: Format.BarFormat, stream: stderr, clearOnComplete: true, hideCursor: true },
    Presets.shades_classic
  )
}
