import { Readable } from 'node:stream'
import { createInflateRaw, gzipSync } from 'node:zlib'
import type { InflateRaw } from 'node:zlib'
import fc from 'fast-check'
import { readEvents } from '../../../src/delivery/inputs/read-events'
import type { EventRead } from '../../../src/delivery/inputs/read-events'
import { MAX_VALUE_LENGTH } from '../../../src/delivery/inputs/line'

// Lets the tests see the unpackers that were opened.
jest.mock<typeof import('node:zlib')>('node:zlib', () => {
  const zlib = jest.requireActual<typeof import('node:zlib')>('node:zlib')
  return { ...zlib, createInflateRaw: jest.fn(zlib.createInflateRaw) }
})

const MEBIBYTE = 1024 * 1024
const identify = { type: 'identify', userId: 'u1' }
const group = { type: 'group', groupId: 'g1' }
const track = { type: 'track', event: 'Signed Up' }
const line = (number: number, event: object, raw = JSON.stringify(event)) => ({
  unit: 'line',
  line: number,
  raw,
  event
})
const item = (number: number, event: object, raw?: string) => ({ ...line(number, event, raw), unit: 'item' })
const ndjson = (...events: object[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('')

async function read(...chunks: (string | Buffer)[]) {
  return collect(Readable.from(chunks.map((chunk) => Buffer.from(chunk))))
}

const SOURCE = { file: 'events.ndjson', input: 0 }

/** What is read, without what is the same for all events of an input. */
async function collect(input: Readable): Promise<Omit<EventRead, 'file' | 'input' | 'bytes'>[]> {
  const reads: Omit<EventRead, 'file' | 'input' | 'bytes'>[] = []
  for await (const chunk of readEvents(input, SOURCE)) {
    reads.push(...chunk.map(({ file: _file, input: _input, bytes: _bytes, ...read }) => read))
  }
  return reads
}

/** The gzip streams opened since the mock was last cleared. */
function unpackers(): InflateRaw[] {
  return jest.mocked(createInflateRaw).mock.results.map(({ value }) => value as InflateRaw)
}

/** The bytes in chunks of these sizes, over and over. */
function cut(bytes: Buffer, sizes: number[]): Buffer[] {
  const chunks: Buffer[] = []
  for (let start = 0; start < bytes.length; start += sizes[(chunks.length - 1) % sizes.length]) {
    chunks.push(bytes.subarray(start, start + sizes[chunks.length % sizes.length]))
  }
  return chunks
}

describe('events written one a line', () => {
  it('come with their line and the text as it stood there', async () => {
    await expect(read('{ "type":"identify" , "userId":"u1" }\n', ndjson(group))).resolves.toStrictEqual([
      line(1, identify, '{ "type":"identify" , "userId":"u1" }'),
      line(2, group)
    ])
  })

  it('may end their lines with CRLF, and the last line may have no end', async () => {
    await expect(read(`${JSON.stringify(identify)}\r\n${JSON.stringify(group)}`)).resolves.toStrictEqual([
      line(1, identify),
      line(2, group)
    ])
  })

  it('may have blank lines between them, which count as lines', async () => {
    await expect(read('\n', ndjson(identify), '\r\n  \t\n', ndjson(track), '\n')).resolves.toStrictEqual([
      line(2, identify),
      line(5, track)
    ])
  })

  it('keep U+2028 and U+2029 in their strings, which end no line of JSON', async () => {
    const event = { type: 'track', event: 'one\u2028two\u2029three' }
    await expect(read(ndjson(event, group))).resolves.toStrictEqual([line(1, event), line(2, group)])
  })

  it('come one by one from an input of more than 1 MiB, read no further than asked', async () => {
    let chunks = 0
    const input = Readable.from(
      (function* () {
        for (;;) {
          chunks += 1
          yield Buffer.from(ndjson({ type: 'track', properties: { filler: 'x'.repeat(MEBIBYTE / 8) } }))
        }
      })(),
      { highWaterMark: 1 }
    )
    const events = readEvents(input, SOURCE)
    for (let number = 0; number < 40;) {
      const { value } = (await events.next()) as { value: EventRead[] }
      for (const { line } of value) {
        expect(line).toBe((number += 1))
      }
    }
    expect(chunks).toBeLessThanOrEqual(42)
    await events.return(undefined)
  })

  it('are read on after a line that is too long to hold', async () => {
    const part = Buffer.alloc(MEBIBYTE, 'x')
    function* chunks() {
      yield Buffer.from(ndjson(identify))
      for (let held = 0; held <= MAX_VALUE_LENGTH; held += part.length) {
        yield part
      }
      yield Buffer.from(`\n${ndjson(track)}`)
    }
    await expect(collect(Readable.from(chunks()))).resolves.toStrictEqual([
      line(1, identify),
      {
        unit: 'line',
        line: 2,
        raw: '',
        problem: 'This line has more than 134217728 bytes. Write one event a line.'
      },
      line(3, track)
    ])
  })
})

describe('events in one JSON array', () => {
  it('come with their position in the array and their JSON on one line', async () => {
    const text = '[\n  {\n    "type": "track", "price": 1.50,\r\n\t"text": "a,]} \\" b"\n  },\n  [\n    1e2\n  ]\n]\n'
    await expect(read(text)).resolves.toMatchObject([
      { unit: 'item', line: 1, raw: '{"type": "track", "price": 1.50,"text": "a,]} \\" b"}' },
      { unit: 'item', line: 2, raw: '[1e2]' }
    ])
  })

  it('may stand all on the first line', async () => {
    await expect(read(`${JSON.stringify([identify, group])}\n`)).resolves.toStrictEqual([
      item(1, identify),
      item(2, group)
    ])
  })

  it('may be more than 1 MiB', async () => {
    const events = Array.from({ length: 20_000 }, (_, index) => ({
      type: 'track',
      messageId: `message-${index}-${'x'.repeat(50)}`
    }))
    const json = JSON.stringify(events)
    expect(json.length).toBeGreaterThan(MEBIBYTE)
    await expect(read(' \n', json)).resolves.toStrictEqual(events.map((event, index) => item(index + 1, event)))
  })

  it('may stand on one line of just over 1 MiB', async () => {
    const event = { type: 'track', properties: { text: 'x'.repeat(MEBIBYTE) } }
    await expect(read(JSON.stringify([event]), '\n')).resolves.toStrictEqual([item(1, event)])
    await expect(read(gzipSync(JSON.stringify([event])))).resolves.toStrictEqual([item(1, event)])
  })

  it('are none if the array is empty', async () => {
    await expect(read('[]')).resolves.toStrictEqual([])
  })

  it.each([
    ['after an item, with the line', '[\n{"type":"track"}\n{"type":"group"}]', 3],
    ['at its end, with the line', '[\n{"type":"track"},\n', 3],
    ['where the parser does not say', '[\n{"type":"track"},\n]', 1]
  ])('are one problem where the array breaks %s', async (_, text, number) => {
    await expect(read(text)).resolves.toStrictEqual([
      {
        unit: 'line',
        line: number,
        raw: '',
        problem: 'This is not one whole JSON value. Correct it, or write each event as one JSON object on one line.'
      }
    ])
  })

  it('are one problem if the array is too long to hold', async () => {
    const part = Buffer.alloc(MEBIBYTE, ' ')
    function* chunks() {
      yield Buffer.from('[\n]')
      for (;;) {
        yield part
      }
    }
    await expect(collect(Readable.from(chunks()))).resolves.toStrictEqual([
      {
        unit: 'line',
        line: 1,
        raw: '',
        problem: 'This JSON has more than 134217728 bytes. Write one event a line instead.'
      }
    ])
  })

  it('come with their JSON even if they are nested deeper than it could be written', async () => {
    const event = `{"type":"track","properties":${'['.repeat(50_000)}${']'.repeat(50_000)}}`
    await expect(read(`[${event},${JSON.stringify(group)}]`)).resolves.toMatchObject([
      { unit: 'item', line: 1, raw: event, event: { type: 'track' } },
      item(2, group)
    ])
  })

  it('are not looked for if the first line is an array by itself and more lines follow', async () => {
    await expect(read('["a"]\n', ndjson(track))).resolves.toStrictEqual([
      {
        unit: 'line',
        line: 1,
        raw: '["a"]',
        problem: 'This line holds an array. Write each event as one JSON object.'
      },
      line(2, track)
    ])
  })
})

describe('a single event', () => {
  it('may stand on one line', async () => {
    await expect(read('{"type": "identify", "userId": "u1"}')).resolves.toStrictEqual([
      line(1, identify, '{"type": "identify", "userId": "u1"}')
    ])
  })

  it('may be written over many lines and comes with the line where it begins', async () => {
    await expect(read('\n\n', JSON.stringify(identify, undefined, 2), '\n')).resolves.toStrictEqual([
      line(3, identify, '{"type": "identify","userId": "u1"}')
    ])
  })

  it('may begin on the line of its brace', async () => {
    await expect(read('{ "type": "identify",\r\n  "userId": "u1" }')).resolves.toStrictEqual([
      line(1, identify, '{ "type": "identify","userId": "u1" }')
    ])
  })

  it('may be written over lines of more than 1 MiB', async () => {
    const event = { type: 'track', properties: { text: 'x'.repeat(2 * MEBIBYTE) } }
    await expect(read(JSON.stringify(event, undefined, 2))).resolves.toMatchObject([{ line: 1, event }])
  })

  it('is not read as the whole of an input that goes on after 1 MiB', async () => {
    const reads = await read('{ "type": "track",\n"userId": "u1" }', '\n'.repeat(MEBIBYTE), ndjson(track))
    expect(reads).toMatchObject([
      { line: 1, problem: expect.stringContaining('is not JSON') },
      { line: 2, problem: expect.stringContaining('is not JSON') },
      { line: MEBIBYTE + 2, event: track }
    ])
  })

  it('is one problem if it breaks', async () => {
    const text = '{\n  "type": "track"\n  "userId": "u1"\n}\n'
    await expect(read(text)).resolves.toMatchObject([{ unit: 'line', line: 3, raw: '' }])
  })
})

describe('events without a separator', () => {
  const joined = `{ "type":"track","a":"}{ \\"" }${JSON.stringify(identify)}`

  it('come as items, also from further lines, wherever the bytes are cut', async () => {
    const bytes = Buffer.from(`${joined}\n${JSON.stringify(group)}\n\ufeff${JSON.stringify(group)} {"type":`)
    for (const size of [1, 7, bytes.length]) {
      await expect(read(...cut(bytes, [size]))).resolves.toStrictEqual([
        item(1, { type: 'track', a: '}{ "' }, '{ "type":"track","a":"}{ \\"" }'),
        item(2, identify),
        item(3, group),
        item(4, group),
        {
          unit: 'item',
          line: 5,
          raw: '{"type":',
          problem: 'This item is not JSON. Write each event as one JSON object on one line.'
        }
      ])
    }
  })

  it('may be more than 1 MiB, and in gzip that is cut', async () => {
    const events = Array.from({ length: 20_000 }, (_, n) => ({ type: 'track', messageId: `${n}-${'x'.repeat(50)}` }))
    const archive = gzipSync(events.map((event) => JSON.stringify(event)).join(''), { level: 0 })
    const reads = await read(archive.subarray(0, -20))
    expect(reads.slice(0, 19_998)).toStrictEqual(events.slice(0, 19_998).map((event, index) => item(index + 1, event)))
    expect(reads.at(-1)).toMatchObject({ unit: 'item', problem: expect.stringContaining('The gzip data ends early') })
  })

  it('are a problem of their line if the lines before it have one each', async () => {
    await expect(read(ndjson(track), joined, '\n', ndjson(group))).resolves.toStrictEqual([
      line(1, track),
      {
        unit: 'line',
        line: 2,
        raw: joined,
        problem: 'This line holds several JSON objects. Write each on a line of its own, for example with jq -c .'
      },
      line(3, group)
    ])
  })

  it('keep their bytes where they are not UTF-8', async () => {
    const bytes = Buffer.from(`{"type":"track"}{"type":"identify","userId":"jos\xe9"}`, 'latin1')
    await expect(read(bytes)).resolves.toMatchObject([
      { line: 1, event: { type: 'track' } },
      { line: 2, raw: bytes.subarray(16) }
    ])
  })
})

describe('a file of another kind', () => {
  const tar = Buffer.alloc(1024)
  tar.write('events.ndjson')
  tar.write('ustar', 257)
  const problem = (text: string) => [{ unit: 'line', line: 1, raw: '', problem: text }]

  it.each<[string, string | Buffer, string]>([
    [
      'Parquet',
      `PAR1\x15\n${'\n'.repeat(9999)}`,
      `This file is Parquet, not JSON. Convert it with DuckDB: COPY (FROM 'events.parquet') TO 'events.ndjson' (FORMAT json).`
    ],
    ['zip', 'PK\x03\x04\n', 'This file is a zip archive, not JSON. Unpack it with unzip.'],
    ['tar', tar, 'This file is a tar archive, not JSON. Unpack it with tar -xf.'],
    ['bzip2', 'BZh91AY&SY\n', 'This file is packed with bzip2, not JSON. Unpack it with bunzip2.'],
    ['xz', Buffer.from('fd377a585a00', 'hex'), 'This file is packed with xz, not JSON. Unpack it with unxz.'],
    ['zstd', Buffer.from('28b52ffd', 'hex'), 'This file is packed with zstd, not JSON. Unpack it with unzstd.'],
    [
      'CSV',
      'userId,"first name",$plan\r\nu1,"Ada, {""Lovelace""}",pro\r\n',
      'This file is CSV, not JSON. Convert it with Miller: mlr --icsv --ojsonl cat.'
    ],
    ['a database', 'SQLite format 3\0\n', 'This file is binary, not JSON. Leave it out.']
  ])('is one problem that names the kind and the way out, in gzip too: %s', async (_kind, bytes, text) => {
    await expect(read(bytes, '\nx\n')).resolves.toStrictEqual(problem(text))
    await expect(read(gzipSync(bytes))).resolves.toStrictEqual(problem(text))
  })

  it('is not one with a broken first line', async () => {
    await expect(read('starting, please wait\n', ndjson(track))).resolves.toMatchObject([
      { raw: 'starting, please wait' },
      { event: track }
    ])
    await expect(read('a,b\n', ndjson(track))).resolves.toMatchObject([{ raw: 'a,b' }, { event: track }])
  })
})

describe('what is no event', () => {
  it.each([
    ['null', 'null'],
    ['true', 'a boolean'],
    ['42', 'a number'],
    ['"track"', 'a string'],
    ['[1]', 'an array']
  ])('is a problem that names its kind: %s', async (raw, kind) => {
    const problem = `holds ${kind}. Write each event as one JSON object.`
    await expect(read(`${raw}\n`, ndjson(track))).resolves.toStrictEqual([
      { unit: 'line', line: 1, raw, problem: `This line ${problem}` },
      line(2, track)
    ])
    await expect(read(`[${raw},${JSON.stringify(track)}]`)).resolves.toStrictEqual([
      { unit: 'item', line: 1, raw, problem: `This item ${problem}` },
      item(2, track)
    ])
  })

  it.each(['{}', '{"type":""}', '{"type":null}', '{"type":1}'])('is a problem for want of a type: %s', async (raw) => {
    await expect(read(raw)).resolves.toStrictEqual([
      {
        unit: 'line',
        line: 1,
        raw,
        problem: 'This event has no "type". Give it the type of its call, such as "track".'
      }
    ])
  })

  it.each([
    '{"type":"track" "userId":1}',
    '{"type":"track",',
    'x at position 5550',
    '{"email":jane@example.com}',
    '{"email":"jane@example.com at position 5550100 (line 555 column 0100'
  ])('is a problem that never quotes what is not JSON: %s', async (raw) => {
    await expect(read(`${raw}\n`, ndjson(track))).resolves.toStrictEqual([
      {
        unit: 'line',
        line: 1,
        raw,
        problem: 'This line is not JSON. Write each event as one JSON object on one line.'
      },
      line(2, track)
    ])
  })
})

describe('an empty input', () => {
  it.each([
    ['no bytes', ''],
    ['a byte order mark', '\ufeff'],
    ['blank lines', '\n \r\n\n'],
    ['gzip of no bytes', gzipSync('')]
  ])('yields nothing: %s', async (_, bytes) => {
    await expect(read(bytes)).resolves.toStrictEqual([])
  })
})

describe('UTF-8', () => {
  const event = { type: 'track', event: 'naïve 測試 🚀' }
  const bytes = Buffer.from(`\ufeff${ndjson(event, group)}`)

  it('loses its byte order mark and keeps characters whole wherever the bytes are cut', async () => {
    for (let at = 0; at <= bytes.length; at += 1) {
      await expect(read(bytes.subarray(0, at), bytes.subarray(at))).resolves.toStrictEqual([
        line(1, event),
        line(2, group)
      ])
    }
  })

  it('loses the byte order mark of any line, also behind a member of gzip', async () => {
    const marked = Buffer.from(`\ufeff${ndjson(group)}\ufeff\ufeff\r\n\ufeff${ndjson(event)}`)
    for (const size of [1, marked.length]) {
      await expect(read(...cut(marked, [size]), marked)).resolves.toStrictEqual([
        line(1, group),
        line(3, event),
        line(4, group),
        line(6, event)
      ])
    }
    await expect(read(gzipSync(marked), gzipSync(marked))).resolves.toMatchObject([
      {},
      {},
      line(4, group),
      line(6, event)
    ])
  })

  it('may come as chunks of text', async () => {
    await expect(collect(Readable.from([ndjson(event), ndjson(group)]))).resolves.toStrictEqual([
      line(1, event),
      line(2, group)
    ])
  })
})

describe('bytes that are not UTF-8', () => {
  const jose = Buffer.from('{"type":"identify","userId":"jos\xe9"}', 'latin1')
  const notUtf8 = (unit: string, number: number, raw: Buffer) => ({
    unit,
    line: number,
    raw,
    problem: `This ${unit} is not UTF-8: convert it with iconv -f windows-1252 -t utf-8, or from its own encoding.`
  })

  it('are a problem of their line, wherever the bytes are cut', async () => {
    const event = { type: 'track', event: 'U+FFFD itself: \ufffd' }
    const bytes = Buffer.concat([Buffer.from(ndjson(event)), jose, Buffer.from(`\r\n${ndjson(group)}`)])
    for (const size of [1, 40, 60, bytes.length]) {
      await expect(read(...cut(bytes, [size]))).resolves.toStrictEqual([
        line(1, event),
        notUtf8('line', 2, jose),
        line(3, group)
      ])
    }
  })

  it('are a problem of their item in an array, and of an event over several lines', async () => {
    const spread = Buffer.from(' {\n "type": "identify", "userId": "jos\xe9"}\n', 'latin1')
    const onOneLine = Buffer.from('{"type": "identify", "userId": "jos\xe9"}', 'latin1')
    const event = { type: 'track', event: '測 , "]' }
    const array = Buffer.concat([Buffer.from(`[${JSON.stringify(event)},`), spread, Buffer.from(']')])
    await expect(read(array)).resolves.toStrictEqual([item(1, event), notUtf8('item', 2, onOneLine)])
    await expect(read(spread)).resolves.toStrictEqual([notUtf8('line', 1, onOneLine)])
  })

  it('come back as they are where the line is not JSON either', async () => {
    const bytes = Buffer.from('no JSON: \xe9', 'latin1')
    await expect(read(bytes)).resolves.toMatchObject([{ raw: bytes, problem: expect.stringContaining('not JSON') }])
  })
})

describe('a number with more digits than JavaScript holds', () => {
  const eventIn = async (json: string) => {
    const [one] = await read(json)
    return { ...('event' in one ? (one.event as object) : {}), rounded: 'rounded' in one ? one.rounded : undefined }
  }

  it.each(['userId', 'anonymousId', 'groupId', 'messageId'])('keeps its digits as text if it is a %s', async (id) => {
    const json = `{"type":"group","traits":{"a":["\\"",{}]}, "${id}" : -12345678901234567891}`
    await expect(eventIn(json)).resolves.toMatchObject({ [id]: '-12345678901234567891', rounded: undefined })
    await expect(eventIn(`[${json}]`)).resolves.toMatchObject({ [id]: '-12345678901234567891' })
  })

  it('keeps its digits as text if it is a context.groupId', async () => {
    const json = '{"type":"track","context":{"page":{},"groupId":9007199254740993}}'
    await expect(eventIn(json)).resolves.toMatchObject({ context: { groupId: '9007199254740993' } })
  })

  it.each([
    ['9007199254740993', 9007199254740992],
    ['1e400', Infinity],
    ['1e-400', 0],
    ['0.10000000000000000001', 0.1]
  ])('is rounded and named anywhere else: %s', async (text, value) => {
    const json = `{"type":"track","properties":{"traits":{"userId":1},"list":[{"n":${text}}],"m":${text}}}`
    await expect(eventIn(json)).resolves.toMatchObject({
      properties: { list: [{ n: value }] },
      rounded: 'properties.list.n'
    })
  })

  it.each(['9007199254740992', '1.0', '100e-2', '0.1000000000000000000', '-0', '0.30000000000000004', '1E5', '0e9'])(
    'is not %s, which stays a number',
    async (text) => {
      const json = `{"type":"track","userId":${text},"properties":{"n":${text}}}`
      await expect(eventIn(json)).resolves.toEqual({ ...(JSON.parse(json) as object), rounded: undefined })
    }
  )

  it.each(['9007199254740993', '1e400', '0.10000000000000000001'])(
    'is found wherever it stands among other lines: %s',
    async (text) => {
      for (let shift = 0; shift < 17; shift++) {
        const lines = ['x'.repeat(shift), 'before', text, 'after'].map((name) => {
          return `{"type":"track","event":"${name.replace(text, '')}","properties":{"n":${name === text ? text : 1}}}\n`
        })
        const reads = await read(...lines, lines.join(''))
        expect(reads.flatMap((one) => ('rounded' in one ? [one.line] : []))).toEqual([3, 7])
      }
    }
  )

  it('is not looked for in texts, and counts as the last of a key that is there twice', async () => {
    const json = '{"type":"track","userId":12345678901234567891,"userId":7,"event":"n:12345678901234567891, 1e400"}'
    await expect(eventIn(json)).resolves.toMatchObject({ userId: 7, rounded: undefined })
    await expect(
      eventIn('{"type":"track","context":{"groupId":12345678901234567891},"context":null}')
    ).resolves.toEqual({ type: 'track', context: null, rounded: undefined })
  })
})

describe('UTF-16', () => {
  const text = ndjson({ type: 'track', event: 'naïve 測試 🚀' }, group)
  const little = Buffer.from(text, 'utf16le')
  const big = Buffer.from(little).swap16()

  it.each([
    ['little endian, with a byte order mark', Buffer.concat([Buffer.from([0xff, 0xfe]), little])],
    ['big endian, with a byte order mark', Buffer.concat([Buffer.from([0xfe, 0xff]), big])],
    ['little endian, without one', little],
    ['big endian, without one', big],
    ['little endian, in gzip', gzipSync(little)]
  ])('is read like UTF-8: %s', async (_, bytes) => {
    const expected = [line(1, { type: 'track', event: 'naïve 測試 🚀' }), line(2, group)]
    for (const size of [1, 3, bytes.length]) {
      await expect(read(...cut(bytes, [size]))).resolves.toStrictEqual(expected)
    }
  })
})

describe('gzip', () => {
  const archive = gzipSync(ndjson(identify, group))

  it('is told by its first two bytes, even if they come apart', async () => {
    for (const size of [1, 2, 7, archive.length]) {
      await expect(read(...cut(archive, [size]))).resolves.toStrictEqual([line(1, identify), line(2, group)])
    }
  })

  it('may be joined from members, which are read as one text wherever the bytes are cut', async () => {
    const joined = Buffer.concat([archive, gzipSync(ndjson(track))])
    for (let at = 0; at <= joined.length; at += 1) {
      await expect(read(joined.subarray(0, at), joined.subarray(at))).resolves.toStrictEqual([
        line(1, identify),
        line(2, group),
        line(3, track)
      ])
    }
  })

  it('may be in gzip again, but no deeper', async () => {
    const inner = gzipSync(archive)
    for (const size of [1, 7, inner.length]) {
      await expect(read(...cut(inner, [size]))).resolves.toStrictEqual([line(1, identify), line(2, group)])
    }
    await expect(read(gzipSync(inner))).resolves.toMatchObject([
      { line: 1, problem: 'This file is gzip in gzip in gzip. Unpack it with gunzip.' }
    ])
    await expect(read(inner.subarray(0, -4))).resolves.toMatchObject([
      line(1, identify),
      line(2, group),
      { line: 3, problem: expect.stringContaining('ends early') }
    ])
  })

  it('may hold an array', async () => {
    await expect(read(gzipSync(JSON.stringify([identify, group])))).resolves.toStrictEqual([
      item(1, identify),
      item(2, group)
    ])
  })

  it('is unpacked without leaving a listener for each chunk', async () => {
    jest.mocked(createInflateRaw).mockClear()
    await read(...cut(archive, [1]))
    expect(unpackers().map((gunzip) => gunzip.listenerCount('error'))).toStrictEqual([1])
  })

  it('is unpacked no further than asked, even if it comes as one huge chunk', async () => {
    const archive = gzipSync(ndjson(track).repeat(100_000), { level: 0 })
    jest.mocked(createInflateRaw).mockClear()
    const events = readEvents(Readable.from([archive]), SOURCE)
    await events.next()
    expect(archive.length).toBeGreaterThan(3 * MEBIBYTE)
    expect(unpackers()[0].bytesWritten).toBeLessThan(1.1 * MEBIBYTE)
    await events.return(undefined)
  })

  it('is not guessed from only its first byte', async () => {
    await expect(read(Buffer.from([0x1f]))).resolves.toMatchObject([{ line: 1, raw: '\x1f' }])
    await expect(read(Buffer.from([0x1f, 0x20]))).resolves.toMatchObject([{ line: 1, raw: '\x1f ' }])
  })
})

describe('damaged gzip data', () => {
  const damage = (unit: string, number: number, how: string) => ({
    unit,
    line: number,
    raw: '',
    problem: `The gzip data ${how}: nothing more can be read. Fetch the file again.`
  })

  it('that ends early gives every whole line and then one problem', async () => {
    const archive = gzipSync(ndjson(identify, group), { level: 0 })
    const header = 15 // of gzip and of the stored block
    const second = header + ndjson(identify).length
    await expect(read(archive.subarray(0, second + 5))).resolves.toStrictEqual([
      line(1, identify),
      damage('line', 2, 'ends early after line 1')
    ])
    await expect(read(archive.subarray(0, -4))).resolves.toStrictEqual([
      line(1, identify),
      line(2, group),
      damage('line', 3, 'ends early after line 2')
    ])
    await expect(read(archive.subarray(0, 2))).resolves.toStrictEqual([
      damage('line', 1, 'ends early in the first line')
    ])
  })

  it('that ends early gives a last line that is whole but for its line end', async () => {
    await expect(read(gzipSync(JSON.stringify(track)).subarray(0, -4))).resolves.toStrictEqual([
      line(1, track),
      damage('line', 2, 'ends early after line 1')
    ])
  })

  it('still reports the broken lines before it, each in its place', async () => {
    const archive = gzipSync(`${ndjson(identify)}{"type":\n${ndjson(track)}`)
    await expect(read(archive.subarray(0, -4))).resolves.toMatchObject([
      line(1, identify),
      { line: 2, raw: '{"type":', problem: expect.stringContaining('is not JSON') },
      line(3, track),
      damage('line', 4, 'ends early after line 3')
    ])
  })

  it.each([1, 512, 40_000])('may be padded with %d zeros, as on tape', async (zeros) => {
    const padded = Buffer.concat([gzipSync(ndjson(identify)), Buffer.alloc(zeros)])

    await expect(read(padded)).resolves.toMatchObject([{ line: 1, event: identify }])
  })

  it('that ends early in a later member gives the members before it', async () => {
    const joined = Buffer.concat([gzipSync(ndjson(identify)), gzipSync(ndjson(group))])
    await expect(read(joined.subarray(0, -12))).resolves.toMatchObject([
      line(1, identify),
      { problem: expect.stringContaining('ends early after line') }
    ])
  })

  it('costs at most 4 KiB of text before it', async () => {
    const archive = gzipSync(ndjson({ type: 'track' }).repeat(10_000), { level: 0 })
    const firstBlock = archive.readUInt16LE(11)
    archive[10 + 5 + firstBlock + 1] ^= 0xff // The length of the second stored block.
    const reads = await read(archive)
    const lines = reads.length - 1
    expect(lines).toBeGreaterThanOrEqual(Math.floor((firstBlock - 4096) / 17))
    expect(lines).toBeLessThanOrEqual(Math.floor(firstBlock / 17))
    expect(reads[lines - 1]).toStrictEqual(line(lines, { type: 'track' }))
    expect(reads[lines]).toStrictEqual(damage('line', lines + 1, `is damaged after line ${lines}`))
  })

  it('costs nothing if only the checksum is wrong', async () => {
    const archive = gzipSync(ndjson({ type: 'track' }).repeat(1300))
    archive[archive.length - 8] ^= 0xff
    const reads = await read(archive)
    expect(reads).toHaveLength(1301)
    expect(reads[1299]).toStrictEqual(line(1300, { type: 'track' }))
    expect(reads[1300]).toStrictEqual(damage('line', 1301, 'is damaged after line 1300'))
  })

  it('gives the lines before it in an input of more than 1 MiB', async () => {
    const archive = gzipSync(ndjson({ type: 'track' }).repeat(100_000))
    const reads = await read(archive.subarray(0, -8))
    expect(reads).toHaveLength(100_001)
    expect(reads[100_000]).toStrictEqual(damage('line', 100_001, 'ends early after line 100000'))
  })

  it('that is followed by something else is a problem after its events', async () => {
    const archive = Buffer.concat([gzipSync(ndjson(track)), Buffer.from('no gzip')])
    for (let at = 0; at <= archive.length; at += 1) {
      await expect(read(archive.subarray(0, at), archive.subarray(at))).resolves.toStrictEqual([
        line(1, track),
        damage('line', 2, 'is damaged after line 1')
      ])
    }
  })

  it('that is followed by a damaged member gives the members before it', async () => {
    const joined = Buffer.concat([gzipSync(ndjson(identify)), gzipSync(ndjson(group)), Buffer.from([0x1f, 0x8b, 9, 9])])
    await expect(read(joined)).resolves.toStrictEqual([
      line(1, identify),
      line(2, group),
      damage('line', 3, 'ends early after line 2')
    ])
  })

  it.each([
    ['a name', 0x08, 'events.ndjson\0'],
    ['a comment', 0x10, 'from S3\0'],
    ['a name and a comment', 0x18, 'events.ndjson\0from S3\0'],
    ['an extra field', 0x04, '\x03\0abc'],
    ['a checksum of the header', 0x02, '\0\0']
  ])('is not suspected in a header with %s', async (_, flags, fields) => {
    const archive = gzipSync(ndjson(track))
    const header = Buffer.from(archive.subarray(0, 10))
    header[3] = flags
    await expect(read(Buffer.concat([header, Buffer.from(fields), archive.subarray(10)]))).resolves.toStrictEqual([
      line(1, track)
    ])
  })

  it('of an array is the only problem if the array is cut, and the last if it is whole', async () => {
    const archive = gzipSync(`${JSON.stringify([identify, group])}\n`)
    await expect(read(archive.subarray(0, -4))).resolves.toStrictEqual([
      item(1, identify),
      item(2, group),
      damage('item', 3, 'ends early after item 2')
    ])
    await expect(read(archive.subarray(0, -14))).resolves.toStrictEqual([
      damage('line', 1, 'ends early in the first line')
    ])
  })
})

describe('the stream', () => {
  function failing(...chunks: Buffer[]): Readable {
    return Readable.from(
      (async function* () {
        yield* chunks
        throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' })
      })()
    )
  }

  it.each([
    ['at its start', []],
    ['in a line', [Buffer.from('{"type":')]],
    ['in an array', [Buffer.from('[\n')]],
    ['in gzip data', [gzipSync(ndjson(track)).subarray(0, 12)]],
    ['after the first 1 MiB', [Buffer.from(ndjson({ type: 'track', properties: { text: 'x'.repeat(MEBIBYTE) } }))]]
  ])('that fails %s rejects with its own error', async (_, chunks) => {
    await expect(collect(failing(...chunks))).rejects.toMatchObject({ code: 'EIO' })
  })

  it.each([
    ['lines', Buffer.from(ndjson(identify, group))],
    ['an array', Buffer.from(JSON.stringify([identify, group]))],
    ['lines of more than 1 MiB', Buffer.from(ndjson(track).repeat(50_000))],
    ['gzip data', gzipSync(ndjson(identify, group))],
    ['gzip data of more than 1 MiB', gzipSync(ndjson(track).repeat(50_000))]
  ])('is destroyed, and what unpacks it, when the reader breaks off: %s', async (_, bytes) => {
    jest.mocked(createInflateRaw).mockClear()
    const input = Readable.from([bytes, Buffer.from('\n')])
    for await (const [first] of readEvents(input, SOURCE)) {
      expect(first.line).toBe(1)
      break
    }
    await new Promise(setImmediate)
    expect(input.destroyed).toBe(true)
    expect(unpackers().map((gunzip) => gunzip.destroyed)).toStrictEqual(bytes[0] === 0x1f ? [true] : [])
  })

  it('is destroyed without being read to its end if the whole input is rejected', async () => {
    const parts = MAX_VALUE_LENGTH / MEBIBYTE
    const input = failing(Buffer.from('['), ...Array<Buffer>(parts).fill(Buffer.alloc(MEBIBYTE, ' ')))
    await expect(collect(input)).resolves.toMatchObject([{ line: 1, raw: '' }])
    expect(input.destroyed).toBe(true)
  })
})

describe('any list of events', () => {
  // Not `unit: 'binary'`, which makes a table of all of Unicode first.
  const character = fc
    .integer({ min: 0, max: 0x10ffff })
    .filter((point) => point < 0xd800 || point > 0xdfff)
    .map((point) => String.fromCodePoint(point))
  const text = fc.oneof(fc.string(), fc.string({ unit: character }))
  const json = fc.oneof(fc.jsonValue(), fc.jsonValue({ stringUnit: character }))
  const events = fc.array(
    fc
      .tuple(fc.string({ minLength: 1 }), fc.dictionary(text, json, { maxKeys: 5 }))
      .map(([type, others]) => JSON.parse(JSON.stringify({ ...others, type })) as object),
    { maxLength: 8 }
  )
  const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 })
  const lineEnd = fc.constantFrom('\n', '\r\n', '\n\n', '\n \r\n')
  const linesIn = (end: string) => end.split('\n').length - 1

  it('comes back from lines, plain or gzip, whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(events, lineEnd, sizes, fc.boolean(), async (list, end, chunks, packed) => {
        const written = Buffer.from(list.map((event) => JSON.stringify(event)).join(end))
        await expect(read(...cut(packed ? gzipSync(written) : written, chunks))).resolves.toStrictEqual(
          list.map((event, index) => line(1 + index * linesIn(end), event))
        )
      })
    )
  })

  const rawOf = (event: object, indent: number) => JSON.stringify(event, undefined, indent).replace(/\n */g, '')

  it('comes back from an array, plain or gzip, whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(events, fc.nat(2), sizes, fc.boolean(), async (list, indent, chunks, packed) => {
        const written = Buffer.from(JSON.stringify(list, undefined, indent))
        await expect(read(...cut(packed ? gzipSync(written) : written, chunks))).resolves.toStrictEqual(
          list.map((event, index) => item(index + 1, event, rawOf(event, indent)))
        )
      })
    )
  })
})
