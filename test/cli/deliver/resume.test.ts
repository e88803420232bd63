import { writeFile } from 'node:fs/promises'
import v8 from 'node:v8'
import { temporaryFolder } from '../../temporary-folder'
import { runCommandLine } from '../command-line'

const file = temporaryFolder()

beforeEach(async () => {
  // Flags of V8 hold for the whole process, and so for the suites that follow.
  jest.spyOn(v8, 'setFlagsFromString').mockReturnValue()
  delete process.env.ASTROLABE_API_KEY
  delete process.env.ASTROLABE_INGEST_URL
  await writeFile(file('events.ndjson'), '{"type":"page"}\n{"type":"page"}\n')
  await writeFile(file('a.json'), JSON.stringify([mapping('A')]))
  await writeFile(file('b.json'), JSON.stringify([mapping('B')]))
  await writeFile(file('none.json'), '[]')
  await writeFile(file('drop.json'), '[{"title":"Drop","if":"all","actions":[{"type":"DROP"}]}]')
})

afterEach(() => {
  jest.restoreAllMocks()
  delete process.env.ASTROLABE_INGEST_URL
})

function mapping(name: string): object {
  return {
    name,
    actionSlug: 'track',
    trigger: 'type = "track"',
    enabled: true,
    settings: { event: { '@path': '$.event' }, user_id: { '@path': '$.userId' } }
  }
}

/** @param args where @ stands for the folder */
async function deliver(args: string) {
  const words = args.replaceAll('@', file()).split(' ').filter(Boolean)
  return runCommandLine(['deliver', '--checkpoint', file('checkpoint'), ...words, file('events.ndjson')])
}

describe('a checkpoint', () => {
  it.each([
    [
      '--since 2026-01-01',
      '--since 2026-01-02',
      '--since 2026-01-01T00:00:00.000Z',
      '--since 2026-01-02T00:00:00.000Z'
    ],
    [
      '--until 2026-01-01',
      '--until 2026-01-02',
      '--until 2026-01-01T00:00:00.000Z',
      '--until 2026-01-02T00:00:00.000Z'
    ],
    ['--limit 1', '--limit 2', '--limit 1', '--limit 2'],
    ['--from @/events.ndjson:1', '--from @/events.ndjson:2', '--from @/events.ndjson:1', '--from @/events.ndjson:2'],
    ['', '--ignore-integrations', 'no --ignore-integrations', '--ignore-integrations on'],
    ['--mappings @/a.json', '--mappings @/b.json', '--mappings of hash ', '--mappings of hash '],
    ['--mappings @/a.json', '', '--mappings of hash ', 'no --mappings'],
    ['--filters @/drop.json', '--filters @/none.json', '--filters of hash ', '--filters of hash '],
    ['--filters @/drop.json', '', '--filters of hash ', 'no --filters'],
    ['--shard-index 0 --shard-count 2', '--shard-index 1 --shard-count 2', '--shard-index 0', '--shard-index 1'],
    ['--shard-index 0 --shard-count 2', '--shard-index 0 --shard-count 3', '--shard-count 2', '--shard-count 3']
  ])('of a run with "%s" is refused by a run with "%s"', async (first, second, before, now) => {
    const inFolder = (text: string) => text.replaceAll('@', file())
    expect((await deliver(first)).stderr).toBe('')

    const { stderr, exitCode } = await deliver(second)

    expect(stderr).toContain(`error: The checkpoint ${file('checkpoint')} does not fit this run.`)
    expect(stderr).toContain(`It was written with ${inFolder(before)}`)
    expect(stderr).toContain(`and this run has ${inFolder(now)}`)
    expect(exitCode).toBe(4)
  })

  it('of a run to one API is refused by a run to another one, or to the sandbox', async () => {
    const key = '--api-key fake-api-key'
    const [one, other] = ['http://127.0.0.1:1001/v1', 'http://127.0.0.1:1002/v1']
    process.env.ASTROLABE_INGEST_URL = one
    expect((await deliver(key)).stderr).toBe('')

    process.env.ASTROLABE_INGEST_URL = other
    const toOther = await deliver(key)
    delete process.env.ASTROLABE_INGEST_URL
    const toSandbox = await deliver('')

    const before = `It was written with API ${one}, and this run has API`
    expect(toOther.stderr).toContain(`${before} ${other}.`)
    expect(toSandbox.stderr).toContain(`${before} the sandbox in the process.`)
  })

  it('is used by a run with other limits, reports and files', async () => {
    await deliver('')

    const { stderr, exitCode } = await deliver(
      '--concurrency 2 --rate 5000 --batch 10 --retries 1 --report @/report --undelivered @/undelivered --json'
    )

    expect(stderr).toContain('Nothing is left: all 2 events are done.')
    expect(exitCode).toBe(0)
  })
})
