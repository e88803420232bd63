import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { isGzip } from '../formats/gzip'
import { isDeeperThan } from '../formats/json'
import { InvalidRequest, tooLarge } from './invalid-request'
import { isObject } from './message'
import type { Call } from './message'

/** Segment's documented limits, which count uncompressed bytes. */
export const MAX_MESSAGE_BYTES = 32 * 1024
export const MAX_BATCH_BYTES = 500 * 1024
const MAX_BATCH_MESSAGES = 2500

/** Deeper than anything that a client sends. What is much deeper overflows the stack of JSON.stringify. */
const MAX_DEPTH = 100

const inflate = promisify(gunzip)

export interface Batch {
  calls: Call[]
  /** What the calls have in common. */
  shared: { sentAt?: unknown; context?: unknown; integrations?: unknown; writeKey?: unknown }
}

/**
 * Reads the body of a request for one message, whatever its content type says: clients send JSON as `text/plain`, as
 * `application/json`, and compressed by gzip without any header that says so.
 *
 * @throws InvalidRequest if it is not a JSON object, or too large
 */
export async function readCall(body: unknown): Promise<Call> {
  return parseObject(await textOf(body, MAX_MESSAGE_BYTES))
}

/** Reads the body of a request for a batch, like `readCall`. */
export async function readBatch(body: unknown): Promise<Batch> {
  const { batch, ...shared } = parseObject(await textOf(body, MAX_BATCH_BYTES))
  if (!Array.isArray(batch)) {
    throw new InvalidRequest('A batch must be an object with an array "batch"')
  }
  if (batch.length > MAX_BATCH_MESSAGES) {
    throw new InvalidRequest('A batch must not hold more than 2,500 messages')
  }
  return { calls: batch.map(checkedCall), shared }
}

/** The write key in the body of a request that is refused, if it can be read. */
export async function writeKeyIn(body: unknown): Promise<unknown> {
  try {
    return parseObject(await textOf(body, MAX_BATCH_BYTES)).writeKey
  } catch {
    return undefined
  }
}

function checkedCall(call: unknown, index: number): Call {
  if (!isObject(call)) {
    throw new InvalidRequest(`batch[${index}] must be an object`)
  }
  if (Buffer.byteLength(JSON.stringify(call)) > MAX_MESSAGE_BYTES) {
    throw tooLarge(`batch[${index}]`, MAX_MESSAGE_BYTES)
  }
  return call
}

/** The server has enforced the limit already, except inside gzip. */
async function textOf(body: unknown, limit: number): Promise<string> {
  if (!Buffer.isBuffer(body) || body.length === 0) {
    throw new InvalidRequest('The body is empty')
  }
  return (isGzip(body) ? await inflated(body, limit) : body).toString('utf8')
}

async function inflated(body: Buffer, limit: number): Promise<Buffer> {
  try {
    return await inflate(body, { maxOutputLength: limit })
  } catch (error) {
    const isTooLarge = isObject(error) && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw isTooLarge ? tooLarge('The body', limit) : new InvalidRequest('The body is not valid gzip')
  }
}

/** @throws InvalidRequest if it is anything else */
export function parseObject(text: string): Call {
  const value = parseJson(text)
  if (!isObject(value)) {
    throw new InvalidRequest('The body must be a JSON object')
  }
  return assertShallow(value)
}

/**
 * Returns its argument.
 *
 * @throws InvalidRequest if it is nested more than 100 levels deep
 */
export function assertShallow(value: Call): Call {
  if (isDeeperThan(MAX_DEPTH, value)) {
    throw new InvalidRequest(`The message is nested more than ${MAX_DEPTH} levels deep`)
  }
  return value
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new InvalidRequest('The body is not valid JSON')
  }
}
