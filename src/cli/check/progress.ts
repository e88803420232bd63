import type { Rule } from '../../contract/rule'
import { RULES } from '../../contract/rules'
import { createBar } from '../progress'
import type { Terminal } from '../terminal'

/** Shows the current rule in a bar on a terminal, and nothing elsewhere. */
export function startRuleProgress(stderr: Terminal['stderr']) {
  if (!stderr.isTTY) {
    return { update: () => undefined, stop: () => undefined }
  }
  const bar = createBar(stderr, '{bar} {value}/{total} | {rule}')
  bar.start(RULES.length, 0, { rule: '' })
  return {
    update: ({ id }: Rule, checked: number) => bar.update(checked, { rule: id }),
    stop: () => bar.stop()
  }
}
