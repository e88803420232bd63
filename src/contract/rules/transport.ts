import type { Answer } from '../answer'
import { countConnections } from '../connections'
import { broken, holds, notShown, outcomeOf } from '../finding'
import { LEAST } from '../messages'
import type { Message } from '../messages'
import { postEach } from '../post-each'
import type { Rule } from '../rule'
import { goodKey } from './authentication'

export const https: Rule = {
  id: 'https',
  title: 'The API is served by https: alone; plain http: is refused or redirected.',
  source: 'documented',
  mayCreate: false,
  async check(client) {
    const url = new URL(`${client.baseUrl}/events`)
    if (url.protocol === 'http:') {
      return notShown([], 'This API is on this machine and is reached by http:.')
    }
    const secure = await client.postWithoutKey(url.href)
    url.protocol = 'http:'
    const plain = await client.postWithoutKey(url.href)
    const { status } = plain
    if (status === undefined) {
      return holds([plain])
    }
    if (status >= 300 && status < 400) {
      const location = plain.headers.get('location') ?? ''
      const isSecure = URL.canParse(location, url) && new URL(location, url).protocol === 'https:'
      return isSecure ? holds([plain]) : broken([plain], 'The redirect does not lead to https:.')
    }
    if (status < 300 || status === secure.status) {
      return broken(
        [secure, plain],
        `${outcomeOf(plain)} over http: a key sent there crosses the network in the clear.`
      )
    }
    return status < 500 ? holds([plain]) : notShown([plain], `${outcomeOf(plain)} over http:, which refuses nothing.`)
  }
}

const SENT_IN_A_ROW = 5

const keepAlive: Rule = {
  id: 'keep-alive',
  title: 'A connection is kept open for further requests.',
  source: 'assumed',
  ifBroken: 'Every event costs a connection, with its TLS handshake: deliveries are slower, and nothing is lost.',
  mayCreate: true,
  after: goodKey,
  async check(client) {
    let answers: Answer[] = []
    const connections = await countConnections(new URL(client.baseUrl).origin, async () => {
      answers = await postEach(client, Array<Message>(SENT_IN_A_ROW).fill(LEAST.identify[0]))
    })
    const unanswered = answers.find(({ status }) => status === undefined)
    if (unanswered) {
      return notShown([unanswered], `${outcomeOf(unanswered)}.`)
    }
    if (connections === 0) {
      return notShown(answers, 'This version of Node does not tell which connection a request goes out on.')
    }
    // Not one connection for all: the first may have been about to close, and fetch may open a second beside it.
    return connections < SENT_IN_A_ROW
      ? holds(answers)
      : broken(answers, `${SENT_IN_A_ROW} requests, one after the other, took ${connections} connections.`)
  }
}

const answersInTime: Rule = {
  id: 'answers-in-time',
  title: "Every answer comes within Segment's 10 seconds.",
  source: 'documented',
  mayCreate: false,
  async check({ answers }) {
    const late = answers.filter(({ isLate }) => isLate)
    if (late.length > 0) {
      return broken(late, `${late.length} of ${answers.length} requests had no answer in time.`)
    }
    const slowest = answers.reduce((a, b) => (b.exchange.milliseconds > a.exchange.milliseconds ? b : a))
    return holds([slowest], `The slowest of ${answers.length} took ${slowest.exchange.milliseconds} ms.`)
  }
}

/** `https` stands apart from the rest: these look at requests that were taken. */
export const CONNECTIONS = [keepAlive, answersInTime]
