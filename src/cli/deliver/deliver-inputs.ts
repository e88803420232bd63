import type { DeliveryRecord } from '../../runtime/delivery-record'
import type { Runtime } from '../../runtime/runtime'
import { runInputs } from './inputs'
import type { Input } from './inputs'
import { Patience } from './patience'
import type { Progress } from '../progress'
import { isUndelivered, Summary } from '../summary'
import type { UndeliveredFile } from './undelivered-file'

export interface Delivery {
  inputs: Input[]
  runtime: Pick<Runtime, 'deliver'>
  /** Where to keep what does not arrive. With it, what is left of a run that is given up is kept too. */
  undelivered?: UndeliveredFile
  progress: Progress
  /** Called the first time that an event has to be tried again. */
  onRetry(place: string, reason: string): void
  /** Aborted when the user wants the run to stop: after the event that is being delivered, if there is one. */
  stop: AbortSignal
}

const NOT_TRIED: DeliveryRecord[] = [{ mapping: '', action: '', outcome: 'not tried', attempts: 0 }]

/** Delivers every event of every input, one after the other, and sums up what became of them. */
export async function deliverInputs({ inputs, runtime, undelivered, ...delivery }: Delivery): Promise<Summary> {
  const { progress, onRetry, stop } = delivery
  const summary = new Summary()
  const patience = new Patience()
  let hasGivenUp = false
  const patientRuntime: Pick<Runtime, 'deliver'> = {
    deliver: async (event, options) => (hasGivenUp ? NOT_TRIED : runtime.deliver(event, options))
  }
  let place = ''
  for await (const { file, fate, bytes, ...where } of runInputs(inputs, patientRuntime, onRetry, stop)) {
    place = where.place
    summary.add(file, fate)
    progress.update(bytes, summary.read)
    const problem = undelivered && isUndelivered(fate.outcome) ? await keep(fate.raw, undelivered) : undefined
    if (problem) {
      // Going on without a place for what does not arrive would lose it.
      summary.stop(place, problem)
      break
    }
    const givingUp = hasGivenUp ? undefined : patience.afterEvent(place, fate)
    if (givingUp) {
      hasGivenUp = true
      summary.giveUp(place, givingUp)
      if (!undelivered) {
        break
      }
    }
    if (stop.aborted) {
      break
    }
  }
  if (stop.aborted) {
    summary.stop(place)
  }
  progress.stop()
  return summary
}

/** @returns why it cannot be kept, where there is something to keep */
async function keep(raw: string, undelivered: UndeliveredFile): Promise<string | void> {
  if (raw) {
    return undelivered.keep(raw).catch(({ message }: Error) => message)
  }
}
