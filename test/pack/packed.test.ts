import { CustomerProject } from './customer-project'

let project: CustomerProject

beforeAll(() => {
  project = new CustomerProject()
})

afterAll(() => {
  project.remove()
})

const USE = `
const manifest = {}
register(manifest)
console.log(JSON.stringify([Object.keys(manifest), CATALOG_ID, destination.slug, Object.keys(destination.actions)]))`

const USED =
  '[["64d2643196f4937712e54198"],"64d2643196f4937712e54198","actions-astrolabe",["identify","group","track"]]\n'

describe('the package', () => {
  it('holds what a user needs, and nothing else', () => {
    const KNOWN = [
      /^(README\.md|LICENSE|CHANGELOG\.md|package\.json|examples\/events\.ndjson)$/,
      /^dist\/(index|catalog)\.(js|d\.ts)$/,
      /^dist\/destinations\/astrolabe\/([a-z]+\/)?[a-z-]+\.(js|d\.ts)$/,
      // The command's own: its types are nobody's business.
      /^dist\/(cli|contract|runtime|sandbox)\/.+\.js$/
    ]
    expect(project.packed.filter((file) => !KNOWN.some((pattern) => pattern.test(file)))).toEqual([])
    expect(project.packed).toEqual(
      expect.arrayContaining(['README.md', 'LICENSE', 'CHANGELOG.md', 'examples/events.ndjson', 'dist/index.d.ts'])
    )
  })

  it('can be required', () => {
    project.write(
      'use.cjs',
      `const { CATALOG_ID, destination, register } = require('@astrolabe/segment-destination')${USE}`
    )
    expect(project.node('use.cjs')).toBe(USED)
  })

  it('can be imported', () => {
    project.write('use.mjs', `import { CATALOG_ID, destination, register } from '@astrolabe/segment-destination'${USE}`)
    expect(project.node('use.mjs')).toBe(USED)
  })

  it.each([
    ['use.cts', ['--module', 'node16', '--moduleResolution', 'node16']],
    ['use.mts', ['--module', 'node16', '--moduleResolution', 'node16']],
    ['use.ts', ['--module', 'esnext', '--moduleResolution', 'bundler']]
  ])('brings types to %s with %j', (file, options) => {
    const use = (apiKey: string) => `
      import { CATALOG_ID, destination, register } from '@astrolabe/segment-destination'
      import type { Manifest, Settings } from '@astrolabe/segment-destination'
      const manifest: Manifest = {}
      register(manifest)
      export const settings: Settings = { apiKey: ${apiKey} }
      export const texts: string[] = [CATALOG_ID, destination.name, manifest[CATALOG_ID].path]`
    const known = ['--skipLibCheck', '--target', 'es2022', ...options]

    project.write(file, use('"fake-api-key"'))
    expect(project.typeErrors(file, ...known)).toBe('')
    project.write(file, use('5'))
    expect(project.typeErrors(file, ...known)).toContain("Type 'number' is not assignable to type 'string'.")
  })

  it('opens its inner files to nobody', () => {
    expect(() => project.node('-e', "require('@astrolabe/segment-destination/dist/sandbox')")).toThrow(
      'ERR_PACKAGE_PATH_NOT_EXPORTED'
    )
  })
})

describe('its command', () => {
  it('says what it can do', () => {
    expect(project.command('astrolabe-segment', '--help')).toContain('Usage: astrolabe-segment [options] [command]')
  })

  it('delivers the example events to the sandbox that it brings', () => {
    expect(project.command('astrolabe-segment', 'demo')).toContain('\ndelivered      8\n')
  })
})
