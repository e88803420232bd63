import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import path from 'node:path'
import { json } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { parseFault } from '../../src/sandbox/faults/spec'
import { startSandbox } from '../../src/sandbox/start'
import { startServer } from '../http'
import { temporaryFolder } from '../temporary-folder'
import { nodeProblem } from '../../src/cli/node-version'

/** The command as it is installed: what `npm run build` made of it, in a process of its own. */
const BIN = path.join(__dirname, '../../dist/cli/index.js')

function start(args: string[], environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [BIN, ...args], { env: { ...process.env, ...environment } })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const ended = once(child, 'close').then(([exitCode]) => ({ exitCode: exitCode as number | null, stderr }))
  return { child, ended }
}

describe('the process', () => {
  const file = temporaryFolder()

  it.each(['SIGINT', 'SIGTERM'] as const)('of a sandbox ends cleanly with %s', async (signal) => {
    const { child, ended } = start(['sandbox', '--port', '0'])
    await once(child.stdout, 'data')

    child.kill(signal)

    expect(await ended).toEqual({ exitCode: 0, stderr: '' })
  })

  it('goes on if its reader has seen enough', async () => {
    const { child, ended } = start(['demo'])

    child.stdout.destroy()

    expect(await ended).toEqual({ exitCode: 0, stderr: '' })
  })

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'of a check ends cleanly with %s, in the middle of a request',
    async (signal) => {
      const { server, origin, close } = await startServer()
      const { child, ended } = start(['check', '--yes', '--api-key', 'fake-api-key', '--url', origin])
      child.stdout.resume()
      await once(server, 'request')

      child.kill(signal)

      expect(await ended).toEqual({ exitCode: 2, stderr: '' })
      await close()
    }
  )

  it('of a check keeps its connections open through a proxy', async () => {
    const sandbox = await startSandbox({ faults: [parseFault('tls=valid')] })
    await writeFile(file('authority.pem'), sandbox.certificateAuthority ?? '')
    const asked: (string | undefined)[] = []
    const { server, origin, close } = await startServer()
    server.on('connect', ({ url }: IncomingMessage, client: Socket) => {
      asked.push(url)
      const api = connect(Number(new URL(sandbox.url).port), '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n')
        client.pipe(api).pipe(client)
      })
      api.on('error', () => client.destroy())
      client.on('error', () => api.destroy())
    })

    const url = new URL(sandbox.url)
    url.hostname = 'localhost'
    const { child, ended } = start(
      ['check', '--yes', '--json', '--rule', 'keep-alive', '--api-key', sandbox.apiKey, '--url', url.href],
      { https_proxy: origin, no_proxy: '', NODE_EXTRA_CA_CERTS: file('authority.pem') }
    )
    const report = (await json(child.stdout)) as { rules: { id: string; verdict: string }[] }
    await ended
    await sandbox.close()
    await close()

    expect(report.rules.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['good-key', 'passed'],
      ['keep-alive', 'passed']
    ])
    expect(asked[0]).toBe(url.host)
    expect(asked.length).toBeLessThan(5)
  })

  it('ends with 2 and one sentence if it is used wrongly', async () => {
    const { ended } = start(['deliver', 'missing.ndjson'])

    expect(await ended).toEqual({
      exitCode: 2,
      stderr: 'error: Cannot read missing.ndjson: no such file or folder.\n'
    })
  })
})

