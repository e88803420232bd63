import { Destination, RetryableError } from '@segment/actions-core'
import { noticeCutResponses } from '../../runtime'
import type { Definition } from './catalog-view'
import type { Instant, KeyTest } from './api'
import type { Decision } from './delivery/delivery-state'

/**
 * Runs a destination's `testAuthentication`, as Segment does when settings are saved. The framework reports every failure
 * as "Credentials are invalid", so the destination's own error tells a rejected key from one that could not be checked.
 */
export async function testKey(definition: Definition, settings: Record<string, string>): Promise<KeyTest> {
  const testedAt = new Date().toISOString()
  const own: { error?: unknown } = {}
  try {
    const destination = new Destination(recordingErrors(definition, own))
    await noticeCutResponses(() => destination.testAuthentication({ apiKey: '', ...settings }))
    return accepted(definition, testedAt)
  } catch (thrown) {
    const { message } = (own.error ?? thrown) as Error
    return { outcome: own.error instanceof RetryableError ? 'unknown' : 'rejected', message, testedAt }
  }
}

/** What is known of the key after a delivery: nothing new, unless Astrolabe rejects it, or accepts it again. */
export function keyTestAfter(
  { outcome, status, reason = '' }: Decision,
  before: KeyTest,
  definition: Pick<Definition, 'name'>
): KeyTest {
  const testedAt = new Date().toISOString()
  if (outcome === 'rejected' && isKeyRejection(status)) {
    return before.message === reason ? before : { outcome, message: reason, testedAt }
  }
  return outcome === 'delivered' && before.outcome !== 'good' ? accepted(definition, testedAt) : before
}

function accepted({ name }: Pick<Definition, 'name'>, testedAt: Instant): KeyTest {
  return { outcome: 'good', message: `${name} accepts the key.`, testedAt }
}

/** Whether Astrolabe's response says that it does not accept the key, as the destination's own test reads it. */
export function isKeyRejection(status: number | undefined): boolean {
  return status === 401 || status === 403
}

function recordingErrors(definition: Definition, own: { error?: unknown }): Definition {
  const { authentication } = definition
  const { testAuthentication } = authentication ?? {}
  if (!authentication || !testAuthentication) {
    return definition
  }
  return {
    ...definition,
    authentication: {
      ...authentication,
      testAuthentication: async (request, input) => {
        try {
          return await testAuthentication(request, input)
        } catch (error) {
          own.error = error
          throw error
        }
      }
    }
  }
}
