import { parseFault } from '../../src/sandbox/faults/spec'
import type { HeldTimers } from '../held-timers'
import { startFaultyAstrolabe } from './faulty-astrolabe'
import type { FaultyAstrolabe, DeliveryResult } from './faulty-astrolabe'

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

/** All that is written to the console and to the process's own streams until mocks are restored. */
export function captureOutput(): { readonly text: string } {
  const written: unknown[] = []
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
    jest.spyOn(console, method).mockImplementation((...values: unknown[]) => void written.push(...values))
  }
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream)
    // Passed on: Jest writes its report there.
    jest.spyOn(stream, 'write').mockImplementation((chunk: unknown) => {
      written.push(chunk)
      return write(chunk as string)
    })
  }
  return {
    get text() {
      return written.map(String).join('\n')
    }
  }
}

/** The outcome of an event and the message that the customer sees. `{url}` stands for the endpoint. */
export type Expected = 'delivered' | [outcome: 'rejected' | 'retried', message: string | RegExp]

/** The expected results of one fault. */
export interface FaultCase {
  /** A value of `--fault`, or several joined by ` + `. */
  fault: string
  single: Expected
  /** For each event of the batch. */
  batch: Expected
  /** Whether Astrolabe accepted the event before the fault. Then a second delivery changes nothing. */
  isAccepted?: true
  /** Whether the response ends in the middle: node-fetch leaves its timer running then, which does nothing at its end. */
  isCut?: true
  /** The destination's timeout that ends the request: for the response headers or for the body. */
  timeout?: 'head' | 'body'
}

/** The result that a row expects, of an event that was sent to this endpoint. */
export function expectedResult(expected: Expected, url: string): Pick<DeliveryResult, 'outcome' | 'message'> {
  if (expected === 'delivered') {
    return { outcome: expected, message: undefined }
  }
  const [outcome, message] = expected
  return {
    outcome,
    // The cast: Jest's matchers have no type.
    message: typeof message === 'string' ? message.replace('{url}', url) : (expect.stringMatching(message) as string)
  }
}

export function outcomeOf(expected: Expected): DeliveryResult['outcome'] {
  return expected === 'delivered' ? expected : expected[0]
}
