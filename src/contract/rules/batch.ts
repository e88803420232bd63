import { jsonOf, messageOf } from '../client'
import type { ApiResponse } from '../client'
import { WRONG_KEY } from '../credentials'
import { event, groupId, newMessageId, userId } from '../messages'
import { ACCEPTED, expectStatus, failed } from '../rule'
import type { Finding, Rule } from '../rule'
import { goodKey } from './authentication'

const LEAVE_OFF = 'Leave "Enable Batching" off.'

const BATCH_STATUSES = [200, 207]

const endpoint: Rule = {
  id: 'batch-endpoint',
  title: 'POST /batch accepts {"batch": […]} and returns one result per message.',
  source: 'assumed',
  impact: LEAVE_OFF,
  mutates: false,
  dependsOn: goodKey,
  check: async (client) => expectResults(await client.post('/batch', { batch: [{}, {}] }), 2)
}

const accepted: Rule = {
  id: 'batch-accepted',
  title: 'identify, group and track are accepted in a batch.',
  source: 'assumed',
  impact: LEAVE_OFF,
  mutates: true,
  dependsOn: endpoint,
  check: async (client) =>
    expectResultStatuses(await client.post('/batch', { batch: [IDENTIFY, GROUP, newTrack()] }), [
      ACCEPTED,
      ACCEPTED,
      ACCEPTED
    ])
}

const mixed: Rule = {
  id: 'batch-mixed',
  title: 'In a mixed batch each message has its own result, in the order of the messages.',
  source: 'assumed',
  impact: `${LEAVE_OFF} Segment would count lost events as delivered, or delivered ones as lost.`,
  mutates: true,
  dependsOn: endpoint,
  async check(client) {
    const batch = [IDENTIFY, { type: 'page', userId }, newTrack(), {}, GROUP]
    return expectResultStatuses(await client.post('/batch', { batch }), [ACCEPTED, [501], ACCEPTED, [400], ACCEPTED])
  }
}

const explained: Rule = {
  id: 'batch-explained',
  title: 'The result of a rejected message has a message for the customer.',
  source: 'assumed',
  impact: "Segment's Event Delivery shows a general sentence instead of what is wrong with the event.",
  mutates: false,
  dependsOn: endpoint,
  async check(client) {
    const response = await client.post('/batch', { batch: [{}] })
    const finding = expectResults(response, 1)
    if (finding.verdict !== 'passed') {
      return finding
    }
    return messageOf(resultsOf(response)?.[0]) === undefined
      ? failed([response], 'The result is not {"status": 400, "message": "…"}.')
      : finding
  }
}

const key: Rule = {
  id: 'batch-key',
  title: 'A batch with a wrong key gets 401 as a whole.',
  source: 'assumed',
  impact: LEAVE_OFF,
  mutates: false,
  dependsOn: endpoint,
  check: async (client) => expectStatus([await client.post('/batch', { batch: [{}] }, WRONG_KEY)], [401])
}

/** Segment's own limit, unless a destination asks for another one. */
const MAX_MESSAGES = 1000

/** 1,000 of them are just under 4,000,000 bytes, Segment's limit for a batch. */
const MESSAGE_OF_4_KB = { padding: 'x'.repeat(3984) }

const large: Rule = {
  id: 'batch-large',
  title: 'A batch of 1,000 messages and 4 MB gets 1,000 results.',
  source: 'assumed',
  impact: `${LEAVE_OFF} Or lower the destination's batch_size, and give it batch_bytes, to what the API accepts.`,
  mutates: false,
  dependsOn: endpoint,
  async check(client) {
    const batch = Array.from({ length: MAX_MESSAGES }, () => MESSAGE_OF_4_KB)
    return expectResults(await client.post('/batch', { batch }), MAX_MESSAGES)
  }
}

const tooLarge: Rule = {
  id: 'batch-too-large',
  title: 'A batch of more than 1,000 messages gets 413.',
  source: 'assumed',
  impact: 'None: Segment sends at most 1,000 events per batch.',
  mutates: false,
  dependsOn: endpoint,
  async check(client) {
    const batch = Array.from({ length: MAX_MESSAGES + 1 }, () => ({}))
    return expectStatus([await client.post('/batch', { batch })], [413])
  }
}

export const BATCH: Rule[] = [endpoint, accepted, mixed, explained, key, large, tooLarge]

const IDENTIFY = { type: 'identify', userId, traits: { name: 'Segment Check' } }
const GROUP = { type: 'group', groupId, userId }
const newTrack = () => ({ type: 'track', event, userId, messageId: newMessageId() })

/** Passes if there are `count` results, each with a status. */
function expectResults(response: ApiResponse, count: number): Finding {
  const finding = expectStatus([response], BATCH_STATUSES)
  if (finding.verdict !== 'passed') {
    return finding
  }
  const results = resultsOf(response)
  if (!results) {
    return failed([response], 'The response is not {"results": […]}.')
  }
  if (results.length !== count) {
    return failed([response], `${results.length} results for ${count} messages.`)
  }
  return results.every((result) => Number.isInteger(statusOf(result)))
    ? finding
    : failed([response], 'A result has no status.')
}

/** Passes if each result has one of the statuses expected at its index. */
function expectResultStatuses(response: ApiResponse, expected: number[][]): Finding {
  const finding = expectResults(response, expected.length)
  if (finding.verdict !== 'passed') {
    return finding
  }
  const statuses = (resultsOf(response) ?? []).map(statusOf)
  return statuses.every((status, index) => expected[index].includes(Number(status)))
    ? finding
    : failed([response], `Results ${statuses.join(', ')} instead of ${expected.map(([first]) => first).join(', ')}.`)
}

function resultsOf(response: ApiResponse): unknown[] | undefined {
  const { results } = (jsonOf(response) ?? {}) as { results?: unknown }
  return Array.isArray(results) ? (results as unknown[]) : undefined
}

function statusOf(result: unknown): unknown {
  return ((result ?? {}) as { status?: unknown }).status
}
