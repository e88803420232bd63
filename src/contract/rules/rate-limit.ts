import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from '../answer'
import type { Client } from '../client'
import { broken, holds, notShown, outcomeOf } from '../finding'
import type { Load, Rule } from '../rule'
import { goodKey } from './authentication'

export const rateLimit: Rule = {
  id: 'rate-limit',
  title: 'Past the rate limit, requests are answered 429 with Retry-After.',
  source: 'assumed',
  ifBroken: 'Segment may give events up as lost, or send them again too soon.',
  mayCreate: false,
  after: goodKey,
  async check(client, { load }) {
    if (!load) {
      return notShown([], 'No load was asked for: add --load with the requests a second that pass the limit.')
    }
    const answers = await sendUntilLimited(client, load)
    const limited = answers.find(isLimited)
    if (limited) {
      return isRetryAfter(limited.headers.get('retry-after'))
        ? holds([limited], `After ${answers.indexOf(limited)} requests.`)
        : broken([limited], 'Answered 429 without a Retry-After of seconds or an HTTP date.')
    }
    const failed = answers.find(({ status = 500 }) => status >= 500 && status !== 501)
    return failed
      ? broken([failed], `${outcomeOf(failed)} at ${load.rate} requests a second, where 429 is right.`)
      : notShown(answers.slice(-1), `${answers.length} requests at ${load.rate} a second did not pass the limit.`)
  }
}

/** Empty messages, which create nothing, at an even pace until one is answered 429 or the time is over. */
async function sendUntilLimited(client: Client, { rate, seconds }: Load): Promise<Answer[]> {
  const started = performance.now()
  const sent: Promise<Answer>[] = []
  let isOver = false
  while (sent.length < rate * seconds && !isOver) {
    const answer = client.post('/events', {})
    sent.push(answer)
    answer.then(
      (one) => (isOver ||= isLimited(one)),
      () => (isOver = true)
    )
    await sleep(Math.max(0, started + (sent.length * 1000) / rate - performance.now()))
  }
  return Promise.all(sent)
}

function isLimited({ status }: Answer): boolean {
  return status === 429
}

/** Seconds, or an HTTP date (RFC 9110, 10.2.3). */
function isRetryAfter(value: string | null): boolean {
  return (
    value !== null &&
    (/^\d+$/.test(value) || (/^[A-Z][a-z]{2}, .+ GMT$/.test(value) && !Number.isNaN(Date.parse(value))))
  )
}
