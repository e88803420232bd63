import { mkdir, readFile } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import { xml2js } from 'xml-js'
import type { Element } from 'xml-js'
import { confirm } from '../../../src/cli/check/confirm'
import { describeReport } from '../../../src/cli/check/report'
import type { Report } from '../../../src/contract/report'
import { API_KEY, check as checkApi, KEY_WITHOUT_PERMISSION, sandbox, serve } from '../../contract/check-sandbox'
import { temporaryFolder } from '../../temporary-folder'
import { terminalOf } from '../../../src/cli/terminal'
import { runCommandLine } from '../command-line'

const KEYS = ['--api-key', API_KEY, '--key-without-permission', KEY_WITHOUT_PERMISSION]

/** An API that accepts `page`, which is documented to get 501. */
const brokenSandbox = () =>
  sandbox((app) =>
    app.addHook('preHandler', async ({ body }, reply) => {
      if ((body as { type?: string } | null)?.type === 'page') {
        return reply.code(200).send({})
      }
    })
  )

/** Runs `check` against an API on this machine. */
async function check(
  args: string[],
  { api = sandbox(), ...surroundings }: { api?: ReturnType<typeof sandbox> } & Parameters<typeof runCommandLine>[1] = {}
) {
  return serve(api, async (url) => ({
    ...(await runCommandLine(['check', ...KEYS, '--url', url, ...args], surroundings)),
    url
  }))
}

const tableWidths = (text: string) =>
  new Set(
    text
      .split('\n')
      .filter((line) => /^[│┌├└]/.test(line))
      .map((line) => line.length)
  )

/** A terminal with the question on it, and how to stop the command there. */
function questionAt() {
  const controller = new AbortController()
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() }
  return {
    terminal: { ...streams, untilStopped: () => Promise.resolve(), exit: () => undefined },
    signal: controller.signal,
    stop: () => controller.abort()
  }
}

const inFolder = temporaryFolder()

beforeEach(() => {
  delete process.env.GITHUB_ACTIONS
})

afterEach(() => {
  delete process.env.GITHUB_ACTIONS
  delete process.env.GITHUB_STEP_SUMMARY
  delete process.env.ASTROLABE_API_KEY
  delete process.env.ASTROLABE_INGEST_URL
  delete process.env.ASTROLABE_API_KEY_WITHOUT_PERMISSION
})

