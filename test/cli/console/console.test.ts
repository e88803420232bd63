import { setFlagsFromString } from 'node:v8'
import ky from 'ky'
import { openBrowser } from '../../../src/cli/console/open-browser'
import { basic, startServer } from '../../http'
import { runCommandLine } from '../command-line'

jest.mock('../../../src/cli/console/open-browser', () => ({ openBrowser: jest.fn(() => Promise.resolve()) }))
// Flags of V8 hold for the whole process, and so for the suites that follow.
jest.mock('node:v8', () => ({ setFlagsFromString: jest.fn() }))

const WRITE_KEY = 'local-write-key-not-a-secret'
const API_KEY = 'local-api-key-not-a-secret'

/** Serves a console, asks it what `ask` asks, and stops it. */
async function serve(args: string[], ask: (origin: string) => Promise<unknown>) {
  const { port, close } = await startServer()
  await close()
  const origin = `http://127.0.0.1:${port}`
  const result = await runCommandLine(['console', '--port', String(port), ...args], { untilStopped: () => ask(origin) })
  return { ...result, origin }
}

async function identify(origin: string, messageId: string): Promise<unknown> {
  await ky.post(`${origin}/v1/identify`, {
    json: { userId: 'userId123', messageId, traits: { plan: 'pro' } },
    headers: { Authorization: basic(`${WRITE_KEY}:`) }
  })
  return ky.get(`${origin}/api/messages/by-message-id/${messageId}?wait=10`).json()
}

describe('console', () => {
  it('serves until it is stopped, and prints its address and the first steps', async () => {
    const statuses: number[] = []
    const { stdout, stderr, exitCode, origin } = await serve([], async (base) => {
      statuses.push((await ky.get(`${base}/api/status`)).status)
    })

    expect(statuses).toEqual([200])
    expect(stdout).toContain(`The console runs at ${origin}\n`)
    expect(stdout).toContain('  1. Astrolabe: add a connector and copy its API key\n')
    expect([stderr, exitCode]).toEqual(['', undefined])
    await expect(ky.get(origin, { retry: 0 })).rejects.toThrow('fetch failed')
  })

  it('serves other machines with --host and --allow-host, and warns of it', async () => {
    const statuses: unknown[] = []
    const options = ['--ready', '--host', '127.0.0.2', '--allow-host', 'box.local', '2001:db8::7']
    const { stdout, stderr, origin } = await serve(options, async (base) => {
      const other = base.replace('127.0.0.1', '127.0.0.2')
      statuses.push((await ky.get(`${other}/api/status`)).status)
      statuses.push((await ky.post(`${other}/astrolabe/v1/events`, { throwHttpErrors: false })).status)
      statuses.push(await identify(other, 'first'))
    })

    expect(statuses).toEqual([200, 401, expect.objectContaining({ outcome: 'delivered' })])
    expect(stdout).toContain(`The console runs at ${origin}\n`)
    expect(stderr).toBe(
      `Warning: Everyone who reaches 127.0.0.2 at port ${new URL(origin).port} can use this server, without a password. It serves requests for 127.0.0.2, box.local, [2001:db8::7] too.\n`
    )
  })

  it.each([
    [['--host', 'box.local'], 'It must be an IP address of this machine, such as 192.168.1.20, or 0.0.0.0.'],
    [['--allow-host', 'box.local:80'], 'It must be a host name or an IP address, without a port.'],
    [['--host', '203.0.113.1'], 'This machine has no address 203.0.113.1.']
  ])('is wrong use with %j', async (options, message) => {
    const { exitCode, stderr } = await serve(options, () => Promise.resolve())

    expect(exitCode).toBe(2)
    expect(stderr).toContain(message)
  })

  it('lets its heap grow by less before it is collected', async () => {
    await serve([], () => Promise.resolve())

    expect(setFlagsFromString).toHaveBeenCalledWith('--heap-growing-percent=30')
  })

  it('starts with --ready so that the printed keys work at once', async () => {
    let message: unknown
    const { stdout } = await serve(['--ready'], async (origin) => (message = await identify(origin, 'first')))

    expect(message).toMatchObject({
      outcome: 'delivered',
      sentence: 'Delivered: Astrolabe created User userId123 with 1 trait'
    })
    expect(stdout).toContain(`Write key of the source: ${WRITE_KEY}\nAPI key of the connector: ${API_KEY}\n`)
  })

  it.each([
    ['serves the batch endpoint', [], 200],
    ['leaves out the batch endpoint with --no-batch', ['--no-batch'], 404]
  ])('%s', async (_what, args, expected) => {
    const statuses: number[] = []
    await serve(['--ready', ...args], async (origin) => {
      const { status } = await ky.post(`${origin}/astrolabe/v1/batch`, {
        json: { batch: [{ type: 'track', event: 'User Registered', userId: 'userId123' }] },
        headers: { Authorization: basic(`${API_KEY}:`) },
        throwHttpErrors: false
      })
      statuses.push(status)
    })

    expect(statuses).toEqual([expected])
  })

  it('keeps as many messages as --keep says, and counts the others', async () => {
    let list: unknown
    const { stdout } = await serve(['--ready', '--keep', '2'], async (origin) => {
      for (const messageId of ['first', 'second', 'third']) {
        await identify(origin, messageId)
      }
      list = await ky.get(`${origin}/api/messages`).json()
    })

    expect(list).toMatchObject({ items: [{ messageId: 'third' }, { messageId: 'second' }], dropped: 1 })
    expect(stdout).toContain('It keeps everything in memory, up to 2 of each kind,')
  })

  it('says in a sentence that its port is in use', async () => {
    const { port, close } = await startServer()

    expect(await runCommandLine(['console', '--port', String(port)])).toEqual({
      stdout: '',
      stderr: `error: Port ${port} is in use. Choose another with --port.\n`,
      exitCode: 2
    })
    await close()
  })

  it.each([
    [['--port', '70000'], "error: option '--port <port>' argument '70000' is invalid."],
    [['--keep', '0'], "error: option '--keep <count>' argument '0' is invalid."]
  ])('rejects %j', async (args, sentence) => {
    const { stderr, exitCode } = await runCommandLine(['console', ...args])

    expect(stderr).toContain(sentence)
    expect(exitCode).toBe(2)
  })

  describe('with --open', () => {
    const open = () => runCommandLine(['console', '--port', '0', '--open'], { untilStopped: () => Promise.resolve() })

    it('opens its address in the browser', async () => {
      const { stdout, stderr } = await open()
      const [, origin] = /runs at (\S+)/.exec(stdout) ?? []

      expect(jest.mocked(openBrowser).mock.calls).toEqual([[origin]])
      expect(stderr).toBe('')
    })

    it('says what to do if there is no browser', async () => {
      jest.mocked(openBrowser).mockRejectedValueOnce(new Error('spawn xdg-open ENOENT'))

      const { stderr } = await open()

      expect(stderr).toMatch(/^No browser could be opened\. Open http:\/\/127\.0\.0\.1:\d+ yourself\.\n$/)
    })
  })
})
