import { crc32, createInflateRaw } from 'node:zlib'
import type { InflateRaw } from 'node:zlib'
import { isGzip } from '../../formats/gzip'
import type { ByteStream } from './byte-stream'

/** What is wrong with gzip data. */
export type GzipError = 'ends early' | 'is damaged'

/** Bytes that zlib gets at once, so that a huge chunk is not unpacked at once. */
const PIECE = 16 * 1024

/** Zlib throws away the chunk that it fills when it meets damage, so chunks are small. */
const CHUNK = 4 * 1024

const TRAILER = 8

/**
 * Unpacks gzip members, joined or padded with zeros, one piece in and its bytes out. `node:zlib`'s own gunzip loses a whole
 * member if something else follows, so this reads the members' frames (RFC 1952) itself.
 *
 * @returns what is wrong with the data, after all bytes before it; damage inside a member costs at most 4 KiB before it
 */
export async function* gunzip(bytes: ByteStream): AsyncGenerator<Buffer, GzipError | undefined> {
  for (;;) {
    const start = await skipZeros(bytes)
    if (start.length === 0) {
      return undefined
    }
    const header = isGzip(start) ? await headerLength(bytes) : 'is damaged'
    if (typeof header !== 'number') {
      return header
    }
    bytes.skip(header)
    const error = yield* inflateMember(bytes)
    if (error) {
      return error
    }
  }
}

async function skipZeros(bytes: ByteStream): Promise<Buffer> {
  for (;;) {
    const start = await bytes.peek(2)
    const zeros = start.findIndex((byte) => byte !== 0)
    if (zeros === 0 || start.length === 0) {
      return start
    }
    bytes.skip(zeros === -1 ? start.length : zeros)
  }
}

async function headerLength(bytes: ByteStream): Promise<number | GzipError> {
  const { 2: method, 3: flags = 0, length: present } = await bytes.peek(10)
  if (present < 10) {
    return 'ends early'
  }
  if (method !== 8) {
    return 'is damaged'
  }
  let length = 10
  if (flags & 0x04) {
    const extra = await bytes.peek(length + 2)
    length += extra.length < length + 2 ? 2 : 2 + extra.readUInt16LE(length)
  }
  // A file name and a comment, each ended by a zero.
  for (const flag of [0x08, 0x10]) {
    for (let isText = (flags & flag) !== 0; isText; length++) {
      const text = await bytes.peek(length + 1)
      isText = text.length > length && text[length] !== 0
    }
  }
  length += flags & 0x02 ? 2 : 0
  return (await bytes.peek(length)).length < length ? 'ends early' : length
}

async function* inflateMember(bytes: ByteStream): AsyncGenerator<Buffer, GzipError | undefined> {
  const unpacked: Buffer[] = []
  const inflate = createInflateRaw({ chunkSize: CHUNK }).on('data', (chunk: Buffer) => unpacked.push(chunk))
  let checksum = 0
  try {
    for (;;) {
      const piece = await bytes.next(PIECE)
      if (!piece) {
        return 'ends early'
      }
      const before = inflate.bytesWritten
      const error = await write(inflate, piece)
      const chunk = Buffer.concat(unpacked.splice(0))
      checksum = crc32(chunk, checksum)
      yield chunk
      if (error) {
        return 'is damaged'
      }
      const used = inflate.bytesWritten - before
      if (used < piece.length) {
        bytes.unread(piece.subarray(used))
        return await checkTrailer(bytes, checksum)
      }
    }
  } finally {
    inflate.destroy()
  }
}

async function checkTrailer(bytes: ByteStream, checksum: number): Promise<GzipError | undefined> {
  const trailer = await bytes.peek(TRAILER)
  if (trailer.length < TRAILER) {
    return 'ends early'
  }
  bytes.skip(TRAILER)
  return trailer.readUInt32LE(0) === checksum ? undefined : 'is damaged'
}

/** Resolves with the error, if any, once zlib is through with the bytes. */
async function write(inflate: InflateRaw, bytes: Buffer): Promise<Error | null | undefined> {
  return new Promise((resolve) => {
    inflate.removeAllListeners('error').once('error', resolve)
    inflate.write(bytes, resolve)
  })
}
