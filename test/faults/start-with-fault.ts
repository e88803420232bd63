import { parseFault } from '../../src/sandbox/faults/spec'
import type { FaultCase } from './expected-result'
import { startFaultyAstrolabe } from './faulty-astrolabe'
import type { FaultyAstrolabe } from './faulty-astrolabe'
import type { HeldTimers } from '../held-timers'

/** Starts an Astrolabe with a fault at the next request. The expected timeout fires as soon as the fault begins. */
export async function startWithFault(
  { fault, timeout }: Pick<FaultCase, 'fault' | 'timeout'>,
  timers: HeldTimers
): Promise<FaultyAstrolabe> {
  const astrolabe = await startFaultyAstrolabe({
    faults: fault.split(' + ').map((spec) => ({ ...parseFault(spec), times: 1 })),
    onFault: { head: timers.endRunning, body: timers.endComing, none: () => undefined }[timeout ?? 'none']
  })
  // A connection is idle only after its first request, once the agent has it back.
  if (fault.startsWith('idle')) {
    await astrolabe.deliver({ type: 'track', event: 'First', userId: 'u', messageId: 'm0' })
    await astrolabe.untilNoRequestIsOpen()
  }
  return astrolabe
}