describe('check', () => {
  it('announces its test data, shows each rule and exits with 0 if no documented rule failed', async () => {
    const { stdout, stderr, exitCode, url } = await check(['--yes'])

    expect(stdout.split('\n').slice(0, 4)).toEqual([
      `Checking ${url}`,
      'Creates Users, an Account and events whose ids begin with astrolabe-segment-check-. Later checks use the same Users and Account.',
      '',
      'Documented'
    ])
    expect(stdout.split('\n').slice(-5)).toEqual([
      'documented  19 passed, 0 failed, 1 inconclusive',
      'assumed     13 passed, 0 failed, 2 inconclusive',
      '',
      'The API keeps the contract: no documented rule failed.',
      ''
    ])
    expect(stderr).toBe('')
    expect(exitCode).toBe(0)
  })

  it('tells the impact of a failed assumed rule, and exits with 0', async () => {
    const { stdout, exitCode, url } = await check(['--yes'], { api: sandbox(undefined, { batch: false }) })

    const [, details] = stdout.split('\n\nFailed: ')
    expect(details.replace(/in \d+ ms/, 'in 1 ms').split('\n')).toEqual([
      'batch-endpoint (assumed). POST /batch accepts {"batch": […]} and returns one result per message.',
      '  Status 404 instead of 200 or 207.',
      `  > POST ${url}/batch with the key`,
      '  > {"batch":[{},{}]}',
      '  < 404 in 1 ms, content-type: application/json; charset=utf-8, connection: keep-alive',
      '  < {"message":"There is no such endpoint: messages go to POST /v1/events"}',
      '  Reproduce it, with the key in ASTROLABE_API_KEY:',
      `  curl -sS --http1.1 -m 10 -i -u "$ASTROLABE_API_KEY:" -H 'content-type: application/json' -d '{"batch":[{},{}]}' '${url}/batch'`,
      '',
      'documented  19 passed, 0 failed, 1 inconclusive',
      'assumed     6 passed, 1 failed, 8 inconclusive',
      '',
      'Impact of the failed assumptions:',
      '- Leave "Enable Batching" off.',
      '',
      'The API keeps the contract: no documented rule failed.',
      ''
    ])
    expect(exitCode).toBe(0)
  })

  it('exits with 1 if a documented rule failed', async () => {
    const { stdout, exitCode } = await check(['--yes'], { api: brokenSandbox() })

    expect(stdout).toContain('\nFailed: page (documented). page gets 501: it is not supported.\n')
    expect(stdout).toMatch(/\n\nThe API breaks the contract: a documented rule failed\.\n$/)
    expect(exitCode).toBe(1)
  })

  it.each([
    ['the key', ['--api-key', 'fake-mistyped-key'], '', 'Status 401. Is this a key of this API?'],
    ['the URL', [], '/wrong', 'Status 404. Is this the base URL of the ingest API?']
  ])('says that almost nothing could be checked if %s is wrong', async (_what, args, path, reason) => {
    const { stdout, exitCode } = await serve(sandbox(), (url) =>
      runCommandLine(['check', ...KEYS, '--yes', '--url', `${url}${path}`, ...args])
    )

    expect(stdout.trimEnd().split('\n\n').at(-1)).toBe(`Almost nothing could be checked. ${reason}`)
    expect(exitCode).toBe(1)
  })

  it('draws its tables as wide as the terminal', async () => {
    const { stdout } = await check(['--yes'], { columns: 80 })

    expect(tableWidths(stdout)).toEqual(new Set([80]))
  })

  it('reads keys and URL from the environment', async () => {
    process.env.ASTROLABE_API_KEY = API_KEY
    process.env.ASTROLABE_API_KEY_WITHOUT_PERMISSION = KEY_WITHOUT_PERMISSION
    const { stdout, exitCode } = await serve(sandbox(), (url) => {
      process.env.ASTROLABE_INGEST_URL = url
      return runCommandLine(['check', '--yes'])
    })

    expect(stdout).toContain('documented  19 passed, 0 failed, 1 inconclusive')
    expect(exitCode).toBe(0)
  })

  it('creates nothing with --read-only, and does not ask', async () => {
    const { stdout, exitCode } = await check(['--read-only'])

    expect(stdout).toContain('Read-only: skips every check that could create data.\n')
    expect(stdout).toContain('documented  7 passed, 0 failed, 13 inconclusive')
    expect(exitCode).toBe(0)
  })

  it('exceeds the rate limit with --load', async () => {
    let requests = 0
    const api = sandbox((app) =>
      app.addHook('preHandler', async (_request, reply) => {
        if (++requests > 100) {
          return reply.code(429).header('retry-after', '1').send({})
        }
      })
    )
    const { stdout } = await check(['--yes', '--load', '500'], { api })

    expect(stdout).toContain('assumed     14 passed, 0 failed, 1 inconclusive')
  })

  it('is inconclusive about the rest if it is stopped, and exits with 2', async () => {
    const { stdout, exitCode } = await check(['--yes'], { untilStopped: () => Promise.resolve() })

    expect(stdout).toContain('documented  0 passed, 0 failed, 20 inconclusive')
    expect(stdout).toMatch(/\nStopped before every rule was checked\.\n$/)
    expect(exitCode).toBe(2)
  })
})

