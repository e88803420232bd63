import { parseFault } from '../../src/sandbox/faults/spec'
import type { Row } from './expected'
import { startMisbehavingAstrolabe } from './misbehaving-astrolabe'
import type { MisbehavingAstrolabe } from './misbehaving-astrolabe'
import type { HeldTimers } from './timers'

/**
 * Starts an Astrolabe that misbehaves once, at the next request. The timeout that has to end it does so as soon as the
 * fault has set in.
 */
export async function astrolabeThatMeets(
  { fault, timeout }: Pick<Row, 'fault' | 'timeout'>,
  timers: HeldTimers
): Promise<MisbehavingAstrolabe> {
  const astrolabe = await startMisbehavingAstrolabe({
    faults: fault.split(' + ').map((spec) => ({ ...parseFault(spec), times: 1 })),
    onFault: { head: timers.endRunning, body: timers.endComing, none: () => undefined }[timeout ?? 'none']
  })
  // Before the first request there is no idle connection.
  if (fault.startsWith('idle')) {
    await astrolabe.deliver({ type: 'track', event: 'First', userId: 'u', messageId: 'm0' })
  }
  return astrolabe
}
