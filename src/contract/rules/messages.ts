import { expectStatus, notShown, TAKEN } from '../finding'
import { anonymousId, event, groupId, LEAST, most, newMessageId, userId } from '../messages'
import type { Message } from '../messages'
import { postEach } from '../post-each'
import type { Rule } from '../rule'
import { goodKey } from './authentication'

const TYPES = ['identify', 'group', 'track'] as const

const leastAndMost = TYPES.flatMap((type): Rule[] => [
  {
    id: `${type}-least`,
    title: `${type} is taken with the least that Segment sends.`,
    source: 'documented',
    mayCreate: true,
    after: goodKey,
    check: async (client) => expectStatus(await postEach(client, LEAST[type]), TAKEN)
  },
  {
    id: `${type}-most`,
    title: `${type} is taken with the most that Segment sends.`,
    source: 'documented',
    mayCreate: true,
    after: goodKey,
    check: async (client) => expectStatus(await postEach(client, [most(type)]), TAKEN)
  }
])

/** Data, all of it: a `null` trait clears a value, and an Engage audience leaves with `false`. */
const EMPTY_VALUES = {
  cleared: null,
  in_audience: false,
  count: 0,
  note: '',
  nested: { cleared: null, list: [null, 0] }
}

const emptyValues: Rule = {
  id: 'empty-values',
  title: 'null, false, 0 and "" are taken in traits, properties and context.',
  source: 'documented',
  mayCreate: true,
  after: goodKey,
  check: async (client) => expectStatus(await postEach(client, everyTypeWith(EMPTY_VALUES)), TAKEN)
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
  title: 'Unicode is taken, in names and in values.',
  source: 'documented',
  mayCreate: true,
  after: goodKey,
  check: async (client) => expectStatus(await postEach(client, everyTypeWith(UNICODE)), TAKEN)
}

/** Segment's own limit for a message, in bytes of JSON. */
const LONGEST_MESSAGE = 32 * 1024

const largeMessage: Rule = {
  id: 'message-of-32-kb',
  title: "A message of 32 KB, Segment's own limit, is taken.",
  source: 'assumed',
  ifBroken: 'Larger events are lost: Segment does not send again what was refused. Raise the limit.',
  mayCreate: true,
  after: goodKey,
  check: async (client) => expectStatus(await postEach(client, [messageOf(LONGEST_MESSAGE)]), TAKEN)
}

const tooLargeMessage: Rule = {
  id: 'message-too-large',
  title: 'A message that is too large is answered 413.',
  source: 'assumed',
  ifBroken: 'Customers are not told that an event is too large, or Segment sends it again in vain.',
  mayCreate: true,
  after: largeMessage,
  async check(client) {
    const answers = await postEach(client, [messageOf(LONGEST_MESSAGE + 8 * 1024)])
    return TAKEN.includes(answers[0].status ?? 0)
      ? notShown(answers, '40 KB are taken: the limit, if there is one, lies beyond what Segment sends.')
      : expectStatus(answers, [413])
  }
}

const duplicates: Rule = {
  id: 'duplicates',
  title: 'A message that is sent twice, with one messageId, is taken twice and changes nothing the second time.',
  source: 'assumed',
  ifBroken: 'What Segment sends again, because an answer was lost, is shown as failed though it has arrived.',
  mayCreate: true,
  after: goodKey,
  async check(client) {
    const messageId = newMessageId()
    const name = `${event} ${messageId.slice(-12)}`
    const message = { type: 'track', event: name, userId, messageId }
    const answers = await postEach(client, [message, message])
    const finding = expectStatus(answers, TAKEN)
    return finding.verdict === 'holds'
      ? notShown(answers, `Both were taken. Look in Astrolabe: ${userId} must have one event "${name}", not two.`)
      : finding
  }
}

export const MESSAGES = [...leastAndMost, emptyValues, unicode, largeMessage, tooLargeMessage, duplicates]

function everyTypeWith(data: object): Message[] {
  return [
    { type: 'identify', userId, traits: data, context: { groupId, ...data }, messageId: newMessageId() },
    { type: 'group', groupId, userId, traits: data, context: data, messageId: newMessageId() },
    { type: 'track', event, anonymousId, properties: data, context: data, messageId: newMessageId() }
  ]
}

/** A message of just so many bytes of JSON. */
function messageOf(bytes: number): Message {
  const message = { type: 'track', event, userId, properties: { padding: '' }, messageId: newMessageId() }
  message.properties.padding = 'x'.repeat(bytes - JSON.stringify(message).length)
  return message
}
