import type { SegmentEvent } from '@segment/actions-core'
import { mismatchOf } from '../../runtime'
import type { EventTrace, MappingTrace, RequestTrace } from '../../runtime'
import type { Paint } from '../color'
import { oneLine } from '../output'
import type { Explanation } from './explain-events'

const VERDICTS: Record<Explanation['verdict'], string> = {
  sent: 'This event would be sent to Astrolabe.',
  rejected: 'This event would be rejected.',
  filtered: 'This event would be filtered.',
  'not subscribed': 'No mapping matches this event.'
}

const COLORS = { sent: 'green', rejected: 'red', filtered: 'yellow', 'not subscribed': 'yellow' } as const

/** The explanation of one event as text, wrapped at the given width; JSON keeps its lines. */
export function formatExplanation(
  { place, verdict, event, problem, hints, trace }: Explanation,
  paint: Paint,
  columns: number
): string {
  const title = oneLine(event ? `${place}: ${titleOf(event)}` : place)
  const lines = [
    paint('bold', title),
    paint(COLORS[verdict], `  ${problem ? "This can't be read as an event." : VERDICTS[verdict]}`)
  ]
  if (problem) {
    lines.push(...wrap(problem, columns, '  '))
  }
  for (const hint of hints) {
    lines.push(
      ...wrap(hint, columns, '    ').map((line, index) =>
        index === 0 ? `  ${paint('yellow', '!')} ${line.trimStart()}` : line
      )
    )
  }
  if (trace) {
    const { decidedBy = 'no entry for Astrolabe or All, so the event is let through' } = trace.integrations
    lines.push(...labelled('Integrations', decidedBy, columns))
    lines.push(...filterLines(trace, columns))
    lines.push(
      ...trace.mappings.flatMap((mapping) => mappingLines(mapping, trace.event ?? event, hints, paint, columns))
    )
  }
  return `${lines.join('\n')}\n`
}

function titleOf({ type, event }: { type: string; event?: unknown }): string {
  return typeof event === 'string' && event ? `${type} "${event}"` : type
}

function filterLines({ integrations, filters }: EventTrace, columns: number): string[] {
  if (filters?.length === 0 && integrations.isEnabled) {
    return labelled('Filters', 'none applies', columns)
  }
  return (filters ?? []).flatMap(({ title, reason, removed }) =>
    labelled('Filter', reason ?? `"${title}" removes ${removed.join(', ')}`, columns)
  )
}

function mappingLines(
  mapping: MappingTrace,
  event: SegmentEvent | undefined,
  hints: string[],
  paint: Paint,
  columns: number
): string[] {
  const { name, trigger, matches, payload, outcome, reason = '', request } = mapping
  const state = {
    yes: 'matches',
    no: `does not match${event ? mismatchIn(trigger, event) : ''}`,
    error: "can't be read"
  }[matches]
  const lines = labelled(name, `${trigger || 'An empty trigger'} ${state}`, columns)
  if (matches === 'yes') {
    lines[0] = lines[0].replace(oneLine(name), paint('bold', oneLine(name)))
  }
  if (outcome === 'rejected') {
    // The hints stand above.
    const own = hints.reduce((text, hint) => text.replace(hint, '').trim(), reason)
    lines.push(...labelled('  rejected', own, columns))
  }
  if (payload) {
    lines.push(...block('Payload', payload))
  }
  return request ? [...lines, ...requestLines(request)] : lines
}

/** The trigger itself tells that it is for another type of call. */
function mismatchIn(trigger: string, event: SegmentEvent): string {
  const mismatch = mismatchOf(trigger, event)
  return mismatch === undefined || mismatch.startsWith('type is ') ? '' : `: ${mismatch}`
}

function requestLines({ method, url, headers, body }: RequestTrace): string[] {
  return [
    `    Request\n      ${method} ${url}`,
    ...Object.entries(headers).map(([name, value]) => `      ${name}: ${value}`),
    '',
    ...indented(body)
  ]
}

function block(label: string, value: unknown): string[] {
  return [`    ${label}`, ...indented(value)]
}

function indented(value: unknown): string[] {
  return JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => `      ${line}`)
}

function labelled(label: string, text: string, columns: number): string[] {
  const padded = `  ${oneLine(label).padEnd(14)} `
  return wrap(text, columns, ' '.repeat(padded.length)).map((line, index) =>
    index === 0 ? `${padded}${line.trimStart()}` : line
  )
}

function wrap(text: string, columns: number, indent: string): string[] {
  const lines: string[] = []
  for (const word of oneLine(text).split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= columns) {
      lines[lines.length - 1] = `${last} ${word}`
    } else {
      lines.push(`${indent}${word}`)
    }
  }
  return lines
}
