import { setTimeout as sleep } from 'node:timers/promises'
import { isReceived } from '../client'
import type { ApiResponse, Client } from '../client'
import { describeResponse, failed, hasStatus, inconclusive, passed } from '../rule'
import type { Load, Rule } from '../rule'
import { goodKey } from './authentication'

export const rateLimit: Rule = {
  id: 'rate-limit',
  title: 'Requests over the rate limit get 429 with Retry-After.',
  source: 'assumed',
  impact: 'Segment may drop events, or retry them too soon.',
  mutates: false,
  dependsOn: goodKey,
  async check(client, { load }) {
    if (!load) {
      return inconclusive([], 'No load was asked for. Add --load with a rate that exceeds the limit.')
    }
    const { sent, limited, failure, last } = await sendUntilLimited(client, load)
    if (limited) {
      const { response, index } = limited
      return isRetryAfter(retryAfterOf(response))
        ? passed([response], `After ${index} requests.`)
        : failed([response], 'Status 429 without a Retry-After of seconds or an HTTP date.', curlOf(limited))
    }
    return failure
      ? failed(
          [failure.response],
          `${describeResponse(failure.response)} instead of 429, at ${load.rate} requests per second.`,
          curlOf(failure)
        )
      : inconclusive(last ? [last] : [], `${sent} requests at ${load.rate} per second did not exceed the limit.`)
  }
}

interface Sent {
  response: ApiResponse
  /** How many requests were sent before. */
  index: number
}

interface LoadResult {
  sent: number
  /** The first request that got 429. */
  limited?: Sent
  /** The first request that failed in another way. */
  failure?: Sent
  last?: ApiResponse
}

/** Sends empty messages at an even pace until one gets 429 or the time is over. Keeps only the responses it reports. */
async function sendUntilLimited(client: Client, { rate, seconds }: Load): Promise<LoadResult> {
  const started = performance.now()
  const pending: Promise<void>[] = []
  const result: LoadResult = { sent: 0 }
  let isOver = false
  while (result.sent < rate * seconds && !isOver) {
    const index = result.sent++
    const settled = client.postLoad().then((response) => {
      result.last = response
      if (isLimited(response)) {
        isOver = true
        result.limited = earlier(result.limited, { response, index })
      } else if (isFailure(response)) {
        result.failure = earlier(result.failure, { response, index })
      }
    })
    settled.catch(() => (isOver = true))
    pending.push(settled)
    await sleep(Math.max(0, started + (result.sent * 1000) / rate - performance.now()))
  }
  await Promise.all(pending)
  return result
}

/** Sends as many requests as led to this response, and prints the headers, which the rule looks at. */
function curlOf({ response, index }: Sent): string | undefined {
  return response.curl({ times: index + 1, show: '-Z -o /dev/null -D -' })
}

function earlier(a: Sent | undefined, b: Sent): Sent {
  return a && a.index < b.index ? a : b
}

function isLimited(response: ApiResponse): boolean {
  return hasStatus(response, [429])
}

function isFailure(response: ApiResponse): boolean {
  return !isReceived(response) || (response.status >= 500 && response.status !== 501)
}

function retryAfterOf(response: ApiResponse): string | undefined {
  return isReceived(response) ? response.headers['retry-after'] : undefined
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3). */
function isRetryAfter(value: string | undefined): boolean {
  return (
    value !== undefined &&
    (/^\d+$/.test(value) || (/^[A-Z][a-z]{2}, .+ GMT$/.test(value) && !Number.isNaN(Date.parse(value))))
  )
}
