import { addAbortSignal, Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { nextWait } from '../../runtime'

/** An object that a bucket lists. */
export interface StoredObject {
  key: string
  /** Bytes. */
  size: number
  /** Another content has another one. Opaque text. */
  etag: string
}

/** Buckets of objects, such as Amazon S3. Everything throws an `ObjectError`. */
export interface ObjectStore {
  /** Pages of objects whose keys start like this; of `limit` objects at most. */
  list(bucket: string, prefix: string, limit?: number): AsyncIterable<StoredObject[]>
  /**
   * The bytes of an object from `start` on, if it still has this ETag.
   *
   * @param start less than its size
   * @param signal ends the request
   */
  read(bucket: string, object: StoredObject, start: number, signal: AbortSignal): Promise<Readable>
}

/** An object or a bucket can't be read. The message is half a sentence for the user. */
export class ObjectError extends Error {
  override readonly name = 'ObjectError'

  constructor(
    message: string,
    override readonly cause: unknown,
    /** Whether another attempt may succeed. */
    readonly isTemporary = false
  ) {
    super(message)
  }
}

/** An object that can be read. A class, as there may be many: see `FileInput`. */
class FoundObject {
  /** Its URL. */
  readonly name: string

  constructor(
    private readonly bucket: string,
    readonly stored: StoredObject,
    private readonly store: ObjectStore
  ) {
    this.name = `${SCHEME}${bucket}/${stored.key}`
  }

  open(): Readable & { bytesRead: number } {
    return new ObjectReader(this.bucket, this.stored, this.store)
  }
}

const SCHEME = 's3://'

export function isObjectUrl(name: string): boolean {
  return name.startsWith(SCHEME)
}

/**
 * The objects that a URL stands for, as a path does: the one with this key, and all whose keys continue it after a slash.
 * Empty objects that stand for folders are none.
 *
 * @returns each with the rest of its key
 * @throws ObjectError
 */
export async function listObjects(url: string, store: ObjectStore): Promise<{ object: FoundObject; rest: string }[]> {
  const [, bucket, key] = /^s3:\/\/([^/]*)\/?(.*)$/s.exec(url) ?? []
  if (!bucket) {
    throw new ObjectError('it names no bucket, such as s3://bucket/segment-logs', undefined)
  }
  const objects: StoredObject[] = []
  const folder = key === '' || key.endsWith('/') ? key : `${key}/`
  if (folder !== key) {
    for await (const page of store.list(bucket, key, 1)) {
      objects.push(...page.filter((object) => object.key === key))
    }
  }
  for await (const page of store.list(bucket, folder)) {
    objects.push(...page.filter((object) => !(object.key.endsWith('/') && object.size === 0)))
  }
  return objects.map((stored) => ({
    object: new FoundObject(bucket, stored, store),
    rest: stored.key === key ? '' : stored.key.slice(folder.length)
  }))
}

/** Bytes that are read ahead. */
const AHEAD = 256 * 1024

/** Reads on after the last byte if the connection breaks or stalls: what unpacks the bytes need not know. */
class ObjectReader extends Readable {
  bytesRead = 0
  private readonly chunks = this.readAll()
  private readonly cancelled = new AbortController()

  constructor(
    private readonly bucket: string,
    private readonly object: StoredObject,
    private readonly store: ObjectStore
  ) {
    super({ highWaterMark: AHEAD })
  }

  override _read(): void {
    this.chunks.next().then(
      ({ done, value }) => this.push(done ? null : value),
      (error: Error) => this.destroy(error)
    )
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.cancelled.abort()
    done(error)
  }

  private async *readAll(): AsyncGenerator<Buffer, undefined> {
    for (let failures = 0; this.bytesRead < this.object.size;) {
      const before = this.bytesRead
      try {
        yield* this.readOn()
      } catch (error) {
        // An attempt that got bytes is no failure.
        failures = this.bytesRead > before ? 0 : failures + 1
        const wait = failures === 0 ? 0 : nextWait(failures)
        if (wait === undefined || this.destroyed || (error instanceof ObjectError && !error.isTemporary)) {
          throw error instanceof ObjectError
            ? error
            : new ObjectError('the connection broke several times', error, true)
        }
        await sleep(wait, undefined, { signal: this.cancelled.signal })
      }
    }
  }

  private async *readOn(): AsyncGenerator<Buffer> {
    const { signal } = this.cancelled
    const body = await this.store.read(this.bucket, this.object, this.bytesRead, signal)
    for await (const chunk of addAbortSignal(signal, body) as AsyncIterable<Buffer>) {
      this.bytesRead += chunk.length
      yield chunk
    }
    if (this.bytesRead < this.object.size) {
      throw new Error('The body ends early.')
    }
  }
}
