import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { startLocalAstrolabe } from './local-astrolabe'
import type { LocalAstrolabe } from './local-astrolabe'

/**
 * The destination's fixtures again, with the sandbox in place of nock. Both are written from the contract and share no
 * code: what the one promises to send, the other has to take.
 */
interface Fixture {
  file: string
  title: string
  event: SegmentEvent
  outcome: { status: number; message?: string }
}

const FIXTURES = path.join(__dirname, '../fixtures')

const fixtures: Fixture[] = ['identify', 'group', 'track'].flatMap((action) =>
  readdirSync(path.join(FIXTURES, action))
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({
      ...(JSON.parse(readFileSync(path.join(FIXTURES, action, name), 'utf8')) as Fixture),
      file: `${action}/${name}`
    }))
)

let astrolabe: LocalAstrolabe

beforeAll(async () => {
  astrolabe = await startLocalAstrolabe()
})

afterAll(() => astrolabe.close())

function settingsFor({ type }: SegmentEvent): JSONObject {
  const preset = astrolabe.destination.definition.presets?.find(({ partnerAction }) => partnerAction === type)
  return { ...astrolabe.settings, subscription: preset as unknown as JSONObject }
}

describe.each(fixtures)('$file', ({ title, event, outcome }) => {
  it(`${title}: alone`, async () => {
    const target = astrolabe.destination
    target.responses.length = 0

    const fate = await target.onEvent(event, settingsFor(event)).then(
      () => ({ status: target.responses[0].status }),
      ({ status, message }: Fixture['outcome']) => ({ status, message })
    )

    expect(fate).toEqual({ status: outcome.status, message: outcome.message })
  })

  it(`${title}: in a batch`, async () => {
    const [{ multistatus }] = await astrolabe.destination.onBatch([event], settingsFor(event))

    expect(multistatus).toEqual([expect.objectContaining({ status: outcome.status })])
  })
})

describe('the API key', () => {
  it('is found good by the check that Segment runs when it is pasted', async () => {
    await expect(astrolabe.destination.testAuthentication(astrolabe.settings)).resolves.toBeUndefined()
  })

  it('is refused in the words of Astrolabe where it is unknown', async () => {
    await expect(astrolabe.destination.testAuthentication({ apiKey: 'fake-api-key' })).rejects.toThrow(
      /^Credentials are invalid: {2}\w.*key/
    )
  })
})
