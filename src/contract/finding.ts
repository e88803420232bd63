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
 * Holds where every answer has one of the statuses. An answer that came too late, or that is only for now, shows nothing
 * here: the one breaks the rule on time alone, the other none.
 */
export function expectStatus(answers: Answer[], expected: number[]): Finding {
  const unexpected = answers.filter(({ status, isLate }) => isLate || !expected.includes(status ?? 0))
  const wrong = unexpected.find((answer) => !answer.isLate && !isForNow(answer))
  if (wrong) {
    return broken(answers, `${outcomeOf(wrong)} where ${expected.join(' or ')} is right.`)
  }
  return unexpected.length > 0 ? notShown(answers, whyNotShown(unexpected[0])) : holds(answers)
}

/** Whether the API says that it takes nothing for now: too slow, rate limit passed, or down. It may keep every rule. */
export function isForNow({ status }: Answer): boolean {
  return status === 408 || status === 429 || status === 503
}

/** Why an answer that came too late, or is only for now, shows nothing. */
export function whyNotShown(answer: Answer): string {
  return isForNow(answer)
    ? `${outcomeOf(answer)}: it takes nothing for now. Check again later.`
    : `${outcomeOf(answer)}.`
}

/** `Answered 500`, or why there was no answer; the start of a sentence. */
export function outcomeOf({ status, exchange: { noAnswer = '' } }: Answer): string {
  return status === undefined ? noAnswer.charAt(0).toUpperCase() + noAnswer.slice(1) : `Answered ${status}`
}

function exchangesOf(answers: Answer[]): Finding['exchanges'] {
  return answers.map(({ exchange }) => exchange)
}
