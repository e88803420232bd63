import type { Fate } from './misbehaving-astrolabe'

/** What must become of an event, and what the customer is shown. `{url}` stands for the endpoint that was asked. */
export type Expected = 'confirmed' | [outcome: 'refused' | 'try again', message: string]

/** What must happen where Astrolabe's side misbehaves once. */
export interface Row {
  /** As `--fault` takes it, or several joined by ` + `. */
  fault: string
  alone: Expected
  /** For each event of the batch. */
  batch: Expected
  /** Whether Astrolabe had taken what was sent before it misbehaved. Sent again, it changes nothing then. */
  isTaken?: true
  /** Which of the destination's timeouts ends it: the one for the head of the answer, or the one for its body. */
  timeout?: 'head' | 'body'
}

/** The fate that a row expects, of an event that was sent to this endpoint. */
export function expectedFate(expected: Expected, url: string): Pick<Fate, 'outcome' | 'message'> {
  return expected === 'confirmed'
    ? { outcome: expected, message: undefined }
    : { outcome: expected[0], message: expected[1].replace('{url}', url) }
}

export function outcomeOf(expected: Expected): Fate['outcome'] {
  return expected === 'confirmed' ? expected : expected[0]
}
