import type { DeliverySummary } from '../../delivery/delivery'
import type { Location } from '../../delivery/result'
import { formatCount } from '../format'
import { toCommand } from './command'
import type { DeliverOptions } from './options'
import { describeStop } from './stop'

/** What the user should know and do after a run in which not everything arrived. */
export function nextSteps(summary: DeliverySummary, args: string[], options: DeliverOptions): string[] {
  const { tally, stopReason, continueAt } = summary
  const { undelivered: file } = options
  const saved = tally.undelivered - tally.unsaved
  const steps: string[] = []
  if (tally.undelivered > 0 && !file) {
    steps.push('Add --undelivered FILE to save undelivered events. Fix the cause, then deliver that file.')
  }
  if (saved > 0 && file) {
    steps.push(
      `${formatCount(saved, 'undelivered event')} ${saved === 1 ? 'was' : 'were'} saved to ${file}. ` +
        `Fix the cause, then run:\n  ${toCommand([...sameTreatment(options), file])}`
    )
  }
  if (tally.unsaved > 0 && file) {
    steps.push(
      `${formatCount(tally.unsaved, 'event')} could not be saved: the input is malformed there. Fix the input.`
    )
  }
  if (stopReason) {
    steps.push([describeStop(stopReason), describeRemaining(summary)].filter(Boolean).join(' '))
    const command = continueCommand(args, options, continueAt)
    if (command) {
      steps.push(`Continue with:\n  ${command}`)
    }
  }
  return steps
}

/** Saved events are as they were read, so that they need the same mappings and filters again. */
function sameTreatment({ mappings, filters }: DeliverOptions): string[] {
  return Object.entries({ '--mappings': mappings, '--filters': filters }).flatMap(([option, file]) =>
    file === undefined ? [] : [option, file]
  )
}

function describeRemaining({ tally, continueAt }: DeliverySummary): string {
  if (tally.counts['not tried'] > 0) {
    return 'The remaining events were saved but not delivered.'
  }
  return continueAt ? 'The remaining events were not delivered.' : ''
}

/** The command that delivers what this one did not; undefined if `--undelivered` holds it, or standard input is gone. */
function continueCommand(args: string[], options: DeliverOptions, at: Location | undefined): string | undefined {
  if (options.checkpoint) {
    return toCommand(args)
  }
  return at && at.file !== 'standard input' ? toCommand(args, { from: `${at.file}:${at.line}` }) : undefined
}
