import { isGzip } from '../../formats/gzip'
import { parseJson } from './parse-json'

/** Bytes that are looked at. */
const HEAD_LENGTH = 4096

interface Kind {
  name: string
  /** Bytes at the start of such a file, or at the offset. */
  bytes: string
  offset?: number
  wayOut: string
}

const KINDS: Kind[] = [
  {
    name: 'Parquet',
    bytes: 'PAR1',
    wayOut: `Convert it with DuckDB: COPY (FROM 'events.parquet') TO 'events.ndjson' (FORMAT json).`
  },
  { name: 'a zip archive', bytes: 'PK\x03\x04', wayOut: 'Unpack it with unzip.' },
  { name: 'a tar archive', bytes: 'ustar', offset: 257, wayOut: 'Unpack it with tar -xf.' },
  { name: 'packed with bzip2', bytes: 'BZh', wayOut: 'Unpack it with bunzip2.' },
  { name: 'packed with xz', bytes: '\xfd7zXZ\0', wayOut: 'Unpack it with unxz.' },
  { name: 'packed with zstd', bytes: '\x28\xb5\x2f\xfd', wayOut: 'Unpack it with unzstd.' }
]

/**
 * Whether a file is of a kind that holds no JSON.
 *
 * @param head its first bytes, unpacked from gzip at most twice
 * @returns a sentence that names the kind and the way out
 */
export function foreignKind(head: Buffer): string | undefined {
  const text = head.toString('latin1', 0, HEAD_LENGTH)
  const kind = KINDS.find(({ bytes, offset = 0 }) => text.startsWith(bytes, offset))
  if (kind) {
    return `This file is ${kind.name}, not JSON. ${kind.wayOut}`
  }
  if (isGzip(head)) {
    return 'This file is gzip in gzip in gzip. Unpack it with gunzip.'
  }
  if (text.includes('\0')) {
    return 'This file is binary, not JSON. Leave it out.'
  }
  return isCsv(text) ? 'This file is CSV, not JSON. Convert it with Miller: mlr --icsv --ojsonl cat.' : undefined
}

/** A line of names only, and one of as many fields that is no JSON, if there is one. */
function isCsv(text: string): boolean {
  const [header, first = header] = text.trimStart().split(/\r?\n/)
  const [separator] = /[,;\t]/.exec(header) ?? []
  return (
    separator !== undefined &&
    header.split(separator).every((name) => /^\s*("?)[\w$][\w$ .-]*\1\s*$/.test(name)) &&
    first.includes(separator) &&
    parseJson(first).value === undefined
  )
}
