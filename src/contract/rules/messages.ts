import { anonymousId, event, fullMessage, groupId, MINIMAL, newMessageId, userId } from '../messages'
import type { Message } from '../messages'
import { ACCEPTED, expectStatus, hasStatus, inconclusive } from '../rule'
import type { Rule } from '../rule'
import { goodKey } from './authentication'

const TYPES = ['identify', 'group', 'track'] as const

const minimalAndFull = TYPES.flatMap((type): Rule[] => [
  {
    id: `${type}-minimal`,
    title: `${type} is accepted with the fewest fields that Segment sends.`,
    source: 'documented',
    mutates: true,
    dependsOn: goodKey,
    check: async (client) => expectStatus(await client.postEach(MINIMAL[type]), ACCEPTED)
  },
  {
    id: `${type}-full`,
    title: `${type} is accepted with every field that Segment sends.`,
    source: 'documented',
    mutates: true,
    dependsOn: goodKey,
    check: async (client) => expectStatus(await client.postEach([fullMessage(type)]), ACCEPTED)
  }
])

/** All of it is data: a `null` trait clears a value, and an Engage audience leaves with `false`. */
const EMPTY_VALUES = {
  cleared: null,
  in_audience: false,
  count: 0,
  note: '',
  nested: { cleared: null, list: [null, 0] }
}

const emptyValues: Rule = {
  id: 'empty-values',
  title: 'null, false, 0 and "" are accepted in traits, properties and context.',
  source: 'documented',
  mutates: true,
  dependsOn: goodKey,
  check: async (client) => expectStatus(await client.postEach(everyTypeWith(EMPTY_VALUES)), ACCEPTED)
}

const UNICODE = {
  name: 'Zoë Łukasiewicz',
  'имя с пробелами': '山田太郎',
  rightToLeft: 'שלום עולם',
  emoji: '👩‍👩‍👧‍👦 🇳🇱',
  combining: 'e\u0301',
  lines: 'one\ntwo\tthree'
}

const unicode: Rule = {
  id: 'unicode',
  title: 'Unicode is accepted, in names and in values.',
  source: 'documented',
  mutates: true,
  dependsOn: goodKey,
  check: async (client) => expectStatus(await client.postEach(everyTypeWith(UNICODE)), ACCEPTED)
}

/** In bytes of JSON: Segment's own limit for a call, which is 32 KB, and what Segment adds to it. */
const MAX_MESSAGE_BYTES = 36 * 1024

const largeMessage: Rule = {
  id: 'message-of-36-kb',
  title: "A message of 36 KB is accepted: Segment's own limit of 32 KB, and what Segment adds.",
  source: 'assumed',
  impact: 'Larger events are lost, because Segment does not retry a rejected event. Raise the limit.',
  mutates: true,
  dependsOn: goodKey,
  check: async (client) => expectStatus(await client.postEach([messageOfSize(MAX_MESSAGE_BYTES)]), ACCEPTED)
}

const tooLargeMessage: Rule = {
  id: 'message-too-large',
  title: 'A message that is too large gets 413.',
  source: 'assumed',
  impact: 'Customers are not told that an event is too large, or Segment retries it in vain.',
  mutates: true,
  dependsOn: largeMessage,
  async check(client) {
    const responses = await client.postEach([messageOfSize(MAX_MESSAGE_BYTES + 4 * 1024)])
    return hasStatus(responses[0], ACCEPTED)
      ? inconclusive(responses, '40 KB are accepted: the limit, if any, is beyond what Segment sends.')
      : expectStatus(responses, [413])
  }
}

const duplicates: Rule = {
  id: 'duplicates',
  title: 'A message with a known messageId is accepted and changes nothing.',
  source: 'assumed',
  impact: 'Segment shows an event as failed if it retries it because the first response was lost.',
  mutates: true,
  dependsOn: goodKey,
  async check(client) {
    const messageId = newMessageId()
    const name = `${event} ${messageId.slice(-12)}`
    const message = { type: 'track', event: name, userId, messageId }
    const responses = await client.postEach([message, message])
    const finding = expectStatus(responses, ACCEPTED)
    return finding.verdict === 'passed'
      ? inconclusive(
          responses,
          `Both were accepted. Look in Astrolabe: ${userId} must have one event "${name}", not two.`
        )
      : finding
  }
}

export const MESSAGES = [...minimalAndFull, emptyValues, unicode, largeMessage, tooLargeMessage, duplicates]

function everyTypeWith(data: object): Message[] {
  return [
    { type: 'identify', userId, traits: data, context: { groupId, ...data }, messageId: newMessageId() },
    { type: 'group', groupId, userId, traits: data, context: data, messageId: newMessageId() },
    { type: 'track', event, anonymousId, properties: data, context: data, messageId: newMessageId() }
  ]
}

/** A message of exactly this many bytes of JSON. */
function messageOfSize(bytes: number): Message {
  const message = { type: 'track', event, userId, properties: { padding: '' }, messageId: newMessageId() }
  message.properties.padding = 'x'.repeat(bytes - JSON.stringify(message).length)
  return message
}
