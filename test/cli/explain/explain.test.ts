import path from 'node:path'
import { writeFile } from 'node:fs/promises'
import { execFileSync } from 'node:child_process'
import dates from '../../../src/destinations/astrolabe/__tests__/fixtures/dates.json'
import { temporaryFolder } from '../../temporary-folder'
import { runCommandLine } from '../command-line'

const track = { type: 'track', event: 'Report Viewed', userId: 'u', messageId: 'm' }

const file = temporaryFolder()

const explain = (events: unknown[], ...args: string[]) =>
  runCommandLine(['explain', '-', ...args], { stdin: events.map((event) => JSON.stringify(event)).join('\n') })

/** The lines between the title and the integrations object, on one line. */
async function verdictOn(event: unknown) {
  const { stdout, exitCode } = await explain([event])
  const [, ...lines] = stdout
    .split(/\n {2}Integrations /)[0]
    .trim()
    .split('\n')
  return { verdict: lines.map((line) => line.trim()).join(' '), exitCode }
}

async function saved(name: string, text: string) {
  await writeFile(file(name), text)
  return file(name)
}

describe('the explanation of an event', () => {
  it('shows each mapping, the payload and the exact request, without a key', async () => {
    const { stdout, stderr, exitCode } = await explain([track])

    expect(stdout).toBe(`standard input, line 1: track "Report Viewed"
  This event would be sent to Astrolabe.
  Integrations   no entry for Astrolabe or All, so the event is let through
  Identify User  type = "identify" does not match
  Group Account  type = "group" does not match
  Track Event    type = "track" matches
    Payload
      {
        "event": "Report Viewed",
        "user_id": "u",
        "message_id": "m",
        "enable_batching": false,
        "batch_size": 1000
      }
    Request
      POST https://ingest.astrolabe.so/v1/events
      authorization: Basic [secret]
      content-type: application/json
      user-agent: Segment (Actions)

      {
        "type": "track",
        "userId": "u",
        "messageId": "m",
        "event": "Report Viewed"
      }
`)
    expect([stderr, exitCode]).toEqual(['', undefined])
  })

  it.each([[], ['--json']])('says that it is nested too deep (%s)', async (...args) => {
    const stdin = `{"type":"track","event":"A","userId":"u","properties":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`

    const { stdout, exitCode } = await runCommandLine(['explain', '-', ...args], { stdin })

    expect(stdout.replace(/\s+/g, ' ')).toContain('The event is nested deeper than 1,000 levels.')
    expect(exitCode).toBe(1)
  })

  it.each([
    [
      'a miscased type',
      { ...track, type: 'Track' },
      'No mapping matches this event. ! "Track" is not "track": types are lower case.'
    ],
    [
      'a misspelt type',
      { ...track, type: 'trak' },
      'No mapping matches this event. ! Type "trak": did you mean "track"?'
    ],
    [
      'a page call',
      { type: 'page', userId: 'u' },
      'No mapping matches this event. ! There is no mapping for "page" calls, only for "identify", "group", "track".'
    ],
    [
      'user_id',
      { type: 'identify', user_id: 'u' },
      'This event would be rejected. ! "user_id" is not read: write "userId".'
    ],
    [
      'group_id',
      { type: 'group', group_id: 'g' },
      'This event would be rejected. ! "group_id" is not read: write "groupId".'
    ],
    [
      'a groupId at the root of a track call',
      { ...track, groupId: 'g' },
      'This event would be sent to Astrolabe. ! "groupId" at the root of a track call names no account: write "context.groupId".'
    ],
    [
      'traits as text',
      { type: 'identify', userId: 'u', traits: '{}' },
      'This event would be rejected. ! "traits" is text. Write it as a JSON object.'
    ],
    [
      'properties in an identify call',
      { type: 'identify', userId: 'u', properties: {} },
      'This event would be sent to Astrolabe. ! An identify call has "traits". Its "properties" are not read.'
    ],
    [
      'the event name in name',
      { type: 'track', userId: 'u', name: 'e' },
      'This event would be rejected. ! The name of the event belongs in "event".'
    ],
    [
      'a date that Astrolabe does not read',
      { ...track, timestamp: '31.12.2025' },
      'This event would be sent to Astrolabe. ! Astrolabe would reject it: "timestamp" is not an ISO 8601 date.'
    ],
    [
      'more than 36 KB',
      { ...track, properties: { text: 'x'.repeat(37_000) } },
      'This event would be sent to Astrolabe. ! Astrolabe would reject it: the message is larger than 36 KB.'
    ],
    [
      'an entry of the integrations object',
      { ...track, integrations: { Astrolabe: false } },
      'This event would be filtered.'
    ],
    [
      'a miscased entry of the integrations object',
      { ...track, integrations: { All: false, astrolabe: true } },
      'This event would be filtered. ! "integrations.astrolabe" is not read: the destination\'s name is "Astrolabe".'
    ],
    [
      'a Tracking API body',
      { batch: [track] },
      'This can\'t be read as an event. This is a request body of Segment\'s Tracking API. The events are the items of its "batch".'
    ],
    [
      'no type',
      { userId: 'u', event: 'e', properties: {} },
      'This can\'t be read as an event. It has no "type". An event with a name is a "track" call.'
    ],
    [
      'a wrapper',
      { data: track },
      'This can\'t be read as an event. The event is wrapped in "data". Write only that object.'
    ]
  ])('names the mistake: %s', async (_what, event, expected) => {
    const { verdict, exitCode } = await verdictOn(event)

    expect(verdict).toBe(expected)
    expect(exitCode).toBe(/would be rejected|can't be read/.test(expected) ? 1 : undefined)
  })

  it('says where a line stops being JSON', async () => {
    const { stdout, exitCode } = await runCommandLine(['explain', '-'], { stdin: '{"type":"track" "userId":1}' })

    expect(stdout).toBe(`standard input, line 1
  This can't be read as an event.
  This line is not JSON. Write each event as one JSON object on one line. It breaks at character 17.
`)
    expect(exitCode).toBe(1)
  })

  it('gives the reason of a rejection, and the entry that filters', async () => {
    const { stdout } = await explain([{ type: 'group' }, { ...track, integrations: { All: false } }])

    expect(stdout).toContain("The root value is missing the required field 'group_id'.")
    expect(stdout).toContain('  Integrations   integrations.All is false\n')
  })

  it('fits into the terminal, except for JSON', async () => {
    const events = [{ type: 'page' }, { batch: [] }, { type: 'group' }, { ...track, groupId: 'g' }]
    const stdin = events.map((event) => JSON.stringify(event)).join('\n')

    const { stdout } = await runCommandLine(['explain', '-'], { stdin, columns: 80 })

    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  it('shows data that would control the terminal as escapes, each on its own line', async () => {
    const { stdout } = await explain([{ type: 'track', event: 'a\u001b[2J\n1 delivered', userId: 'u' }])

    expect(stdout.split('\n')[0]).toBe('standard input, line 1: track "a\\u001b[2J\\n1 delivered"')
  })

  it('comes as one JSON object per event on request', async () => {
    const { stdout } = await explain([track, { ...track, type: 'Track' }, 3], '--json')

    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown)
    ).toMatchObject([
      {
        place: 'standard input, line 1',
        verdict: 'sent',
        event: track,
        hints: [],
        trace: { mappings: [{}, {}, { matches: 'yes' }] }
      },
      { verdict: 'not subscribed', hints: ['"Track" is not "track": types are lower case.'] },
      { verdict: 'rejected', problem: 'This line holds a number. Write each event as one JSON object.', hints: [] }
    ])
  })

  it('says so if the input is empty', async () => {
    expect(await explain([])).toMatchObject({ stdout: '', stderr: 'The input holds no events.\n' })
  })
})

describe('the explanation of more than a few events', () => {
  const events = [
    ...Array.from({ length: 9 }, () => ({ ...track, userId: '' })),
    ...Array.from({ length: 12 }, () => ({ type: 'page', userId: 'u' })),
    track
  ]

  it('groups them by reason, with a count and the first event', async () => {
    const { stdout, exitCode } = await explain(events)

    expect(stdout.split('\n').filter((line) => /^\d|^standard/.test(line))).toEqual([
      '22 events, grouped by reason, each with its first event. Add --all for every event.',
      '9 would be rejected: User ID and Anonymous ID are both empty. Map at least one of them, which Astrolabe requires.',
      'standard input, line 1: track "Report Viewed"',
      '12 not subscribed: No mapping matches this page call. There is no mapping for "page" calls, only for "identify", "group", "track".',
      'standard input, line 10: page',
      '1 would be sent',
      'standard input, line 22: track "Report Viewed"'
    ])
    expect(exitCode).toBe(1)
  })

  it('explains each with --all', async () => {
    const { stdout } = await explain(events, '--all')

    expect(stdout.match(/^standard input, line/gm)).toHaveLength(22)
  })
})

describe('explaining with filters', () => {
  const filter = (more: object) => ({ title: 'No email', if: 'type = "track"', enabled: true, ...more })
  const withFilters = async (...filters: object[]) =>
    explain(
      [{ ...track, properties: { email: 'a@b.example' } }],
      '--filters',
      await saved('filters.json', JSON.stringify(filters))
    )

  it('shows the paths of what they remove, and the request without it', async () => {
    const { stdout } = await withFilters(
      filter({ actions: [{ type: 'DROP_PROPERTIES', fields: { properties: ['email'] } }] })
    )

    expect(stdout).toContain(
      '  Integrations   no entry for Astrolabe or All, so the event is let through\n  Filter         "No email" removes properties.email\n'
    )
    expect(stdout).not.toContain('a@b.example')
  })

  it('says which of them drops an event', async () => {
    const { stdout, exitCode } = await withFilters(filter({ actions: [{ type: 'DROP' }] }))

    expect(stdout).toContain('  This event would be filtered.\n')
    expect(stdout).toContain('  Filter         The filter "No email" drops it.\n')
    expect(exitCode).toBeUndefined()
  })

  it('says that none applies, and which are disabled', async () => {
    const { stdout, stderr } = await withFilters(
      filter({ if: 'type = "page"', actions: [{ type: 'DROP' }] }),
      filter({ enabled: false, actions: [{ type: 'DROP' }] })
    )

    expect(stdout).toContain('  Filters        none applies\n')
    expect(stderr).toBe('1 filter applied, 1 disabled.\n')
  })

  it('finds why a trigger does not match in the event without what they remove', async () => {
    const mapping = {
      name: 'Mail',
      actionSlug: 'track',
      trigger: 'type = "track" and properties.email = "a@b.example"',
      settings: { event: 'e' }
    }
    const { stdout } = await explain(
      [{ ...track, properties: { email: 'a@b.example' } }],
      '--mappings',
      await saved('mail.json', JSON.stringify([mapping])),
      '--filters',
      await saved(
        'filters.json',
        JSON.stringify([filter({ actions: [{ type: 'ALLOW_PROPERTIES', fields: { properties: [] } }] })])
      )
    )

    expect(stdout).toContain('properties.email is missing')
  })
})

describe('explaining with mappings of your own', () => {
  it('runs these', async () => {
    const mappings = [
      { name: 'Pages', actionSlug: 'track', trigger: 'type = "page"', settings: { event: 'Page Viewed' } }
    ]

    const { stdout } = await explain(
      [{ type: 'page' }],
      '--mappings',
      await saved('pages.json', JSON.stringify(mappings))
    )

    expect(stdout).toContain('  Pages          type = "page" matches\n')
    expect(stdout).toContain('"event": "Page Viewed"')
  })

  it('says why a trigger does not match, unless the type of call tells', async () => {
    const mappings = [
      {
        name: 'Big',
        actionSlug: 'track',
        trigger: 'type = "track" and properties.total > 5',
        settings: { event: 'e' }
      },
      { name: 'Users', actionSlug: 'identify', trigger: 'type = "identify"', settings: { user_id: 'u' } }
    ]

    const { stdout } = await explain(
      [{ ...track, properties: { total: 3 } }],
      '--mappings',
      await saved('big.json', JSON.stringify(mappings))
    )

    expect(stdout).toContain(
      '  Big            type = "track" and properties.total > 5 does not match: properties.total is 3, the trigger is properties.total > 5\n' +
        '  Users          type = "identify" does not match\n'
    )
  })

  it.each([
    ['[{"name":"X","actionSlug":"x","trigger":""}]', 2],
    ['{', 1]
  ])('is wrong use if the file can not be used: %s', async (text, mistakes) => {
    const file = await saved('broken.json', text)

    const { stderr, exitCode } = await explain([track], '--mappings', file)

    expect(stderr).toBe(
      mistakes === 2
        ? `error: The mappings in ${file} can't be used.
  Mapping 1 ("X"): There is no action "x". Actions: identify, group, track.
  Mapping 1 ("X"): The trigger can't be read: it is empty.
`
        : `error: ${file} is not JSON.\n`
    )
    expect(exitCode).toBe(2)
  })

  it('is wrong use if the file is missing', async () => {
    const { stderr } = await explain([track], '--mappings', file('missing.json'))

    expect(stderr).toBe(`error: Cannot read ${file('missing.json')}: no such file or folder.\n`)
  })
})

const BIN = path.join(__dirname, '../../../dist/cli/index.js')

const EVENTS = dates.map(({ given }) => ({ type: 'track', event: 'e', userId: 'u', timestamp: given }))

/** The timestamps that are sent from a machine in this zone. Node reads TZ when a process starts. */
function timestampsIn(zone: string): unknown[] {
  const output = execFileSync(process.execPath, [BIN, 'explain', '-', '--json'], {
    input: EVENTS.map((event) => JSON.stringify(event)).join('\n'),
    env: { TZ: zone },
    encoding: 'utf8'
  })
  return output
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as Explanation).trace.mappings[2].request.body.timestamp)
}

interface Explanation {
  trace: { mappings: { request: { body: { timestamp?: string } } }[] }
}

describe('every date', () => {
  it.each(['UTC', 'America/St_Johns', 'Asia/Kolkata', 'Europe/London', 'Pacific/Apia', 'Pacific/Honolulu'])(
    'means the same with TZ=%s',
    (zone) => {
      expect(timestampsIn(zone)).toEqual(dates.map(({ sent }) => sent))
    }
  )
})
