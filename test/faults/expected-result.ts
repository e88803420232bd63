import type { DeliveryResult } from './faulty-astrolabe'

/** The outcome of an event and the message that the customer sees. `{url}` stands for the endpoint. */
export type Expected = 'delivered' | [outcome: 'rejected' | 'retried', message: string]

/** The expected results of one fault. */
export interface FaultCase {
  /** A value of `--fault`, or several joined by ` + `. */
  fault: string
  single: Expected
  /** For each event of the batch. */
  batch: Expected
  /** Whether Astrolabe accepted the event before the fault. Then a second delivery changes nothing. */
  isAccepted?: true
  /** The destination's timeout that ends the request: for the response headers or for the body. */
  timeout?: 'head' | 'body'
}

/** The result that a row expects, of an event that was sent to this endpoint. */
export function expectedResult(expected: Expected, url: string): Pick<DeliveryResult, 'outcome' | 'message'> {
  return expected === 'delivered'
    ? { outcome: expected, message: undefined }
    : { outcome: expected[0], message: expected[1].replace('{url}', url) }
}

export function outcomeOf(expected: Expected): DeliveryResult['outcome'] {
  return expected === 'delivered' ? expected : expected[0]
}
