import { Format, Presets, SingleBar } from 'cli-progress'
import type { Rule } from '../contract/rule'
import { RULES } from '../contract/rules'
import type { Terminal } from './terminal'

/** Shows which rule is being checked: a bar on a terminal, nothing elsewhere. */
export function startRuleProgress(stderr: Terminal['stderr']) {
  if (!stderr.isTTY) {
    return { update: () => undefined, stop: () => undefined }
  }
  const bar = new SingleBar(
    {
      format: '{bar} {value}/{total} | {rule}',
      formatBar: Format.BarFormat,
      stream: stderr,
      clearOnComplete: true,
      hideCursor: true
    },
    Presets.shades_classic
  )
  bar.start(RULES.length, 0, { rule: '' })
  return {
    update: ({ id }: Rule, checked: number) => bar.update(checked, { rule: id }),
    stop: () => bar.stop()
  }
}
