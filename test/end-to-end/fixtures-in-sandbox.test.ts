import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import group from '../../src/destinations/astrolabe/__tests__/fixtures/group.json'
import identify from '../../src/destinations/astrolabe/__tests__/fixtures/identify.json'
import track from '../../src/destinations/astrolabe/__tests__/fixtures/track.json'
import { startLocalAstrolabe } from './local-astrolabe'
import type { LocalAstrolabe } from './local-astrolabe'

/**
 * The destination's fixtures again, with the sandbox in place of nock. Both are written from the contract and share no
 * code: the sandbox must accept all that the destination promises to send.
 */
interface Fixture {
  title: string
  event: SegmentEvent
  error?: { status: number; message: string }
}

const fixtures = [...identify, ...group, ...track] as unknown as Fixture[]

let astrolabe: LocalAstrolabe

beforeAll(async () => {
  astrolabe = await startLocalAstrolabe()
})

afterAll(() => astrolabe.close())

function settingsFor({ type }: SegmentEvent): JSONObject {
  const preset = astrolabe.destination.definition.presets?.find(({ partnerAction }) => partnerAction === type)
  return { ...astrolabe.settings, subscription: preset as unknown as JSONObject }
}

describe.each(fixtures)('$event.type: $title', ({ event, error }) => {
  it('has the same outcome in the sandbox', async () => {
    const outcome = await astrolabe.destination.onEvent(event, settingsFor(event)).then(
      () => undefined,
      ({ status, message }: NonNullable<Fixture['error']>) => ({ status, message })
    )

    expect(outcome).toEqual(error && { status: error.status, message: error.message })
  })

  it('has the same outcome in the sandbox, in a batch', async () => {
    const [{ multistatus }] = await astrolabe.destination.onBatch([event], settingsFor(event))

    expect(multistatus).toEqual([expect.objectContaining({ status: error?.status ?? 200 })])
  })
})

describe('the API key', () => {
  it('is found good by the check that Segment runs when it is pasted', async () => {
    await expect(astrolabe.destination.testAuthentication(astrolabe.settings)).resolves.toBeUndefined()
  })

  it("is rejected with Astrolabe's message if it is unknown", async () => {
    await expect(astrolabe.destination.testAuthentication({ apiKey: 'fake-api-key' })).rejects.toThrow(
      /^Credentials are invalid: {2}\w.*key/
    )
  })
})