describe('the process of a delivery, which has a thread of its own', () => {
  const file = temporaryFolder()

  beforeEach(() => writeFile(file('event.ndjson'), '{"type":"track","event":"User Registered","userId":"userId1"}'))

  /** Runs a line of shell in the folder, in which `deliver` is the command with a sandbox of its own. Returns its output. */
  async function shell(line: string): Promise<string> {
    const { ASTROLABE_API_KEY, ASTROLABE_INGEST_URL, ...others } = process.env
    const script = `deliver() { "$NODE" "$BIN" deliver --json "$@"; }\n${line}`
    const env = { ...others, NODE: process.execPath, BIN }
    const { stdout } = await promisify(execFile)('sh', ['-c', script], { cwd: file(), env })
    return stdout
  }

  it.each([
    ['a pipe', 'cat event.ndjson | deliver -'],
    ['a file', 'deliver - < event.ndjson']
  ])('reads standard input from %s', async (_kind, line) => {
    expect(JSON.parse(await shell(line))).toMatchObject({ read: 1, delivered: 1 })
  })

  it('says why standard input cannot be read', async () => {
    expect(JSON.parse(await shell('deliver - < . || true'))).toMatchObject({
      stopped: "Stopped: standard input can't be read any further: it is a folder."
    })
  })

  it.each(['deliver event.ndjson', 'deliver - --help'])(
    'leaves standard input to others if it needs none of it: %s',
    async (line) => {
      expect(await shell(`printf rest | { ${line} > output.txt; cat; }`)).toBe('rest')
    }
  )

  it('ends although standard input is open', async () => {
    const { child, ended } = start(['deliver', '-', 'missing.ndjson'])

    expect((await ended).exitCode).toBe(2)
    child.stdin.end()
  })

  it('reads several pipes without a warning', async () => {
    const write = 'for name in a b c d; do mkfifo $name; cat event.ndjson > $name & done'

    expect(await shell(`${write}; deliver a b c d 2>&1 > summary.json`)).toMatch(/^No API key: .*\n$/)
  })

  it('has room for all events in flight among its new objects', async () => {
    await writeFile(
      file('probe.js'),
      `const { isMainThread, resourceLimits } = require('node:worker_threads')
      if (!isMainThread) process._rawDebug(resourceLimits.maxYoungGenerationSizeMb)`
    )

    const output = await shell('export NODE_OPTIONS="--require ./probe.js"; deliver event.ndjson 2>&1 > summary.json')

    expect(output).toMatch(/^192$/m)
  })

  it('ends as soon as it is done, whatever timer still runs', async () => {
    await writeFile(file('timer.js'), "if (!require('node:worker_threads').isMainThread) setInterval(() => {}, 1000)")

    const output = await shell('export NODE_OPTIONS="--require ./timer.js"; deliver event.ndjson')

    expect(JSON.parse(output)).toMatchObject({ delivered: 1 })
  })

  it.each([
    ['a bug', "new Error('Broken.')", /^error: The command ended unexpectedly\. Please report this\.\nError: Broken\./],
    [
      'the end of its memory',
      "Object.assign(new Error('Heap.'), { code: 'ERR_WORKER_OUT_OF_MEMORY' })",
      /^error: The command ran out of memory\.\n$/
    ]
  ])('has an exit code of its own for %s, which shows nothing of a request', async (_kind, error, text) => {
    await writeFile(
      file('crash.js'),
      `if (!require('node:worker_threads').isMainThread) {
        setTimeout(() => { throw Object.assign(${error}, { request: 'fake-secret' }) })
      }`
    )
    const { ended } = start(['deliver', '-'], { NODE_OPTIONS: `--require ${file('crash.js')}` })

    const { exitCode, stderr } = await ended

    expect(exitCode).toBe(70)
    expect(stderr).toMatch(text)
    expect(stderr).not.toContain('fake-secret')
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('stops cleanly with %s while it waits for input', async (signal) => {
    const { server, origin, close } = await startServer((_request, response) => response.end('{}'))
    const { child, ended } = start(['deliver', '-'], {
      ASTROLABE_INGEST_URL: origin,
      ASTROLABE_API_KEY: 'fake-api-key'
    })
    child.stdin.write('{"type":"track","event":"User Registered","userId":"userId1"}\n')
    await once(server, 'request')

    child.kill(signal)

    expect(await ended).toEqual({ exitCode: 3, stderr: '' })
    await close()
  })
})

describe('the version of Node', () => {
  it.each(['18.20.4', '20.18.3', '16.0.0'])('is too old if it is %s', (version) => {
    expect(nodeProblem(version)).toBe(`astrolabe-segment needs Node 20.19 or newer, and this is Node ${version}.`)
  })

  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('is fine if it is %s', (version) => {
    expect(nodeProblem(version)).toBeUndefined()
  })
})
