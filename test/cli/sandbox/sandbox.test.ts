import { access, readFile } from 'node:fs/promises'
import ky from 'ky'
import { keepCertificate } from '../../../src/cli/sandbox/serve'
import { basic, startServer } from '../../http'
import { describeFaults } from '../../../src/sandbox/faults/spec'
import { startSandbox } from '../../../src/sandbox/start'
import type { RunningSandbox } from '../../../src/sandbox/start'
import { runCommandLine } from '../command-line'

jest.mock('../../../src/sandbox/start', () => {
  const start = jest.requireActual<typeof import('../../../src/sandbox/start')>('../../../src/sandbox/start')
  return { ...start, startSandbox: jest.fn(start.startSandbox) }
})

const MESSAGE = { type: 'track', event: 'User Registered', userId: 'userId123' }

const authorization = (apiKey: string) => ({ Authorization: basic(`${apiKey}:`) })

/** Serves a sandbox, asks it what `ask` asks, stops it, and hands back what it printed. */
async function serve(args: string[], ask: (url: string) => Promise<unknown>) {
  let url = ''
  const result = await runCommandLine(['sandbox', ...args], {
    untilStopped: async () => {
      const sandbox = (await jest.mocked(startSandbox).mock.results.at(-1)?.value) as RunningSandbox
      url = sandbox.url
      await ask(url)
    }
  })
  return { ...result, url }
}

