import { rmSync } from 'node:fs'
import path from 'node:path'
import { json } from 'node:stream/consumers'
import { manifest as published } from '@segment/action-destinations'
import type { Destination, DestinationDefinition, JSONObject } from '@segment/actions-core'
import { generateFql, parseFql } from '@segment/destination-subscriptions'
import { withBaseUrl } from '../../../src/catalog'
import { startServer } from '../../http'
import type { LocalServer } from '../../http'
import { PACKAGE } from '../stand-in'
import { exportIntoStandIn, runTool } from './exported'
import type { Exported } from './exported'

type Settings = { apiKey: string }

let exported: Exported
let astrolabe: LocalServer
let received: unknown[] = []
let manifest: Record<string, { definition: DestinationDefinition<Settings>; directory: string }>
let definition: DestinationDefinition<Settings>
let FrameworkDestination: typeof Destination

beforeAll(async () => {
  exported = exportIntoStandIn()
  runTool(exported.standIn, PACKAGE, 'tsc', '-b', 'tsconfig.build.json')

  astrolabe = await startServer((request, response) => {
    void json(request).then((body) => {
      received.push(body)
      response.writeHead(body && Object.keys(body).length > 0 ? 200 : 400).end()
    })
  })

  const built = path.join(exported.standIn, PACKAGE, 'dist/destinations/index.js')
  manifest = ((await import(built)) as { manifest: typeof manifest }).manifest
  definition = withBaseUrl(manifest['64d2643196f4937712e54198'].definition, astrolabe.origin)
  const framework = require.resolve('@segment/actions-core', { paths: [built] })
  FrameworkDestination = ((await import(framework)) as { Destination: typeof Destination }).Destination
})

beforeEach(() => {
  received = []
})

afterAll(async () => {
  await astrolabe.close()
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

describe('the local server', () => {
  const settings = { apiKey: 'fake-api-key' }
  const event: JSONObject = { event: 'User Registered', userId: 'userId123', groupId: 'acc-1' }

  it('responds to /manifest with the definition as JSON', () => {
    expect(JSON.parse(JSON.stringify(definition))).toMatchObject({ name: 'Astrolabe', slug: 'actions-astrolabe' })
  })

  it('responds to /authenticate', async () => {
    await expect(new FrameworkDestination(definition).testAuthentication(settings)).resolves.toBeUndefined()
    await expect(new FrameworkDestination(definition).testAuthentication({ apiKey: '' })).rejects.toThrow()
  })

  it.each(['identify', 'group', 'track'])('responds to /%s with what an event became', async (slug) => {
    const { actions } = new FrameworkDestination(definition)
    const { fields } = definition.actions[slug]
    const mapping = Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, field.default]))

    await actions[slug].execute({ data: event, settings, mapping: mapping as JSONObject, auth: undefined })

    expect(received).toEqual([expect.objectContaining({ type: slug, userId: 'userId123' })])
  })
})
