import type { Subscription } from '@segment/actions-core'
import type { Tally } from '../../../src/delivery/tally'
import type { FakeAstrolabe } from './fake-astrolabe'
import { indexOf, linesOf, MAPPINGS } from './scenario'
import type { Scenario } from './scenario'

/** What a scenario has led to, after its last run. */
interface Outcome {
  astrolabe: Pick<FakeAstrolabe, 'has' | 'disturbed' | 'rejected'>
  tally: Tally
  /** Lines of the report on all events, and of the undelivered file. */
  report: string[]
  undelivered: string[]
}

interface ReportLine {
  file: string
  line: number
  outcome: string
  reason?: string
}

const UNDELIVERED = ['rejected', 'failed', 'not tried']

/** A sentence for each promise that is broken: nothing is lost, and nothing is counted twice. */
export function brokenPromises(scenario: Scenario, { astrolabe, tally, report, undelivered }: Outcome): string[] {
  const lines = linesOf(scenario)
  const reported = report.map((text) => JSON.parse(text) as ReportLine)
  const results = new Map(reported.map((result) => [indexOf(scenario, result), result]))
  const broken: string[] = []
  const check = (isKept: boolean, violation: string) => void (isKept || broken.push(violation))

  check(reported.length === results.size, 'The report has an event twice.')
  scenario.events.forEach((event, line) => {
    const { type, isFiltered } = event
    const { outcome = 'lost' } = results.get(line) ?? {}
    const mappings = MAPPINGS[scenario.mappings].filter(({ subscribe }) => subscribe?.includes(`"${type}"`))
    if (type === 'not JSON') {
      check(outcome === 'rejected', `Line ${line} is ${outcome}.`)
    } else if (isFiltered || mappings.length === 0) {
      check(outcome === (isFiltered ? 'filtered' : 'not subscribed'), `Event ${line} is ${outcome}.`)
    } else if (outcome === 'delivered') {
      const missing = mappings.filter(({ name = '' }) => !astrolabe.has(line, name)).map(({ name }) => name)
      check(missing.length === 0, `Event ${line} counts as delivered, and did not arrive under ${missing.join(', ')}.`)
    } else {
      const isInvalid = mappings.some((mapping) => namesNobody(event, mapping))
      const met = outcome === 'rejected' ? astrolabe.rejected : astrolabe.disturbed
      const isExplained = met.has(line) || outcome === 'not tried' || isInvalid
      check(
        UNDELIVERED.includes(outcome) && isExplained,
        `Event ${line} is ${outcome}, and nothing that it met explains it.`
      )
    }
  })

  const lost = lines.filter((_line, index) => UNDELIVERED.includes(results.get(index)?.outcome ?? ''))
  check(isSame(undelivered.map(withoutDerivedId), lost), 'The undelivered file does not hold each such event once.')

  for (const [outcome, count] of Object.entries(tally.counts)) {
    const listed = reported.filter((result) => result.outcome === outcome)
    const withReason = listed.filter(({ reason }) => reason !== undefined).length
    const reasons = tally.listReasons().filter((reason) => reason.outcome === outcome)
    const sum = reasons.reduce((total, reason) => total + reason.count, 0)
    check(listed.length === count, `${count} events count as ${outcome}, and the report has ${listed.length}.`)
    check(sum === withReason, `${withReason} events are ${outcome} for a reason, and the reasons add up to ${sum}.`)
    check(withReason === count || outcome === 'delivered' || outcome === 'not tried', `${outcome} without a reason.`)
  }
  return broken
}

/** The destination rejects such an event before it sends it; in a batch that fails, it fails along. */
function namesNobody(event: Scenario['events'][number], { partnerAction, mapping }: Subscription): boolean {
  const idOf = (field: string) => {
    const { '@path': path = '' } = (mapping?.[field] ?? {}) as { '@path'?: string }
    return new Map<string, unknown>([
      ['$.userId', event.userId],
      ['$.anonymousId', event.anonymousId],
      ['$.groupId', event.groupId],
      ['$.traits.crm_id', event.crmId]
    ]).get(path)
  }
  const ids = partnerAction === 'group' ? ['group_id'] : ['user_id', 'anonymous_id']
  return ids.every((field) => idOf(field) === undefined)
}

function isSame(a: string[], b: string[]): boolean {
  return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort())
}

/** A saved event keeps the ID that was derived for it. */
function withoutDerivedId(json: string): string {
  return json.replace(/,"messageId":"derived-[0-9a-f]+"\}$/, '}')
}
