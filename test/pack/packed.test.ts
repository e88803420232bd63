import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
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
      /^dist\/(index|catalog\/[a-z-]+|secrets\/base-url)\.(js|d\.ts)$/,
      /^dist\/destinations\/astrolabe\/([a-z]+\/)?[a-z-]+\.(js|d\.ts)$/,
      // The command with its libraries, their licenses, and the files that it serves. No source maps.
      /^dist\/(cli\/(index|main)\.js|THIRD-PARTY-LICENSES\.txt)$/,
      /^dist\/(analytics-next\/[\w.-]+\.js|console\/pages\/[\w./-]+\.(html|js|css|svg|md|json))$/,
      // The client of the console, and the types that it gives.
      /^dist\/console\/client\/(index|call)\.(js|d\.ts)$/,
      /^dist\/(console\/server\/(api|api\/[a-z]+)|runtime\/[a-z-]+|sandbox\/workspace\/changes|source\/snippets\/snippet)\.d\.ts$/
    ]
    expect(project.packed.filter((file) => !KNOWN.some((pattern) => pattern.test(file)))).toEqual([])
    expect(project.packed).toEqual(
      expect.arrayContaining(['README.md', 'LICENSE', 'CHANGELOG.md', 'examples/events.ndjson', 'dist/index.d.ts'])
    )
  })

  it('is smaller than 1 MB', () => {
    expect(project.size).toBeLessThan(1_000_000)
  })

  it('holds pages of less than 300 KB, compressed', () => {
    const pages = project.packed.filter((file) => /^dist\/console\/pages\/.*\.(html|js|css|svg)$/.test(file))
    const sizes = pages.map(
      (file) => gzipSync(project.read(`node_modules/@astrolabe/segment-destination/${file}`)).length
    )

    expect(sizes.length).toBeGreaterThan(3)
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(300_000)
  })

  it('brings nothing besides its peer except what that needs without saying so', () => {
    expect(project.installed).toEqual([
      '@astrolabe/segment-destination',
      '@segment/destination-subscriptions',
      '@segment/fql-ts',
      'commander',
      'liquidjs'
    ])
  })

  it('contains the license of each library in the command', () => {
    const licenses = project.read('node_modules/@astrolabe/segment-destination/dist/THIRD-PARTY-LICENSES.txt')

    for (const library of ['commander', 'fastify', 'ky', 'node-forge']) {
      expect(licenses).toMatch(new RegExp(`^${library} \\d+\\.\\d+\\.\\d+\nLicense: .+\n\n.*(license|copyright)`, 'im'))
    }
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

  it('brings a client of the console, with its types', () => {
    const use = `
      import { ConsoleClient } from '@astrolabe/segment-destination/console'
      import type { MessageDetail } from '@astrolabe/segment-destination/console'
      export const outcomeOf = async (): Promise<MessageDetail['outcome']> =>
        (await new ConsoleClient().waitForMessage({ type: 'track' })).outcome`
    project.write('use.mts', use)
    expect(project.typeErrors('use.mts', '--skipLibCheck', '--target', 'es2022', '--module', 'node16')).toBe('')
    project.write(
      'client.mjs',
      `import { ConsoleClient } from '@astrolabe/segment-destination/console'
      new ConsoleClient({ origin: 'http://127.0.0.1:9' }).user('u1').catch(({ message }) => console.log(message))`
    )
    expect(project.node('client.mjs')).toBe('The console does not respond. Is it still running?\n')
  })

  it('opens its inner files to nobody', () => {
    expect(() => project.node('-e', "require('@astrolabe/segment-destination/dist/sandbox')")).toThrow(
      'ERR_PACKAGE_PATH_NOT_EXPORTED'
    )
  })
})

describe('its command', () => {
  it.each(['astrolabe-segment', '@astrolabe/segment-destination'])('runs by npx %s', (name) => {
    expect(project.npx(name, '--help')).toContain('Usage: astrolabe-segment [options] [command]')
  })

  it('delivers the example events to the sandbox that it contains', () => {
    expect(project.npx('astrolabe-segment', 'demo')).toContain('\ndelivered      8\n')
  })

  it("says how to install AWS's SDK if a bucket is to be read", () => {
    expect(() => project.npx('astrolabe-segment', 'deliver', 's3://bucket/logs')).toThrow(
      /error: Reading from s3:\/\/ needs the AWS SDK\. Run npm install @aws-sdk\/client-s3, or .* globally\.\n$/
    )
  })

  it('uses the one installed copy of the framework, which recognizes batch results only if they come from it', () => {
    const command = project.read('node_modules/@astrolabe/segment-destination/dist/cli/main.js')

    expect(command).toContain('require("@segment/actions-core")')
    expect(command).not.toContain('class MultiStatusResponse')
  })

  it('serves the description of the API of the console', async () => {
    const server = project.start('console', '--port', '0')
    try {
      const [output] = (await once(server.stdout as Readable, 'data')) as [Buffer]
      const origin = /http:\S+/.exec(output.toString())?.[0] ?? 'no URL printed'
      const response = await fetch(`${origin}/api/openapi.json`)

      const { paths } = (await response.json()) as { paths: Record<string, object> }
      expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/api/messages/{id}', '/api/live', '/api/reset']))
    } finally {
      server.kill()
      await once(server, 'close')
    }
  })

  it('serves the page of the contract', async () => {
    const sandbox = project.start('sandbox', '--port', '0')
    try {
      const [output] = (await once(sandbox.stdout as Readable, 'data')) as [Buffer]
      const docs = /http:\S+\/docs/.exec(output.toString())?.[0] ?? 'no URL printed'

      expect(await (await fetch(docs)).text()).toContain('<code>POST /v1/events</code> documented')
    } finally {
      sandbox.kill()
      await once(sandbox, 'close')
    }
  })
})

describe('the example for CI', () => {
  it('tests an app with the command and the client', async () => {
    project.addExample('examples/ci')

    expect(project.sh('test.sh', { PORT: await freePort() })).toMatch(/^# pass 2$/m)
  })
})

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  // The cast: a server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo
  server.close()
  return String(port)
}
