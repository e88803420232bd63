import { isUndelivered, EVENT_OUTCOMES } from '../delivery/result'
import type { EventOutcome } from '../delivery/result'
import type { DeliverySummary } from '../delivery/delivery'
import type { Counts, Reason } from '../delivery/tally'
import type { Paint } from './color'
import type { Filters } from './configuration'
import { describeStop, exitCodeOf } from './deliver/stop'
import { formatCount, formatNumber } from './format'
import { oneLine } from './output'

const REASONS_SHOWN = 20

/** What became of all events, and why not all were delivered, as text. */
export function describeSummary(
  { tally, selection, rounded, emptyInputs }: DeliverySummary,
  paint: Paint,
  deliveredLabel = 'delivered'
): string {
  const rows: [string, number][] = [
    ['read', tally.total],
    ...EVENT_OUTCOMES.filter((outcome) => outcome !== 'not tried' || tally.counts[outcome] > 0).map(
      (outcome): [string, number] => [outcome, tally.counts[outcome]]
    ),
    ...(
      [
        ['outside period', selection.outsidePeriod],
        ['other shards', selection.otherShards]
      ] as [string, number][]
    ).filter(([, count]) => count > 0)
  ]
  const nameOf = (label: string) => (label === 'delivered' ? deliveredLabel : label)
  const lines = rows.map(([label, count]) =>
    paintRow(paint, label, count, `${nameOf(label).padEnd(14)} ${formatNumber(count)}`)
  )
  const reasons = sortReasons(tally.listReasons())
  for (const { outcome, reason, count, file, unit, line } of reasons.slice(0, REASONS_SHOWN)) {
    lines.push(
      '',
      `${paint(colorOf(outcome), `${formatNumber(count)} ${nameOf(outcome)}`)}: ${oneLine(reason)}`,
      paint('dim', `  first at ${oneLine(file)}, ${unit} ${line}`)
    )
  }
  if (reasons.length > REASONS_SHOWN) {
    lines.push('', `… and ${formatCount(reasons.length - REASONS_SHOWN, 'more reason')}. Add --json for all.`)
  }
  if (selection.firstWithoutTime) {
    const { file, unit, line } = selection.firstWithoutTime
    lines.push(
      '',
      `${formatCount(selection.withoutTime, 'event')} without a readable time: in every period.`,
      paint('dim', `  first at ${oneLine(file)}, ${unit} ${line}`)
    )
  }
  if (rounded.first) {
    const { file, unit, line, path } = rounded.first
    lines.push(
      '',
      `${formatCount(rounded.count, 'event')} with a number that JavaScript can't hold: sent rounded, as Segment does.`,
      paint('dim', `  first at ${file}, ${unit} ${line}: ${path}`)
    )
  }
  if (emptyInputs.length > 0) {
    lines.push('', ...describeEmpty(emptyInputs))
  }
  return lines.join('\n')
}

/** How many filters were applied. */
export function describeFilters({ filters, disabled }: Pick<Filters, 'filters' | 'disabled'>): string {
  const applied = filters.length === 0 ? 'No filters were applied' : `${formatCount(filters.length, 'filter')} applied`
  return `${applied}${disabled > 0 ? `, ${formatNumber(disabled)} disabled` : ''}.`
}

export function summaryToJson(
  { tally, selection, rounded, emptyInputs, stopReason, continueAt }: DeliverySummary,
  filters?: Pick<Filters, 'filters' | 'disabled'>
): object {
  return {
    read: tally.total,
    ...countsToJson(tally.counts),
    outsidePeriod: selection.outsidePeriod,
    withoutTime: selection.withoutTime,
    otherShards: selection.otherShards,
    roundedNumbers: rounded.count,
    filters: filters && { applied: filters.filters.length, disabled: filters.disabled },
    emptyInputs,
    reasons: sortReasons(tally.listReasons()),
    exitCode: exitCodeOf({ tally, stopReason }),
    stopped: stopReason && describeStop(stopReason),
    continueAt: continueAt && `${continueAt.file}:${continueAt.line}`
  }
}

export function countsToJson(counts: Counts) {
  const { delivered, 'not subscribed': notSubscribed, filtered, rejected, failed, 'not tried': notTried } = counts
  return { delivered, notSubscribed, filtered, rejected, failed, notTried }
}

export function colorOf(outcome: EventOutcome): 'green' | 'red' | 'yellow' {
  if (outcome === 'delivered') {
    return 'green'
  }
  return isUndelivered(outcome) ? 'red' : 'yellow'
}

function paintRow(paint: Paint, label: string, count: number, row: string): string {
  const outcome = EVENT_OUTCOMES.find((name) => name === label)
  return outcome && count > 0 ? paint(colorOf(outcome), row) : row
}

/** Undelivered events first, then by frequency. */
function sortReasons(reasons: Reason[]): Reason[] {
  const rank = ({ outcome }: Reason) => (isUndelivered(outcome) ? 0 : 1)
  return reasons.sort((a, b) => rank(a) - rank(b) || b.count - a.count)
}

function describeEmpty(names: string[]): string[] {
  const shown = names.slice(0, REASONS_SHOWN).map((name) => `${oneLine(name)} holds no events.`)
  const more = names.length - shown.length
  return more > 0 ? [...shown, `… and ${formatNumber(more)} more files hold no events.`] : shown
}