describe('check --rule', () => {
  it('checks only the chosen rules and those that they depend on, in the order of the contract', async () => {
    const { stdout, exitCode } = await check(['--yes', '--json', '--rule', 'batch-key', '--rule', 'no-key'])

    const { rules } = JSON.parse(stdout) as { rules: { id: string; verdict: string }[] }
    expect(rules.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
      'good-key passed',
      'no-key passed',
      'batch-endpoint passed',
      'batch-key passed'
    ])
    expect(exitCode).toBe(0)
  })

  it('does not claim that the API keeps the whole contract', async () => {
    const { stdout } = await check(['--yes', '--rule', 'no-key'])

    expect(stdout).toMatch(
      /\n\ndocumented {2}1 passed, 0 failed, 0 inconclusive\n\nNo documented rule failed, of those that were checked\.\n$/
    )
    expect(stdout).not.toContain('ssumed')
  })

  it.each([
    ['pgae', 'Did you mean "page"? --list-rules lists all.'],
    ['everything', '--list-rules lists the rules.']
  ])('rejects the unknown rule %s, and names the nearest', async (id, advice) => {
    const { stderr, exitCode } = await check(['--rule', id])

    expect(stderr).toContain(`argument '${id}' is invalid. ${advice}\n`)
    expect(exitCode).toBe(2)
  })
})

describe('check --list-rules', () => {
  it('lists every rule in one line, and needs no key', async () => {
    const { stdout, stderr, exitCode } = await runCommandLine(['check', '--list-rules'])

    expect(stdout.match(/^│ [a-z].+│$/gm)).toHaveLength(35)
    expect(stdout).toMatch(/^│ page +│ documented │ page gets 501: it is not supported\. +│$/m)
    expect([stderr, exitCode]).toEqual(['', undefined])
  })
})

describe('check --wait', () => {
  /** An API that its proxy, or the API itself, says is not up, so many times. */
  const startingSandbox = (statuses: number[]) =>
    sandbox((app) =>
      app.addHook('onRequest', async (_request, reply) => {
        const status = statuses.shift()
        return status === undefined ? undefined : reply.code(status).send({})
      })
    )

  it('waits until the API responds, and counts nothing of that time', async () => {
    const api = startingSandbox([502, 503])
    const { stdout, exitCode } = await check(['--yes', '--wait', '60', '--rule', 'responds-in-time'], { api })

    expect(stdout).toContain('\nWaits up to 60 s until the API responds.\n')
    expect(stdout).toContain('The slowest of 1 took')
    expect(exitCode).toBe(0)
  })

  it('stops waiting if it is stopped', async () => {
    const url = await serve(sandbox(), async (baseUrl) => baseUrl)
    const { exitCode } = await runCommandLine(['check', ...KEYS, '--url', url, '--yes', '--wait', '60'], {
      untilStopped: () => new Promise((resolve) => setImmediate(resolve))
    })

    expect(exitCode).toBe(2)
  })

  it('says why the API cannot be reached once the time is over', async () => {
    const url = await serve(sandbox(), async (baseUrl) => baseUrl)
    const { stderr, exitCode } = await runCommandLine(['check', ...KEYS, '--url', url, '--yes', '--wait', '1'])

    expect(stderr).toBe(`error: Cannot reach ${url}/events: the connection was refused.\n`)
    expect(exitCode).toBe(2)
  })
})

