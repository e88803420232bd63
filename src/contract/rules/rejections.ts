import { isReceived, jsonOf, messageOf } from '../client'
import { event, groupId, userId } from '../messages'
import { expectStatus, failed, inconclusive, passed } from '../rule'
import type { Rule } from '../rule'
import { goodKey } from './authentication'

const UNSUPPORTED = {
  page: { type: 'page', userId, name: 'Home', properties: { url: 'https://example.com/' } },
  screen: { type: 'screen', userId, name: 'Home', properties: {} },
  alias: { type: 'alias', userId, previousId: `${userId}-before` }
}

const unsupported = (['page', 'screen', 'alias'] as const).map((type): Rule => ({
  id: type,
  title: `${type} gets 501: it is not supported.`,
  source: 'documented',
  mutates: true,
  dependsOn: goodKey,
  check: async (client) => expectStatus(await client.postEach([UNSUPPORTED[type]]), [501])
}))

const malformedBody: Rule = {
  id: 'malformed-body',
  title: 'A body that is not a JSON object gets 400.',
  source: 'documented',
  mutates: false,
  dependsOn: goodKey,
  check: async (client) =>
    expectStatus(await client.postEachText(['', '{"type":', 'null', '[]', '"identify"', '5']), [400])
}

const missingField: Rule = {
  id: 'missing-field',
  title: 'A message without a required ID, groupId or event name gets 400.',
  source: 'documented',
  mutates: true,
  dependsOn: goodKey,
  check: async (client) =>
    expectStatus(
      await client.postEach([
        { type: 'identify', traits: { name: 'Nobody' } },
        { type: 'group', userId, traits: { name: 'Nothing' } },
        { type: 'track', userId },
        { type: 'track', event, context: { groupId } }
      ]),
      [400]
    )
}

const emptyMessage: Rule = {
  id: 'empty-message',
  title: 'An empty message, {}, with a valid key gets 400.',
  source: 'assumed',
  impact:
    'Segment sends {} to test a pasted key. It may report a valid key as wrong or unchecked, or store an empty message.',
  mutates: false,
  dependsOn: goodKey,
  check: async (client) => expectStatus(await client.postEach([{}]), [400])
}

const explained: Rule = {
  id: 'errors-explained',
  title: 'An error response carries JSON with a message for the customer.',
  // Only that it may is documented.
  source: 'assumed',
  impact: "Segment's Event Delivery shows a general sentence instead of what is wrong with the event.",
  mutates: false,
  dependsOn: goodKey,
  async check(client) {
    const responses = await client.postEachText(['{"type":', '{}'])
    const errors = responses.filter((response) => isReceived(response) && response.status >= 400)
    if (errors.length === 0) {
      return inconclusive([], 'Nothing was rejected.')
    }
    const unexplained = errors.find((response) => messageOf(jsonOf(response)) === undefined)
    return unexplained ? failed(errors, 'The body is not {"message": "…"}.', unexplained.curl()) : passed(errors)
  }
}

export const REJECTIONS = [...unsupported, malformedBody, missingField, emptyMessage, explained]
