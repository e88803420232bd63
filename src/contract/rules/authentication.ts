import { MALFORMED_CREDENTIALS, NO_KEY, WRONG_KEY } from '../credentials'
import type { Client } from '../client'
import type { Credentials } from '../credentials'
import { broken, expectStatus, holds, isForNow, notShown, outcomeOf } from '../finding'
import { LEAST } from '../messages'
import type { Circumstances, Finding, Rule } from '../rule'

export const goodKey: Rule = {
  id: 'good-key',
  title: 'The API key is taken as the user name of Basic authentication, without a password.',
  source: 'documented',
  mayCreate: false,
  async check(client) {
    const answer = await client.post('/events', {})
    const { status = 0 } = answer
    if (status === 401 || status === 403) {
      return broken([answer], `${outcomeOf(answer)}: is this a key of this API?`)
    }
    if (status === 404 || status === 405) {
      return broken([answer], `${outcomeOf(answer)}: is this the base URL of the ingest API?`)
    }
    if (status >= 300 && status < 400) {
      return broken([answer], `${outcomeOf(answer)}: a redirect, which is not followed, as the key must not travel on.`)
    }
    // Whatever else is said of an empty message, the key has been taken: the rule `empty-message` looks at the rest.
    const isTaken = status >= 200 && (status < 500 || status === 501) && !isForNow(answer)
    return isTaken ? holds([answer]) : expectStatus([answer], [400])
  }
}

const wrongKey = answered401('wrong-key', 'A wrong key is answered 401.', WRONG_KEY)

const noKey = answered401('no-key', 'A request without a key is answered 401.', NO_KEY)

const malformedKey = answered401(
  'malformed-key',
  'A malformed Authorization header is answered 401.',
  MALFORMED_CREDENTIALS
)

const permission: Rule = {
  id: 'permission',
  title: 'A valid key that lacks permission is answered 403.',
  source: 'documented',
  mayCreate: false,
  check: async (client, circumstances) =>
    client.keyWithoutPermission
      ? expectRefused(client, circumstances, client.keyWithoutPermission, 403)
      : notShown([], 'No such key was given: add --key-without-permission.')
}

const keyCheckedFirst: Rule = {
  id: 'key-checked-first',
  title: 'The key is checked before the message.',
  source: 'assumed',
  ifBroken: 'When a customer pastes a wrong key, Segment may call it right: the test sends an empty message.',
  mayCreate: false,
  after: wrongKey,
  check: async (client) => expectStatus([await client.post('/events', {}, WRONG_KEY)], [401])
}

export const AUTHENTICATION = [goodKey, wrongKey, noKey, malformedKey, permission, keyCheckedFirst]

function answered401(id: string, title: string, credentials: Credentials): Rule {
  return {
    id,
    title,
    source: 'documented',
    mayCreate: false,
    check: (client, circumstances) => expectRefused(client, circumstances, credentials, 401)
  }
}

/** Answers that say something of the message, and so nothing of the key. */
const ABOUT_THE_MESSAGE = [400, 422, 501]

/**
 * Shown by an empty message, unless messages are looked at first: then only by a whole one, which would create something
 * if the key were taken.
 */
async function expectRefused(
  client: Client,
  { readOnly }: Circumstances,
  credentials: Credentials,
  status: number
): Promise<Finding> {
  const empty = await client.post('/events', {}, credentials)
  if (!ABOUT_THE_MESSAGE.includes(empty.status ?? 0)) {
    return expectStatus([empty], [status])
  }
  if (readOnly) {
    return notShown([empty], 'The message is looked at before the key, and a whole one could create something.')
  }
  const whole = await client.post('/events', LEAST.identify[0], credentials)
  return { ...expectStatus([whole], [status]), exchanges: [empty.exchange, whole.exchange] }
}
