import { constants } from 'node:fs'
import { access, open, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import path from 'node:path'

/** A file can't be written. `cause` is the error of the file system. */
export class WriteError extends Error {
  override readonly name = 'WriteError'

  constructor(
    readonly file: string,
    override readonly cause: unknown
  ) {
    super(`Cannot write ${file}.`)
  }
}

/** Bytes that may wait for the disk before reading has to wait too. */
const MAX_BACKLOG = 4 * 1024 * 1024

const LINE_END = Buffer.from('\n')

/**
 * A file that grows line by line. It is created with its first line, readable by its owner only: events hold personal data.
 */
export class LineFile {
  private handle?: FileHandle
  private pending: Buffer[] = []
  private writing: Promise<void> = Promise.resolve()
  private error?: WriteError

  private constructor(
    readonly file: string,
    /** Bytes of everything added, on disk or not. */
    public length: number,
    private bytesWritten = length
  ) {}

  /** @throws WriteError if the file exists (`EEXIST`), as it may hold events that are not delivered yet, or can't be created */
  static async create(file: string): Promise<LineFile> {
    try {
      if (await exists(file)) {
        throw Object.assign(new Error(`${file} exists.`), { code: 'EEXIST' })
      }
      await access(path.dirname(file), constants.W_OK)
    } catch (error) {
      throw new WriteError(file, error)
    }
    return new LineFile(file, 0)
  }

  /**
   * Continues a file after so many bytes. What follows them is dropped: it is written again. If no line ends there, somebody
   * has changed the file, so it continues after all that it holds.
   */
  static async continue(file: string, bytes: number): Promise<LineFile> {
    const lines = new LineFile(file, 0)
    try {
      if (await exists(file)) {
        lines.handle = await open(file, 'r+')
        await lines.moveToEnd(lines.handle, bytes)
      }
    } catch (error) {
      throw new WriteError(file, error)
    }
    return lines
  }

  /** Adds a line. It is on disk after the next `flush`. */
  add(line: string | Buffer): void {
    const bytes = typeof line === 'string' ? Buffer.from(`${line}\n`) : Buffer.concat([line, LINE_END])
    this.length += bytes.length
    this.pending.push(bytes)
    if (this.pending.length === 1) {
      this.writing = this.writing.then(() => this.write()).catch((error: unknown) => this.fail(error))
    }
  }

  /** If much waits for the disk: resolves once that is written, or can't be. */
  get backlog(): Promise<void> | undefined {
    return this.length - this.bytesWritten > MAX_BACKLOG && !this.error ? this.writing : undefined
  }

  /**
   * Resolves once everything added is on disk.
   *
   * @throws WriteError
   */
  async flush(): Promise<void> {
    await this.writing
    await this.handle?.sync().catch((error: unknown) => this.fail(error))
    if (this.error) {
      throw this.error
    }
  }

  /** @throws WriteError */
  async close(): Promise<void> {
    try {
      await this.flush()
    } finally {
      await this.handle?.close()
    }
  }

  private async moveToEnd(handle: FileHandle, bytes: number): Promise<void> {
    if (await endsLine(handle, bytes)) {
      await handle.truncate(bytes)
    }
    const { size } = await handle.stat()
    this.length = this.bytesWritten = size
    if (!(await endsLine(handle, size))) {
      this.add('')
    }
  }

  private async write(): Promise<void> {
    const bytes = Buffer.concat(this.pending.splice(0))
    this.handle ??= await open(this.file, 'wx', 0o600)
    for (let start = 0; start < bytes.length;) {
      const { bytesWritten } = await this.handle.write(bytes, start, bytes.length - start, this.bytesWritten)
      start += bytesWritten
      this.bytesWritten += bytesWritten
    }
  }

  private fail(error: unknown): void {
    this.error ??= new WriteError(this.file, error)
  }
}

/** Whether a line ends after so many bytes of the file, or nothing comes before. */
async function endsLine(handle: FileHandle, bytes: number): Promise<boolean> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, Math.max(0, bytes - 1))
  return bytes === 0 || (bytesRead === 1 && buffer.equals(LINE_END))
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') {
        return false
      }
      throw error
    }
  )
}