describe('check in GitHub Actions', () => {
  const inActions = async (args: string[], api = brokenSandbox()) => {
    const summary = inFolder('summary.md')
    Object.assign(process.env, { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary })
    const result = await check(['--yes', '--rule', 'page', ...args], { api })
    return { ...result, summary: await readFile(summary, 'utf8').catch(() => '') }
  }

  it('annotates a failed rule, in the escapes of GitHub, with a line that reproduces it', async () => {
    const { stdout, url } = await inActions([])

    expect(stdout.match(/^::.*$/gm)).toEqual([
      '::error title=page%3A page gets 501%3A it is not supported.::Status 200 instead of 501.%0A' +
        'Reproduce it, with the key in ASTROLABE_API_KEY:%0A' +
        `curl -sS --http1.1 -m 10 -i -u "$ASTROLABE_API_KEY:" -H 'content-type: application/json' -d '{"type":"page",` +
        `"userId":"astrolabe-segment-check-user","name":"Home","properties":{"url":"https://example.com/"}}' '${url}/events'`
    ])
  })

  it('warns of a failed assumed rule, because the exit code is 0, and escapes percent signs', async () => {
    const api = sandbox((app) =>
      app.addHook('onSend', async (_request, reply) => {
        reply.header('connection', 'close')
      })
    )
    const { stdout, exitCode } = await inActions(['--rule', 'keep-alive'], api)

    expect(stdout).toMatch(
      /^::warning title=keep-alive%3A Connections are kept open for further requests\.::5 requests/m
    )
    expect(stdout).toContain("-w '%25{num_connects} new connection")
    expect(exitCode).toBe(0)
  })

  it('adds a table to the summary of the job', async () => {
    const { summary, url } = await inActions([])

    expect(summary.replaceAll(url, 'URL').replace(/ +\|/g, ' |').replace(/-{3,}/g, '---')).toMatchInlineSnapshot(`
      "## Contract of Astrolabe's ingest API

      The API breaks the contract: a documented rule failed.

      | Rule | Source | Result | Title | Reason |
      | --- | --- | --- | --- | --- |
      | good-key | documented | passed | The API key is accepted as the user name of Basic authentication, with an empty password. | |
      | page | documented | failed | page gets 501: it is not supported. | Status 200 instead of 501. |

      Reproduce the failures:

      \`\`\`sh
      # page
      curl -sS --http1.1 -m 10 -i -u "$ASTROLABE_API_KEY:" -H 'content-type: application/json' -d '{"type":"page","userId":"astrolabe-segment-check-user","name":"Home","properties":{"url":"https://example.com/"}}' 'URL/events'
      \`\`\`

      "
    `)
  })

  it('keeps standard output one JSON object with --json', async () => {
    const { stdout, stderr } = await inActions(['--json'])

    expect(JSON.parse(stdout)).toMatchObject({ kept: false })
    expect(stderr).toContain('\n::error title=page%3A')
  })

  it('annotates the run if the API cannot be reached', async () => {
    process.env.GITHUB_ACTIONS = 'true'
    const url = await serve(sandbox(), async (baseUrl) => baseUrl)
    const { stderr } = await runCommandLine(['check', ...KEYS, '--url', url, '--yes'])

    const reason = `Cannot reach ${url}/events: the connection was refused.`
    expect(stderr).toBe(`::error title=The API was not checked::${reason}\nerror: ${reason}\n`)
  })

  it('writes neither elsewhere', async () => {
    process.env.GITHUB_STEP_SUMMARY = inFolder('summary.md')
    const { stdout } = await check(['--yes', '--rule', 'page'], { api: brokenSandbox() })

    expect(stdout).not.toContain('::')
    await expect(readFile(inFolder('summary.md'))).rejects.toThrow('ENOENT')
  })
})

describe('a report', () => {
  let report: Report

  beforeAll(async () => {
    report = await checkApi(sandbox())
  })

  it.each([
    [120, 120],
    [undefined, 120],
    [20, 60]
  ])('for a terminal of %p columns has tables of %p', (columns, width) => {
    expect(tableWidths(describeReport(report, columns))).toEqual(new Set([width]))
  })
})

describe('check on a terminal', () => {
  it('continues after y, and shows the current rule', async () => {
    const { stdout, stderr, exitCode } = await check([], { isTTY: true, stdin: 'y\n' })

    expect(stderr).toContain('Continue? (y/N) ')
    expect(stderr).toContain('0/35 ')
    expect(stdout).toContain('The API keeps the contract')
    expect(exitCode).toBe(0)
  })

  it.each(['y', 'Y', 'Yes', ' yes '])('accepts %j as yes', async (text) => {
    const { terminal, signal } = questionAt()
    terminal.stdin.end(`${text}\n`)

    expect(await confirm(terminalOf(terminal), signal)).toBe(true)
  })

  it.each(['n\n', '\n', '', 'yep\n'])('sends nothing after %j', async (stdin) => {
    let requests = 0
    const api = sandbox((app) => app.addHook('onRequest', async () => void requests++))
    const { stdout, exitCode } = await check([], { api, isTTY: true, stdin })

    expect(stdout).toMatch(/Nothing was sent\.\n$/)
    expect(requests).toBe(0)
    expect(exitCode).toBe(2)
  })

  it('sends nothing if it is stopped at the question', async () => {
    const { terminal, signal, stop } = questionAt()
    const confirmed = confirm(terminalOf(terminal), signal)
    stop()

    expect(await confirmed).toBe(false)
  })
})

