import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { listenOnLoopback } from '../../src/loopback/listen'
import { snippets } from '../../src/source'
import { buildSource, WRITE_KEY } from './local-source'

const run = promisify(execFile)

/** Snippets that a test runs as they are: here, in `test/console/clients.test.ts` and in `test/browser/clients.test.ts`. */
const RUN_BY_TESTS = ['node', 'browser', 'npm', 'curl']

/** For the others: the client that the snippet was tried with by hand, and the hash of that snippet. */
const TRIED_WITH: Record<string, [client: string, snippet: string]> = {
  'react-native': ['@segment/analytics-react-native 2.21.4 in Node, with a stand-in for React Native', '957a78f9b473'],
  python: ['segment-analytics-python 2.3.4', '36a1f78c4ccc'],
  ruby: [
    'Ruby 3.1 and a stand-in with the transport of analytics-ruby at 2bba403b5ad9c5cc383ebb2638e3103233d6b9a7',
    'f091352ebd94'
  ],
  go: ['github.com/segmentio/analytics-go/v3', '8cb1d21f6d83'],
  php: ['segmentio/analytics-php 3.8.2', 'f757e28486e2'],
  java: ['com.segment.analytics.java:analytics 3.5.5', '97b4b0efd2b0'],
  csharp: ['Segment.Analytics.CSharp 2.6.0', '172784c204e9']
}

describe('the snippets of a source', () => {
  it('are run by a test, or were tried by hand as they are', () => {
    const hashes = snippets({ origin: 'http://127.0.0.1:4010', writeKey: WRITE_KEY })
      .filter(({ id }) => !RUN_BY_TESTS.includes(id))
      .map(({ id, code }) => [id, createHash('sha256').update(code).digest('hex').slice(0, 12)])

    expect(hashes).toEqual(Object.entries(TRIED_WITH).map(([id, [, snippet]]) => [id, snippet]))
  })

  it('exist for each client that can send to this machine', () => {
    expect(snippets({ origin: 'http://127.0.0.1:4010', writeKey: WRITE_KEY }).map(({ label }) => label)).toEqual([
      'Node.js',
      'Browser',
      'Browser (npm)',
      'React Native',
      'Python',
      'Ruby',
      'Go',
      'PHP',
      'Java',
      'C#',
      'curl'
    ])
  })

  it.each(
    snippets({ origin: 'http://127.0.0.1:4010', writeKey: WRITE_KEY }).map((snippet) => [snippet.label, snippet.code])
  )('hold the port and the write key, make the same calls and send to nothing but this machine: %s', (_label, code) => {
    expect(code).toContain(WRITE_KEY)
    expect(code).toMatch(/127\.0\.0\.1:4010|'127\.0\.0\.1', port: 4010/)
    expect(code.match(/userId123/g)).not.toBeNull()
    expect(code).toMatch(/identify[^]*group[^]*User Registered/i)
    expect(code.match(/https?:\/\/(?!127\.0\.0\.1:4010)[\w.]+/g) ?? []).toEqual(
      code.includes('<script>') ? ['https://cdn.segment.com'] : []
    )
  })

  it('run as they are: Node.js', async () => {
    const { app, received } = buildSource()
    const origin = await listenOnLoopback(app, 0)
    const code = snippets({ origin, writeKey: WRITE_KEY }).find(({ id }) => id === 'node')?.code ?? ''
    await run(process.execPath, ['--input-type=module', '--eval', code])
    await app.close()

    expect(received.map(({ sourceId, message, dropped }) => [sourceId, message.type, dropped])).toEqual([
      ['source-1', 'identify', undefined],
      ['source-1', 'group', undefined],
      ['source-1', 'track', undefined]
    ])
  })
})
