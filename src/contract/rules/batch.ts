import { jsonOf, messageIn } from '../answer'
import type { Answer } from '../answer'
import { WRONG_KEY } from '../credentials'
import { broken, expectStatus, holds, isForNow, notShown, outcomeOf, TAKEN, whyNotShown } from '../finding'
import { event, groupId, newMessageId, userId } from '../messages'
import type { Finding, Rule } from '../rule'
import { goodKey } from './authentication'

const LEAVE_OFF = 'Leave "Batch events" off.'

const endpoint: Rule = {
  id: 'batch-endpoint',
  title: 'POST /batch takes {"batch": […]} and answers with one result a message.',
  source: 'assumed',
  ifBroken: LEAVE_OFF,
  mayCreate: false,
  after: goodKey,
  check: async (client) => expectResults(await client.post('/batch', { batch: [{}, {}] }), 2)
}

const accepted: Rule = {
  id: 'batch-taken',
  title: 'identify, group and track are taken in a batch.',
  source: 'assumed',
  ifBroken: LEAVE_OFF,
  mayCreate: true,
  after: endpoint,
  check: async (client) =>
    expectStatuses(await client.post('/batch', { batch: [IDENTIFY, GROUP, track()] }), [TAKEN, TAKEN, TAKEN])
}

const mixed: Rule = {
  id: 'batch-mixed',
  title: 'In a mixed batch each message has its own result, in the order of the messages.',
  source: 'assumed',
  ifBroken: `${LEAVE_OFF} Segment would take lost events for delivered ones, or the other way round.`,
  mayCreate: true,
  after: endpoint,
  async check(client) {
    const batch = [IDENTIFY, { type: 'page', userId }, track(), {}, GROUP]
    return expectStatuses(await client.post('/batch', { batch }), [TAKEN, [501], TAKEN, [400], TAKEN])
  }
}

const explained: Rule = {
  id: 'batch-explained',
  title: 'The result of a refused message has a message for the customer.',
  source: 'assumed',
  ifBroken: "Customers read a general sentence in Segment's Event Delivery, not what is wrong with their event.",
  mayCreate: false,
  after: endpoint,
  async check(client) {
    const answer = await client.post('/batch', { batch: [{}] })
    const finding = expectResults(answer, 1)
    if (finding.verdict !== 'holds') {
      return finding
    }
    return messageIn(resultsIn(answer)?.[0]) === undefined
      ? broken([answer], 'The result is not {"status": 400, "message": "…"}.')
      : finding
  }
}

const key: Rule = {
  id: 'batch-key',
  title: 'A batch with a wrong key is answered 401 as a whole.',
  source: 'assumed',
  ifBroken: LEAVE_OFF,
  mayCreate: false,
  after: endpoint,
  check: async (client) => expectStatus([await client.post('/batch', { batch: [{}] }, WRONG_KEY)], [401])
}

/** As many as Segment sends at most, unless a destination asks for another number. */
const MOST_MESSAGES = 1000

/** 1,000 of them are just under 4,000,000 bytes, which is as much as Segment sends. */
const FOUR_KB_MESSAGE = { padding: 'x'.repeat(3984) }

const large: Rule = {
  id: 'batch-large',
  title: 'A batch of 1,000 messages and 4 MB is answered with 1,000 results.',
  source: 'assumed',
  ifBroken: `${LEAVE_OFF} Or give the destination fields for the batch size and bytes, with what is taken.`,
  mayCreate: false,
  after: endpoint,
  async check(client) {
    const batch = Array.from({ length: MOST_MESSAGES }, () => FOUR_KB_MESSAGE)
    return expectResults(await client.post('/batch', { batch }), MOST_MESSAGES)
  }
}

const tooLarge: Rule = {
  id: 'batch-too-large',
  title: 'A batch of more than 1,000 messages is answered 413.',
  source: 'assumed',
  ifBroken: 'Nothing, as Segment sends no more than 1,000 events a batch.',
  mayCreate: false,
  after: endpoint,
  async check(client) {
    const batch = Array.from({ length: MOST_MESSAGES + 1 }, () => ({}))
    return expectStatus([await client.post('/batch', { batch })], [413])
  }
}

export const BATCH = [endpoint, accepted, mixed, explained, key, large, tooLarge]

const IDENTIFY = { type: 'identify', userId, traits: { name: 'Segment Check' } }
const GROUP = { type: 'group', groupId, userId }
const track = () => ({ type: 'track', event, userId, messageId: newMessageId() })

/** Holds where there are so many results, each with a status. */
function expectResults(answer: Answer, count: number): Finding {
  if (answer.isLate || isForNow(answer)) {
    return notShown([answer], whyNotShown(answer))
  }
  if (answer.status !== 200 && answer.status !== 207) {
    return broken([answer], `${outcomeOf(answer)} where 200 or 207 is right.`)
  }
  const results = resultsIn(answer)
  if (!results) {
    return broken([answer], 'The answer is not {"results": […]}.')
  }
  if (results.length !== count) {
    return broken([answer], `${results.length} results for ${count} messages.`)
  }
  return results.every((result) => Number.isInteger(statusOf(result)))
    ? holds([answer])
    : broken([answer], 'A result has no status.')
}

/** Holds where each result has one of the statuses that are right in its place. */
function expectStatuses(answer: Answer, expected: number[][]): Finding {
  const finding = expectResults(answer, expected.length)
  if (finding.verdict !== 'holds') {
    return finding
  }
  const statuses = (resultsIn(answer) ?? []).map(statusOf)
  return statuses.every((status, place) => expected[place].includes(Number(status)))
    ? finding
    : broken([answer], `Results ${statuses.join(', ')} where ${expected.map(([first]) => first).join(', ')} is right.`)
}

function resultsIn(answer: Answer): unknown[] | undefined {
  const { results } = (jsonOf(answer) ?? {}) as { results?: unknown }
  return Array.isArray(results) ? (results as unknown[]) : undefined
}

function statusOf(result: unknown): unknown {
  return ((result ?? {}) as { status?: unknown }).status
}
