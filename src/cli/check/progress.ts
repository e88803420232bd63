import type { Rule } from '../../contract/rule'
import type { Output } from '../output'
import { createBar } from '../progress'

/** Shows the current rule in a bar on a terminal, and nothing elsewhere. */
export function startRuleProgress(stderr: Output, count: number) {
  if (!stderr.isTTY) {
    return { update: () => undefined, stop: () => undefined }
  }
  const bar = createBar(stderr)
  return {
    update: ({ id }: Rule, checked: number) => bar.update(checked / count, `${checked}/${count} ${id}`),
    stop: () => bar.stop()
  }
}
