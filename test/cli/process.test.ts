import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { startServer } from '../http'

/** The command as it is installed: what `npm run build` made of it, in a process of its own. */
const BIN = path.join(__dirname, '../../dist/cli/index.js')

function start(...args: string[]) {
  const child = spawn(process.execPath, [BIN, ...args])
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const ended = once(child, 'close').then(([exitCode]) => ({ exitCode: exitCode as number | null, stderr }))
  return { child, ended }
}

describe('the process', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('of a sandbox ends cleanly with %s', async (signal) => {
    const { child, ended } = start('sandbox', '--port', '0')
    await once(child.stdout, 'data')

    child.kill(signal)

    expect(await ended).toEqual({ exitCode: 0, stderr: '' })
  })

  it('goes on if its reader has seen enough', async () => {
    const { child, ended } = start('demo')

    child.stdout.destroy()

    expect(await ended).toEqual({ exitCode: 0, stderr: '' })
  })

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'of a check ends cleanly with %s, in the middle of a request',
    async (signal) => {
      const { server, origin, close } = await startServer()
      const { child, ended } = start('check', '--yes', '--api-key', 'fake-api-key', '--url', origin)
      child.stdout.resume()
      await once(server, 'request')

      child.kill(signal)

      expect(await ended).toEqual({ exitCode: 2, stderr: '' })
      await close()
    }
  )

  it('ends with 2 and one sentence if it is used wrongly', async () => {
    const { ended } = start('deliver', 'missing.ndjson')

    expect(await ended).toEqual({
      exitCode: 2,
      stderr: 'error: Cannot read missing.ndjson: no such file or folder.\n'
    })
  })
})
