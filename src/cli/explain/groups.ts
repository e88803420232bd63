import type { Paint } from '../color'
import { formatCount, formatNumber } from '../format'
import { oneLine } from '../output'
import type { Explanation } from './explain-events'
import { formatExplanation } from './format-explanation'

/** Events that have the same verdict for the same reason. */
interface Group {
  verdict: Explanation['verdict']
  reason: string
  first: Explanation
  count: number
}

/** Groups in memory: the events of all others are only counted. */
const MAX_GROUPS = 50

const VERDICTS = { sent: 'would be sent', rejected: 'would be rejected', filtered: 'would be filtered' } as const

/** Counts explanations by reason, and keeps the first of each. Its memory does not grow with the number of events. */
export class Groups {
  private readonly groups = new Map<string, Group>()
  private others = 0

  add(explanation: Explanation): void {
    const { verdict } = explanation
    const reason = reasonOf(explanation)
    const key = `${verdict} ${reason}`
    const known = this.groups.get(key)
    if (known) {
      known.count++
    } else if (this.groups.size < MAX_GROUPS) {
      this.groups.set(key, { verdict, reason, first: explanation, count: 1 })
    } else {
      this.others++
    }
  }

  /** Rejected events first, then by frequency. */
  format(paint: Paint, columns: number): string {
    const rank = ({ verdict }: Group) => (verdict === 'rejected' ? 0 : 1)
    const groups = [...this.groups.values()].sort((a, b) => rank(a) - rank(b) || b.count - a.count)
    const events = groups.reduce((sum, { count }) => sum + count, this.others)
    return [
      `${formatCount(events, 'event')}, grouped by reason, each with its first event. Add --all for every event.\n`,
      ...groups.map(
        (group) => `${paint('bold', describeGroup(group))}\n${formatExplanation(group.first, paint, columns)}`
      ),
      ...(this.others > 0 ? [`${formatCount(this.others, 'event')} with other reasons. Add --all for them.\n`] : [])
    ].join('\n')
  }
}

function describeGroup({ verdict, reason, count }: Group): string {
  const what = verdict === 'not subscribed' ? 'not subscribed' : VERDICTS[verdict]
  return oneLine(`${formatNumber(count)} ${what}${reason && `: ${reason}`}`)
}

/** The reasons of a rejection contain the hints. An event that would be sent may have hints only. */
function reasonOf({ verdict, problem, hints, trace }: Explanation): string {
  const reasons =
    trace?.mappings.flatMap(({ outcome, reason }) => (outcome === verdict && reason ? [reason] : [])) ?? []
  return [...new Set([problem ?? [], reasons.length > 0 ? reasons : hints].flat())].join(' ')
}
