import type { Answer } from './answer'
import type { Finding } from './rule'

export function holds(answers: Answer[], reason = ''): Finding {
  return { verdict: 'holds', reason, exchanges: exchangesOf(answers) }
}

export function broken(answers: Answer[], reason: string): Finding {
  return { verdict: 'broken', reason, exchanges: exchangesOf(answers) }
}

export function notShown(answers: Answer[], reason: string): Finding {
  return { verdict: 'not shown', reason, exchanges: exchangesOf(answers) }
}

/** What documented messages are answered where they are taken: done, or accepted. */
export const TAKEN = [200, 202]

/**
 * Holds where every answer has one of the statuses. An answer that came too late shows nothing here: it breaks the rule
 * on time alone.
 */
export function expectStatus(answers: Answer[], expected: number[]): Finding {
  const wrong = answers.find(({ status, isLate }) => !isLate && !expected.includes(status ?? 0))
  if (wrong) {
    return broken(answers, `${outcomeOf(wrong)} where ${expected.join(' or ')} is right.`)
  }
  const late = answers.find(({ isLate }) => isLate)
  return late ? notShown(answers, `${outcomeOf(late)}.`) : holds(answers)
}

/** `Answered 500`, or why there was no answer; the start of a sentence. */
export function outcomeOf({ status, exchange: { noAnswer = '' } }: Answer): string {
  return status === undefined ? noAnswer.charAt(0).toUpperCase() + noAnswer.slice(1) : `Answered ${status}`
}

function exchangesOf(answers: Answer[]): Finding['exchanges'] {
  return answers.map(({ exchange }) => exchange)
}