describe('check --json', () => {
  it('prints one JSON object on standard output, and notes on standard error', async () => {
    const { stdout, stderr, exitCode, url } = await check(['--yes', '--json'], { api: brokenSandbox() })

    expect(JSON.parse(stdout)).toMatchObject({
      url,
      kept: false,
      stopped: false,
      documented: { passed: 18, failed: 1, inconclusive: 1 },
      assumed: { passed: 13, failed: 0, inconclusive: 2 }
    })
    const { rules } = JSON.parse(stdout) as { rules: { id: string }[] }
    expect(rules).toHaveLength(35)
    expect(rules.find(({ id }) => id === 'page')).toEqual({
      id: 'page',
      title: 'page gets 501: it is not supported.',
      source: 'documented',
      verdict: 'failed',
      reason: 'Status 200 instead of 501.',
      exchanges: [
        {
          sent: {
            url: `${url}/events`,
            credentials: 'the key',
            body: '{"type":"page","userId":"astrolabe-segment-check-user","name":"Home","properties":{"url":"https://example.com/"}}'
          },
          response: {
            status: 200,
            headers: { 'content-type': 'application/json; charset=utf-8', connection: 'keep-alive' },
            body: '{}'
          },
          milliseconds: expect.any(Number)
        }
      ],
      curl: expect.stringMatching(/^curl .+'$/)
    })
    expect(stderr).toMatch(/^Checking /)
    expect(exitCode).toBe(1)
  })
})

describe('check --junit', () => {
  interface Suite {
    name: string
    tests: string
    failures: string
    skipped: string
    cases: Element[]
  }

  async function suitesIn(file: string): Promise<Suite[]> {
    const { elements = [] } = xml2js(await readFile(file, 'utf8')) as Element
    return (elements[0].elements ?? []).map(({ attributes, elements: cases }) => ({ ...attributes, cases }) as Suite)
  }

  it('fails the test case of a documented rule that failed', async () => {
    const file = inFolder('report.xml')
    const { exitCode } = await check(['--yes', '--junit', file], { api: brokenSandbox() })

    const [documented, assumed] = await suitesIn(file)
    expect(documented).toMatchObject({
      name: "Astrolabe's ingest API, documented",
      tests: '20',
      failures: '1',
      skipped: '1'
    })
    expect(assumed).toMatchObject({ name: "Astrolabe's ingest API, assumed", tests: '15', failures: '0', skipped: '2' })
    const page = documented.cases.find(({ attributes }) => String(attributes?.name).startsWith('page'))
    expect(page).toMatchObject({
      attributes: {
        classname: 'contract.documented',
        name: 'page: page gets 501: it is not supported.'
      },
      elements: [
        { name: 'failure', attributes: { message: 'Status 200 instead of 501.', type: 'failed' } },
        { name: 'system-out' }
      ]
    })
    expect(JSON.stringify(page)).toContain('< {}')
    expect(exitCode).toBe(1)
  })

  it('skips the test case of an assumed rule that failed, because the exit code is 0, and tells its impact', async () => {
    const file = inFolder('report.xml')
    const { exitCode } = await check(['--yes', '--junit', file], { api: sandbox(undefined, { batch: false }) })

    const [, assumed] = await suitesIn(file)
    const endpoint = assumed.cases.find(({ attributes }) => String(attributes?.name).startsWith('batch-endpoint'))
    expect(endpoint?.elements?.map(({ name }) => name)).toEqual(['skipped', 'system-out'])
    expect(JSON.stringify(endpoint)).toContain('failed. Status 404 instead of 200 or 207.\\nLeave')
    expect(assumed.failures).toBe('0')
    expect(exitCode).toBe(0)
  })

  it.each([
    ['an empty name', '', 'The name of the file for --junit is empty.'],
    ['a folder that does not exist', 'missing/report.xml', 'Cannot write missing/report.xml: no such file or folder.']
  ])('rejects %s before anything is sent', async (_case, file, message) => {
    const { stdout, stderr, exitCode } = await check(['--yes', '--junit', file])

    expect(stdout).toBe('')
    expect(stderr).toBe(`error: ${message}\n`)
    expect(exitCode).toBe(2)
  })

  it('rejects a folder', async () => {
    const file = inFolder('report.xml')
    await mkdir(file)
    const { stderr, exitCode } = await check(['--yes', '--junit', file])

    expect(stderr).toBe(`error: Cannot write ${file}: it is a folder.\n`)
    expect(exitCode).toBe(2)
  })
})

describe('check shows no key', () => {
  it('in the table, in JSON, in JUnit XML or on standard error, even if the API repeats it', async () => {
    const echoing = () =>
      sandbox((app) =>
        app.addHook('onSend', async ({ headers }, reply) => {
          reply.code(400).header('location', `/${API_KEY}`)
          return JSON.stringify({ message: `${headers.authorization} ${API_KEY} ${KEY_WITHOUT_PERMISSION}` })
        })
      )
    const file = inFolder('report.xml')
    const table = await check(['--yes', '--junit', file], { api: echoing(), isTTY: true })
    const json = await check(['--yes', '--json'], { api: echoing() })

    const texts = [table.stdout, table.stderr, json.stdout, json.stderr, await readFile(file, 'utf8')]
    const forms = [API_KEY, KEY_WITHOUT_PERMISSION].flatMap((key) => [
      key,
      Buffer.from(`${key}:`).toString('base64'),
      Buffer.from(key).toString('base64').replace(/=+$/, '')
    ])
    expect(texts[0]).toContain('< [withheld: it quotes the API key]')
    for (const text of texts) {
      forms.forEach((form) => expect(text).not.toContain(form))
    }
  })
})

describe('check of a URL that contains the key', () => {
  it('does not show the key', async () => {
    const { stdout, stderr } = await check(['--yes', '--json', '--url', `https://astrolabe.invalid/${API_KEY}`], {
      untilStopped: () => Promise.resolve()
    })

    expect(JSON.parse(stdout)).toMatchObject({ url: '[withheld: it quotes the API key]' })
    expect(stderr).toContain('Checking [withheld: it quotes the API key]\n')
  })
})

describe('a usage error', () => {
  it.each([
    [
      ['--api-key', API_KEY, '--url', 'http://localhost:1'],
      'This check creates Users, Accounts and events. Add --yes to allow that, or --read-only to create nothing.'
    ],
    [['--yes'], 'An API key is missing. Add --api-key, or set ASTROLABE_API_KEY.'],
    [['--yes', '--api-key', ' '], 'The API key is empty.'],
    [['--yes', '--api-key', API_KEY, '--key-without-permission', ''], 'The key without permission is empty.'],
    [
      ['--yes', '--api-key', API_KEY, '--key-without-permission', API_KEY],
      '--key-without-permission must be another key than --api-key.'
    ],
    [
      ['--yes', '--api-key', API_KEY, '--url', 'http://astrolabe.test'],
      'The base URL must be an https: URL, or http: to localhost, 127.0.0.0/8 or [::1], without credentials, query or fragment.'
    ]
  ])('with %j says what to add or change', async (args, message) => {
    expect(await runCommandLine(['check', ...args])).toEqual({
      stdout: '',
      stderr: `error: ${message}\n`,
      exitCode: 2
    })
  })

  it.each(['0', '1001', '1.5', 'fast'])('rejects the load %s', async (load) => {
    const { stderr, exitCode } = await runCommandLine(['check', '--load', load])

    expect(stderr).toContain(`argument '${load}' is invalid. It must be a whole number from 1 to 1000.`)
    expect(exitCode).toBe(2)
  })

  it('says so if the API is unreachable, and exits with 2', async () => {
    const url = await serve(sandbox(), async (baseUrl) => baseUrl)
    const { stderr, exitCode } = await runCommandLine(['check', ...KEYS, '--url', url, '--yes'])

    expect(stderr).toBe(`error: Cannot reach ${url}/events: the connection was refused.\n`)
    expect(exitCode).toBe(2)
  })
})
