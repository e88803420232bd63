import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import type { InputIdentity } from './input-identity'
import { InputError } from './inputs/find-inputs'
import { LineFile, WriteError } from './line-file'

/** What a checkpoint says about the list. */
export interface InputListState {
  /** Bytes of the file that count, and their checksum. */
  bytes: number
  checksum: number
  /** What was read of the input that is being read. */
  reading?: { input: number } & NonNullable<InputIdentity['read']>
}

/** Lines that are made at once. */
const LINES = 1000

/**
 * The inputs of a run and what was read of them, in a file that grows: a history may have 100,000 inputs, too many to be
 * written with each checkpoint. A line is an input, or what has changed of the input with this index.
 */
export class InputList {
  private input = -1
  private bytes = 0
  private hash: Hash = createHash('sha256')

  private constructor(
    private readonly file: LineFile,
    private readonly inputs: InputIdentity[],
    private checksum: number
  ) {}

  /** @throws WriteError */
  static async create(file: string, inputs: InputIdentity[]): Promise<InputList> {
    // Of a run that crashed before its first checkpoint.
    await rm(file, { force: true }).catch((error: unknown) => {
      throw new WriteError(file, error)
    })
    const list = new InputList(await LineFile.create(file), inputs, 0)
    for (let start = 0; start < inputs.length; start += LINES) {
      list.write(inputs.slice(start, start + LINES))
      await list.file.backlog
    }
    return list
  }

  /**
   * @param state of the earlier run, and its inputs as `read` gives them
   * @param now the same inputs. Their times may have changed.
   * @throws WriteError
   */
  static async continue(
    file: string,
    { bytes, checksum, reading }: InputListState,
    before: InputIdentity[],
    now: InputIdentity[]
  ): Promise<InputList> {
    const inputs = now.map((identity, index) => ({ ...identity, read: before[index].read }))
    const list = new InputList(await LineFile.continue(file, bytes), inputs, checksum)
    now.forEach(({ modified, changed }, input) => {
      // They were compared, and need not be again.
      if (modified !== before[input].modified || changed !== before[input].changed) {
        list.write([{ input, modified, changed }])
      }
    })
    if (reading) {
      list.write([{ input: reading.input, read: before[reading.input].read }])
    }
    return list
  }

  /**
   * @returns the inputs of the earlier run; undefined if the file is missing, or not the one that the state is of
   * @throws InputError if the file can't be read
   */
  static async read(file: string, { bytes, checksum, reading }: InputListState): Promise<InputIdentity[] | undefined> {
    const content = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') {
        return Buffer.alloc(0)
      }
      throw new InputError(file, error)
    })
    const counted = content.subarray(0, bytes)
    if (counted.length < bytes || crc32(counted) !== checksum) {
      return undefined
    }
    const inputs: InputIdentity[] = []
    for (const line of counted.toString().split('\n').filter(Boolean)) {
      // The cast: the checksum tells that these lines were written below.
      const { input = inputs.length, ...fields } = JSON.parse(line) as InputIdentity & { input?: number }
      inputs[input] = { ...inputs[input], ...fields }
    }
    if (reading && inputs[reading.input]) {
      inputs[reading.input].read = { bytes: reading.bytes, hash: reading.hash }
    }
    return inputs
  }

  get state(): InputListState {
    const read = this.readNow()
    return { bytes: this.file.length, checksum: this.checksum, reading: read && { input: this.input, ...read } }
  }

  /** @param input the index of the input that these bytes come next from */
  add(input: number, bytes: Buffer): void {
    if (input !== this.input) {
      this.finish()
      this.input = input
      this.bytes = 0
      this.hash = createHash('sha256')
    }
    // An ETag says more about an object than its bytes so far.
    if (this.inputs.at(input)?.etag === undefined) {
      this.bytes += bytes.length
      this.hash.update(bytes)
    }
  }

  /** @throws WriteError */
  async flush(): Promise<void> {
    await this.file.flush()
  }

  /** @throws WriteError */
  async close(): Promise<void> {
    await this.file.close()
  }

  private finish(): void {
    const read = this.readNow()
    if (read) {
      this.write([{ input: this.input, read }])
    }
  }

  /** An earlier run may have read more. */
  private readNow(): InputIdentity['read'] {
    const identity = this.input < 0 ? undefined : this.inputs.at(this.input)
    return identity && this.bytes > (identity.read?.bytes ?? 0)
      ? { bytes: this.bytes, hash: this.hash.copy().digest('hex') }
      : undefined
  }

  private write(lines: object[]): void {
    const text = lines.map((line) => JSON.stringify(line)).join('\n')
    this.file.add(text)
    this.checksum = crc32(`${text}\n`, this.checksum)
  }
}
