import { getDestinationById, manifest } from '@segment/action-destinations'
import type { DestinationDefinition } from '@segment/actions-core'
import { generateFql, parseFql } from '@segment/destination-subscriptions'
import nock from 'nock'
import { CATALOG_ID, CatalogError, destination, register } from '../../src'
import type { Manifest } from '../../src'

/** Every destination that Segment ships as of the installed package: a canary for names and slugs that collide. */
const others = Object.values(manifest).map(({ definition }) => definition as DestinationDefinition)

afterAll(() => {
  nock.restore()
})

describe("Segment's manifest", () => {
  it('has no other destination with the name or the slug of Astrolabe', () => {
    expect(others.length).toBeGreaterThan(200)
    expect(others.map(({ name }) => name)).not.toContain(destination.name)
    expect(others.map(({ slug }) => slug)).not.toContain(destination.slug)
  })

  it('delivers an event through what it holds once Astrolabe is registered', async () => {
    nock.disableNetConnect()
    const scope = nock('https://ingest.astrolabe.so')
      .post('/v1/events', { type: 'track', event: 'User Registered', userId: 'userId123' })
      .reply(200)

    register(manifest)
    const registered = getDestinationById(CATALOG_ID)
    await registered?.onEvent(
      { type: 'track', event: 'User Registered', userId: 'userId123' },
      { apiKey: 'fake-api-key', subscription: { ...destination.presets?.[2] } }
    )

    expect(registered?.definition).toBe(destination)
    expect(scope.isDone()).toBe(true)
  })
})

describe('register', () => {
  const entry = (definition: { name: string; slug?: string }) => ({ definition, directory: 'other', path: '/other' })

  it('adds an entry in the shape of the others', () => {
    const catalog: Manifest = { 1: entry({ name: 'Other', slug: 'actions-other' }) }

    register(catalog)

    expect(catalog).toEqual({
      1: entry({ name: 'Other', slug: 'actions-other' }),
      '64d2643196f4937712e54198': {
        definition: destination,
        directory: 'astrolabe',
        path: require.resolve('../../src/destinations/astrolabe')
      }
    })
  })

  it('does not register Astrolabe twice', () => {
    const catalog: Manifest = {}
    register(catalog)

    expect(() => register(catalog)).toThrow(
      new CatalogError('Astrolabe is already registered as 64d2643196f4937712e54198.')
    )
  })

  it.each([
    { name: 'Other', slug: 'actions-astrolabe' },
    { name: 'Astrolabe', slug: 'actions-other' }
  ])('rejects a manifest in which $name ($slug) is already registered', (definition) => {
    const catalog: Manifest = { 1: entry(definition) }

    expect(() => register(catalog)).toThrow(
      new CatalogError(`${definition.name} (1) already has the name or slug of Astrolabe.`)
    )
    expect(Object.keys(catalog)).toEqual(['1'])
  })
})

describe('the package', () => {
  it("does not load Segment's destinations", () => {
    jest.isolateModules(() => {
      const loaded = jest.fn()
      jest.doMock('@segment/action-destinations', loaded)

      require('../../src')

      expect(loaded).not.toHaveBeenCalled()
    })
  })
})

describe('the triggers', () => {
  const triggers = [
    ...(destination.presets ?? []).flatMap((preset) => (preset.type === 'automatic' ? [preset.subscribe] : [])),
    ...Object.values(destination.actions).map(({ defaultSubscription = '' }) => defaultSubscription)
  ]

  it.each(triggers)('%s reads back as it was written', (fql) => {
    expect(generateFql(parseFql(fql))).toBe(fql)
  })
})