describe('sandbox', () => {
  it('serves until it is stopped, and prints its address and a working key', async () => {
    let status = 0
    const { stdout, exitCode, url } = await serve(['--port', '0'], async (base) => {
      const response = await ky.post(`${base}/events`, {
        json: MESSAGE,
        headers: authorization('sandbox-key-not-a-secret')
      })
      status = response.status
    })

    expect(status).toBe(200)
    expect(stdout).toContain(`Astrolabe's sandbox serves ${url}\n`)
    expect(stdout).toContain(`export ASTROLABE_INGEST_URL=${url} ASTROLABE_API_KEY=sandbox-key-not-a-secret\n`)
    expect(stdout).toContain(`curl -u sandbox-key-not-a-secret: ${url}/users\n`)
    expect(exitCode).toBeUndefined()
    await expect(ky.get(url, { retry: 0 })).rejects.toThrow('fetch failed')
  })

  it.each([
    [
      ['--host', '0.0.0.0'],
      "Everyone who reaches one of this machine's addresses at port %d can use this server, without a password. It rejects their requests unless you name the hosts that they ask for: --allow-host NAME.",
      403
    ],
    [
      ['--host', '127.0.0.2'],
      'Everyone who reaches 127.0.0.2 at port %d can use this server, without a password. It serves requests for 127.0.0.2 too.',
      200
    ],
    [
      ['--host', '0.0.0.0', '--allow-host', '127.0.0.2'],
      "Everyone who reaches one of this machine's addresses at port %d can use this server, without a password. It serves requests for 127.0.0.2 too.",
      200
    ]
  ])('with %j warns who can reach it', async (args, warning, expected) => {
    let status = 0
    const { stderr, url } = await serve(['--port', '0', ...args], async (base) => {
      const headers = authorization('sandbox-key-not-a-secret')
      const other = base.replace('127.0.0.1', '127.0.0.2')
      status = (await ky.get(`${other}/users`, { headers, throwHttpErrors: false })).status
    })

    expect(stderr).toBe(`Warning: ${warning.replace('%d', new URL(url).port)}\n`)
    expect(status).toBe(expected)
  })

  it('warns that pages of an allowed name can use it, even if only this machine reaches it', async () => {
    const { stderr } = await serve(['--port', '0', '--allow-host', '10.0.2.2'], () => Promise.resolve())

    expect(stderr).toBe(
      'Warning: Web pages under these names can use this server, without a password. It serves requests for 10.0.2.2 too.\n'
    )
  })

  it('serves its contract at the address that it prints', async () => {
    let page = ''
    const { stdout, url } = await serve(['--port', '0'], async (base) => {
      page = await ky.get(new URL('/docs', base)).text()
    })

    expect(stdout).toContain(`in a browser:\n  ${url.replace('/v1', '/docs')}\n`)
    expect(page).toContain("<title>Astrolabe's ingest API</title>")
  })

  it.each([
    [[], 200],
    [['--no-batch'], 404]
  ])('with %j responds to a batch with %d', async (args, expected) => {
    let status = 0
    await serve(['--port', '0', ...args], async (base) => {
      const response = await ky.post(`${base}/batch`, {
        json: { batch: [MESSAGE] },
        headers: authorization('sandbox-key-not-a-secret'),
        throwHttpErrors: false
      })
      status = response.status
    })

    expect(status).toBe(expected)
  })

  it('has the given faults, and prints each request that meets one', async () => {
    const statuses: number[] = []
    const faults = ['--fault', 'status=503,times=1', '--fault', 'status=500,body=html,times=1']

    const { stdout } = await serve(['--port', '0', ...faults], async (base) => {
      for (let n = 0; n < 3; n++) {
        const headers = authorization('sandbox-key-not-a-secret')
        statuses.push(
          (await ky.post(`${base}/events`, { json: MESSAGE, headers, throwHttpErrors: false, retry: 0 })).status
        )
      }
    })

    expect(statuses).toEqual([503, 500, 200])
    expect(stdout).toContain('\nIts faults: status=503,times=1, then status=500,body=html,times=1\n')
    expect(stdout.split('\n').slice(-3)).toEqual([
      'POST /v1/events met status=503,times=1',
      'POST /v1/events met status=500,body=html,times=1',
      ''
    ])
  })

  it('keeps only the newest records, and says what it dropped', async () => {
    const { stdout } = await serve(['--port', '0', '--keep', '2'], async (base) => {
      for (const userId of ['ada', 'grace', 'joan', 'mary']) {
        const json = { type: 'identify', userId, messageId: userId }
        await ky.post(`${base}/events`, { json, headers: authorization('sandbox-key-not-a-secret') })
      }
    })

    expect(stdout.split('\n').slice(-4)).toEqual([
      'The limit of --keep 2 is reached. From now on the oldest records are dropped.',
      'Dropped: 2 Users, 0 Accounts, 0 events, 2 message IDs.',
      'A message whose ID was dropped counts again if it is sent again.',
      ''
    ])
  })

  it('prints the path of the certificate to trust, and removes it at the end', async () => {
    const { stdout, url } = await serve(['--port', '0', '--fault', 'tls=valid'], async () => undefined)

    const [, path = ''] = / NODE_EXTRA_CA_CERTS=(.*)\n/.exec(stdout) ?? []
    expect(url).toMatch(/^https:/)
    expect(stdout).toContain(` --cacert ${path} ${url}/users\n`)
    await expect(access(path)).rejects.toThrow('ENOENT')
  })

  it('reports an unknown fault as a usage error that lists the faults', async () => {
    const { stderr, exitCode } = await runCommandLine(['sandbox', '--fault', 'crash'])

    expect(stderr).toMatch(
      /^error: option '--fault <spec>' argument 'crash' is invalid\. There is no fault "crash"\. The faults are:\n {2}status=/
    )
    expect(exitCode).toBe(2)
  })

  it('explains every fault with --help', async () => {
    expect((await runCommandLine(['sandbox', '--help'])).stdout).toContain(describeFaults())
  })

  it('says so if its port is in use', async () => {
    const { port, close } = await startServer()

    const { stderr, exitCode } = await runCommandLine(['sandbox', '--port', String(port)])
    await close()

    expect(stderr).toBe(`error: Port ${port} is in use. Choose another with --port.\n`)
    expect(exitCode).toBe(2)
  })

  it('does not report a bug as a usage error', async () => {
    jest.mocked(startSandbox).mockRejectedValueOnce(new TypeError('a bug'))

    await expect(runCommandLine(['sandbox'])).rejects.toThrow('a bug')
  })

  it.each(['x', '70000', '-1', '1.5'])('rejects the port %s', async (port) => {
    const { stderr, exitCode } = await runCommandLine(['sandbox', `--port=${port}`])

    expect(stderr).toContain(`argument '${port}' is invalid. It must be a whole number from 0 to 65535.`)
    expect(exitCode).toBe(2)
  })
})

describe('the file of a certificate', () => {
  it('holds it until it is removed', async () => {
    const { path, remove } = await keepCertificate('a certificate')

    expect(await readFile(path, 'utf8')).toBe('a certificate')

    await remove()
    await expect(access(path)).rejects.toThrow('ENOENT')
  })
})
