import { execFile } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { listenOnLoopback } from '../../src/loopback/listen'
import { snippets } from '../../src/source'
import { buildSource, WRITE_KEY } from './local-source'

const run = promisify(execFile)

describe('the snippets of a source', () => {
  it('exist for each client that can send to this machine', () => {
    expect(snippets({ port: 4010, writeKey: WRITE_KEY }).map(({ label }) => label)).toEqual([
      'Node.js',
      'Browser',
      'Browser (npm)',
      'Python',
      'Ruby',
      'Go',
      'PHP',
      'Java',
      'C#',
      'curl'
    ])
  })

  it.each(snippets({ port: 4010, writeKey: WRITE_KEY }).map((snippet) => [snippet.label, snippet.code]))(
    'hold the port and the write key, make the same calls and send to nothing but this machine: %s',
    (_label, code) => {
      expect(code).toContain(WRITE_KEY)
      expect(code).toMatch(/127\.0\.0\.1:4010|'127\.0\.0\.1', port: 4010/)
      expect(code.match(/userId123/g)).not.toBeNull()
      expect(code).toMatch(/identify[^]*group[^]*User Registered/i)
      expect(code.match(/https?:\/\/(?!127\.0\.0\.1:4010)[\w.]+/g) ?? []).toEqual(
        code.includes('<script>') ? ['https://cdn.segment.com'] : []
      )
    }
  )

  it('run as they are: Node.js', async () => {
    const { app, received } = buildSource()
    await listenOnLoopback(app, 0)
    const { port } = app.server.address() as AddressInfo
    const code = snippets({ port, writeKey: WRITE_KEY }).find(({ id }) => id === 'node')?.code ?? ''
    await run(process.execPath, ['--input-type=module', '--eval', code])
    await app.close()

    expect(received.map(({ sourceId, message, dropped }) => [sourceId, message.type, dropped])).toEqual([
      ['source-1', 'identify', undefined],
      ['source-1', 'group', undefined],
      ['source-1', 'track', undefined]
    ])
  })
})
