import type { Client } from '../client'
import { isReceived } from '../client'
import { MALFORMED_CREDENTIALS, NO_KEY, WRONG_KEY } from '../credentials'
import type { Credentials } from '../credentials'
import { MINIMAL } from '../messages'
import { describeResponse, expectStatus, failed, hasStatus, inconclusive, isTransient, passed } from '../rule'
import type { CheckContext, Finding, Rule } from '../rule'

/** Statuses that are about the message, so the key was accepted. */
const MESSAGE_ERROR_STATUSES = [400, 422, 501]

export const goodKey: Rule = {
  id: 'good-key',
  title: 'The API key is accepted as the user name of Basic authentication, with an empty password.',
  source: 'documented',
  mutates: false,
  async check(client) {
    const response = await client.post('/events', {})
    if (!isReceived(response) || isTransient(response)) {
      return expectStatus([response], [400])
    }
    const { status } = response
    if (status === 401 || status === 403) {
      return failed([response], `${describeResponse(response)}. Is this a key of this API?`)
    }
    if (status === 404 || status === 405) {
      return failed([response], `${describeResponse(response)}. Is this the base URL of the ingest API?`)
    }
    if (status >= 300 && status < 400) {
      return failed([response], `${describeResponse(response)}: redirects are not followed, to protect the key.`)
    }
    // Any other status means that the key was accepted: the rule `empty-message` checks which one it is.
    const isAccepted = status >= 200 && (status < 500 || status === 501)
    return isAccepted ? passed([response]) : expectStatus([response], [400])
  }
}

const wrongKey = unauthorized('wrong-key', 'A wrong key gets 401.', WRONG_KEY)

const noKey = unauthorized('no-key', 'A request without a key gets 401.', NO_KEY)

const malformedKey = unauthorized('malformed-key', 'A malformed Authorization header gets 401.', MALFORMED_CREDENTIALS)

const permission: Rule = {
  id: 'permission',
  title: 'A valid key without permission gets 403.',
  source: 'documented',
  mutates: false,
  check: async (client, context) =>
    client.keyWithoutPermission
      ? expectRejectedKey(client, context, client.keyWithoutPermission, 403)
      : inconclusive([], 'No such key was given. Add --key-without-permission.')
}

const keyCheckedFirst: Rule = {
  id: 'key-checked-first',
  title: 'The key is checked before the message.',
  source: 'assumed',
  impact: 'Segment may accept a wrong key when a customer pastes one, because the test sends an empty message.',
  mutates: false,
  dependsOn: wrongKey,
  check: async (client) => expectStatus([await client.post('/events', {}, WRONG_KEY)], [401])
}

export const AUTHENTICATION = [goodKey, wrongKey, noKey, malformedKey, permission, keyCheckedFirst]

function unauthorized(id: string, title: string, credentials: Credentials): Rule {
  return {
    id,
    title,
    source: 'documented',
    mutates: false,
    check: (client, context) => expectRejectedKey(client, context, credentials, 401)
  }
}

/**
 * Sends an empty message. If the API checks messages before keys, only a whole message can show the rule, and it would
 * create something if the key were accepted.
 */
async function expectRejectedKey(
  client: Client,
  { readOnly }: CheckContext,
  credentials: Credentials,
  status: number
): Promise<Finding> {
  const empty = await client.post('/events', {}, credentials)
  if (!hasStatus(empty, MESSAGE_ERROR_STATUSES)) {
    return expectStatus([empty], [status])
  }
  if (readOnly) {
    return inconclusive(
      [empty],
      'The API checks the message before the key, and a whole message could create something.'
    )
  }
  const whole = await client.post('/events', MINIMAL.identify[0], credentials)
  return { ...expectStatus([whole], [status]), exchanges: [empty.exchange, whole.exchange] }
}
