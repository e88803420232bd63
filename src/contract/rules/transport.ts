import { isReceived } from '../client'
import { MINIMAL } from '../messages'
import type { Message } from '../messages'
import { describeResponse, failed, inconclusive, passed } from '../rule'
import type { Rule } from '../rule'
import { goodKey } from './authentication'

export const https: Rule = {
  id: 'https',
  title: 'The API is served only over https:. Plain http: is rejected or redirected.',
  source: 'documented',
  mutates: false,
  async check(client, { viaProxy }) {
    const url = new URL(`${client.baseUrl}/events`)
    if (url.protocol === 'http:') {
      return inconclusive([], 'This API is on this machine and is reached over http:.')
    }
    const secure = await client.postWithoutKey(url.href)
    url.protocol = 'http:'
    const plain = await client.postWithoutKey(url.href)
    if (!isReceived(plain)) {
      return viaProxy
        ? inconclusive(
            [plain],
            'Plain http: passes by the proxy and got no response, which may be due to this network.'
          )
        : passed([plain])
    }
    const { status } = plain
    if (status >= 300 && status < 400) {
      const location = plain.headers.location ?? ''
      const isSecure = URL.canParse(location, url) && new URL(location, url).protocol === 'https:'
      return isSecure ? passed([plain]) : failed([plain], 'The redirect does not lead to https:.')
    }
    if (status < 300 || (isReceived(secure) && status === secure.status)) {
      return failed(
        [secure, plain],
        `${describeResponse(plain)} over http: a key sent there crosses the network in the clear.`
      )
    }
    return status < 500
      ? passed([plain])
      : inconclusive([plain], `${describeResponse(plain)} over http:, which rejects nothing.`)
  }
}

const REQUESTS_IN_A_ROW = 5

export const keepAlive: Rule = {
  id: 'keep-alive',
  title: 'Connections are kept open for further requests.',
  source: 'assumed',
  impact: 'Every event needs a connection and a TLS handshake of its own. Delivery is slower, but nothing is lost.',
  mutates: true,
  dependsOn: goodKey,
  async check(client) {
    const responses = await client.postEach(Array<Message>(REQUESTS_IN_A_ROW).fill(MINIMAL.identify[0]))
    const unanswered = responses.find((response) => !isReceived(response))
    if (unanswered) {
      return inconclusive([unanswered], `${describeResponse(unanswered)}.`)
    }
    const connections = new Set(responses.map((response) => isReceived(response) && response.connection)).size
    // More than one is fine: the first may have been about to close.
    return connections < REQUESTS_IN_A_ROW
      ? passed(responses)
      : failed(
          responses,
          `${REQUESTS_IN_A_ROW} requests in a row used ${connections} connections.`,
          responses[0].curl({
            times: REQUESTS_IN_A_ROW,
            show: String.raw`-o /dev/null -w '%{num_connects} new connection\n'`
          })
        )
  }
}

export const respondsInTime: Rule = {
  id: 'responds-in-time',
  title: "Every response arrives within Segment's 10 seconds.",
  source: 'documented',
  mutates: false,
  async check({ timing: { count, timeouts, firstTimeouts, slowest } }) {
    if (timeouts > 0) {
      return failed(firstTimeouts, `${timeouts} of ${count} requests timed out.`)
    }
    return slowest
      ? { verdict: 'passed', reason: `The slowest of ${count} took ${slowest.milliseconds} ms.`, exchanges: [slowest] }
      : inconclusive([], 'No request was sent.')
  }
}
