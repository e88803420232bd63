import { rmSync } from 'node:fs'
import path from 'node:path'
import { manifest as published } from '@segment/action-destinations'
import type { Destination, DestinationDefinition, JSONObject } from '@segment/actions-core'
import { generateFql, parseFql } from '@segment/destination-subscriptions'
import { withBaseUrl } from '../../../src/catalog'
import { startSandbox } from '../../../src/sandbox/start'
import type { RunningSandbox } from '../../../src/sandbox/start'
import { basic } from '../../http'
import { PACKAGE } from '../stand-in'
import { exportIntoStandIn, runTool } from './exported'
import type { Exported } from './exported'

type Settings = { apiKey: string }

let exported: Exported
let sandbox: RunningSandbox
let manifest: Record<string, { definition: DestinationDefinition<Settings>; directory: string }>
let definition: DestinationDefinition<Settings>
let FrameworkDestination: typeof Destination

const settings = (): Settings => ({ apiKey: sandbox.apiKey })

beforeAll(async () => {
  exported = exportIntoStandIn()
  runTool(exported.standIn, PACKAGE, 'tsc', '-b', 'tsconfig.build.json')

  sandbox = await startSandbox()
  const built = path.join(exported.standIn, PACKAGE, 'dist/destinations/index.js')
  manifest = ((await import(built)) as { manifest: typeof manifest }).manifest
  definition = withBaseUrl(manifest['64d2643196f4937712e54198'].definition, sandbox.url)
  const framework = require.resolve('@segment/actions-core', { paths: [built] })
  FrameworkDestination = ((await import(framework)) as { Destination: typeof Destination }).Destination
})

afterAll(async () => {
  await sandbox.close()
  rmSync(exported.standIn, { recursive: true })
})

describe('the manifest, once it is built', () => {
  it('has a destination whose name and slug no other has', () => {
    const others = Object.values(published).map((entry) => entry.definition)

    expect(definition.slug).toMatch(/^[a-z0-9-]+$/)
    expect(others.map(({ slug }) => slug)).not.toContain(definition.slug)
    expect(others.map(({ name }) => name)).not.toContain(definition.name)
  })

  it('has actions that stand in folders of their names', () => {
    const folders = exported.files.filter((file) => /^\w+\/generated-types\.ts$/.test(file)).map(path.posix.dirname)

    expect(Object.keys(definition.actions).sort()).toEqual(folders.sort())
    expect(exported.files).toEqual(expect.arrayContaining(folders.map((folder) => `${folder}/index.ts`)))
  })

  it('has triggers that read back as they were written', () => {
    const triggers = [
      ...Object.values(definition.actions).map(({ defaultSubscription = '' }) => defaultSubscription),
      ...(definition.presets ?? []).flatMap((preset) => (preset.type === 'automatic' ? [preset.subscribe] : []))
    ]

    expect(triggers.map((trigger) => generateFql(parseFql(trigger)))).toEqual(triggers)
  })
})

describe('validate', () => {
  it('finds a description on every action and field', () => {
    const descriptions = Object.values(definition.actions).flatMap(({ description, fields }) => [
      description,
      ...Object.values(fields).map((field) => field.description)
    ])

    expect(descriptions).toEqual(descriptions.map(() => expect.stringMatching(/\w/) as string))
  })

  it('finds presets that name real actions and real fields', () => {
    for (const { partnerAction, mapping = {} } of definition.presets ?? []) {
      expect(Object.keys(definition.actions)).toContain(partnerAction)
      expect(Object.keys(definition.actions[partnerAction].fields)).toEqual(
        expect.arrayContaining(Object.keys(mapping))
      )
    }
  })

  it('finds that settings which speak of secrets are passwords', () => {
    const secrets = Object.entries(definition.authentication?.fields ?? {}).filter(([key]) =>
      /key|token|secret|password|code|auth|credential/i.test(key)
    )

    expect(secrets.map(([key, { type }]) => [key, type])).toEqual([['apiKey', 'password']])
  })
})

// Upstream's local server is not on npm. It does the same between a request and a response.
describe('end to end with the sandbox, over HTTP', () => {
  const event: JSONObject = { event: 'User Registered', userId: 'userId123', groupId: 'acc-1', messageId: 'message-1' }

  /** The preset mapping of an action. */
  function mappingOf(slug: string): JSONObject {
    const { fields } = definition.actions[slug]
    return Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, field.default])) as JSONObject
  }

  async function recordsOf(kind: 'users' | 'accounts' | 'events'): Promise<unknown[]> {
    const response = await fetch(`${sandbox.url}/${kind}`, { headers: { authorization: basic(`${sandbox.apiKey}:`) } })
    return ((await response.json()) as Record<string, unknown[]>)[kind]
  }

  it('has a definition that is JSON', () => {
    expect(JSON.parse(JSON.stringify(definition))).toMatchObject({ name: 'Astrolabe', slug: 'actions-astrolabe' })
  })

  it('accepts the right API key, and says why a wrong one is rejected', async () => {
    const destination = new FrameworkDestination(definition)

    await expect(destination.testAuthentication(settings())).resolves.toBeUndefined()
    await expect(destination.testAuthentication({ apiKey: 'fake-api-key' })).rejects.toThrow(
      /^Credentials are invalid: {2}\w.*key/
    )
  })

  it('delivers an event of each action, which becomes a User, an Account and an event', async () => {
    const { actions } = new FrameworkDestination(definition)
    for (const slug of ['identify', 'group', 'track']) {
      const data = { ...event, messageId: `message of ${slug}` }
      await actions[slug].execute({ data, settings: settings(), mapping: mappingOf(slug), auth: undefined })
    }

    expect(await recordsOf('users')).toMatchObject([{ userId: 'userId123' }])
    expect(await recordsOf('accounts')).toMatchObject([{ groupId: 'acc-1' }])
    expect(await recordsOf('events')).toMatchObject([{ event: 'User Registered', userId: 'userId123' }])
  })

  it('delivers a batch, with a result of its own for an event that is rejected', async () => {
    const { actions } = new FrameworkDestination(definition)
    const data = [event, { event: 'Too late', userId: 'userId123', timestamp: 'yesterday' }]
    const mapping = { ...mappingOf('track'), enable_batching: true }

    const results = await actions.track.executeBatch({ data, settings: settings(), mapping, auth: undefined })

    expect(results).toMatchObject([{ status: 200 }, { status: 400 }])
  })
})
