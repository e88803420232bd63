import { jsonOf, messageIn } from '../answer'
import type { Answer } from '../answer'
import { broken, expectStatus, holds, notShown } from '../finding'
import { event, groupId, userId } from '../messages'
import { postEach, postEachText } from '../post-each'
import type { Rule } from '../rule'
import { goodKey } from './authentication'

const unsupported = (['page', 'screen', 'alias'] as const).map((type): Rule => ({
  id: type,
  title: `${type} is answered 501: it is not supported.`,
  source: 'documented',
  mayCreate: true,
  after: goodKey,
  check: async (client) => expectStatus(await postEach(client, [UNSUPPORTED[type]]), [501])
}))

const UNSUPPORTED = {
  page: { type: 'page', userId, name: 'Home', properties: { url: 'https://example.com/' } },
  screen: { type: 'screen', userId, name: 'Home', properties: {} },
  alias: { type: 'alias', userId, previousId: `${userId}-before` }
}

const malformedBody: Rule = {
  id: 'malformed-body',
  title: 'A body that is no JSON object is answered 400.',
  source: 'documented',
  mayCreate: false,
  after: goodKey,
  check: async (client) =>
    expectStatus(await postEachText(client, ['', '{"type":', 'null', '[]', '"identify"', '5']), [400])
}

const missingField: Rule = {
  id: 'missing-field',
  title: 'A message without an id, a groupId or an event name that it needs is answered 400.',
  source: 'documented',
  mayCreate: true,
  after: goodKey,
  check: async (client) =>
    expectStatus(
      await postEach(client, [
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
  title: 'An empty message, {}, with a good key is answered 400.',
  source: 'assumed',
  ifBroken:
    'Segment sends {} to test a pasted key: it may report a good one as bad or unchecked, or store an empty message.',
  mayCreate: false,
  after: goodKey,
  check: async (client) => expectStatus(await postEach(client, [{}]), [400])
}

const explained: Rule = {
  id: 'refusals-explained',
  title: 'A refusal carries JSON with a message for the customer.',
  // Documented is that it may.
  source: 'assumed',
  ifBroken: "Customers read a general sentence in Segment's Event Delivery, not what is wrong with their event.",
  mayCreate: false,
  after: goodKey,
  async check(client) {
    const answers = (await postEachText(client, ['{"type":', '{}'])).filter(isRefusal)
    if (answers.length === 0) {
      return notShown([], 'Nothing was refused.')
    }
    return answers.every((answer) => messageIn(jsonOf(answer)) !== undefined)
      ? holds(answers)
      : broken(answers, 'The body is not {"message": "…"}.')
  }
}

export const REFUSALS = [...unsupported, malformedBody, missingField, emptyMessage, explained]

function isRefusal({ status = 0 }: Answer): boolean {
  return status >= 400
}
