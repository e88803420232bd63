import { randomUUID } from 'node:crypto'
import { readFile, readlink, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { CheckpointInUseError } from './checkpoint'
import type { Clock } from './clock'
import { WriteError } from './line-file'
import { lockOf } from './output-files'

/** Milliseconds without a sign of life after which a process that can't be looked up counts as dead. A run gives one each second. */
const SILENCE = 10_000

/** The process that holds a lock. */
interface Holder {
  pid: number
  host: string
  /** The host, its last start and its process IDs: in a container, the same ID is another process. */
  machine: string
  /** When the process started, as the kernel counts. Undefined where there is no /proc. */
  startedAt?: string
  /** Tells two locks of one process apart. */
  id: string
}

/**
 * Keeps two runs from using one checkpoint. A file beside it names the process that holds it. A crash leaves the file
 * behind, so the next run checks whether that process still runs.
 */
export class CheckpointLock {
  private constructor(
    private readonly checkpoint: string,
    private readonly text: string
  ) {}

  /**
   * @param onWait called with the host of a process that can't be looked up from here, before its sign of life is awaited
   * @throws CheckpointInUseError if another process uses the checkpoint
   * @throws WriteError
   */
  static async acquire(checkpoint: string, clock: Clock, onWait: (host: string) => void): Promise<CheckpointLock> {
    const holder: Holder = { pid: process.pid, host: hostname(), ...(await identifyProcess()), id: randomUUID() }
    const lock = new CheckpointLock(checkpoint, JSON.stringify(holder))
    while (!(await lock.create())) {
      const text = await lock.read()
      const other = parse(text)
      if (await isAlive(other, holder.machine, () => lock.showsLife(clock, () => onWait(other?.host ?? 'unknown')))) {
        throw new CheckpointInUseError(
          `The checkpoint ${checkpoint} is in use by ${describe(other)}. Wait until that run ends, or name another file.`
        )
      }
      // Unless another run was faster.
      if (text === (await lock.read())) {
        await rm(lock.file, { force: true })
      }
    }
    return lock
  }

  /**
   * Gives a sign of life.
   *
   * @throws CheckpointInUseError if another process took the checkpoint over, because this one was silent for too long
   * @throws WriteError
   */
  async refresh(): Promise<void> {
    const text = await this.read()
    if (text !== this.text && !(text === '' && (await this.create()))) {
      throw new CheckpointInUseError(`${describe(parse(text))} has taken over the checkpoint ${this.checkpoint}.`)
    }
    const now = new Date()
    await utimes(this.file, now, now).catch((error: unknown) => this.fail(error))
  }

  async release(): Promise<void> {
    if ((await this.read()) === this.text) {
      await rm(this.file, { force: true })
    }
  }

  private get file(): string {
    return lockOf(this.checkpoint)
  }

  /** @returns whether there was no lock before */
  private async create(): Promise<boolean> {
    return writeFile(this.file, this.text, { flag: 'wx', mode: 0o600 }).then(
      () => true,
      (error: NodeJS.ErrnoException) => (error.code === 'EEXIST' ? false : this.fail(error))
    )
  }

  /** Empty if there is no lock. */
  private async read(): Promise<string> {
    return readFile(this.file, 'utf8').catch(() => '')
  }

  private async showsLife(clock: Clock, onWait: () => void): Promise<boolean> {
    const lastSign = async () =>
      stat(this.file).then(
        ({ mtimeMs }) => mtimeMs,
        () => undefined
      )
    const before = await lastSign()
    onWait()
    await new Promise<void>((resolve) => clock.after(SILENCE, resolve))
    return (await lastSign()) !== before
  }

  private fail(error: unknown): never {
    throw new WriteError(this.checkpoint, error)
  }
}

/** @param showsLife decides if the process can't be looked up: it runs elsewhere, or its ID may be another process's by now */
async function isAlive(
  holder: Holder | undefined,
  machine: string,
  showsLife: () => Promise<boolean>
): Promise<boolean> {
  if (holder?.machine !== machine) {
    return showsLife()
  }
  if (holder.startedAt !== undefined) {
    return (await startOf(holder.pid)) === holder.startedAt
  }
  return exists(holder.pid) && (await showsLife())
}

async function identifyProcess(): Promise<Pick<Holder, 'machine' | 'startedAt'>> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  const processIds = await readlink('/proc/self/ns/pid').catch(() => '')
  return { machine: [hostname(), boot.trim(), processIds].join(' '), startedAt: await startOf(process.pid) }
}

/** The 22nd field of the process's status (man 5 proc). The second one is a name in brackets, which may hold blanks. */
async function startOf(pid: number): Promise<string | undefined> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return status.slice(status.lastIndexOf(')') + 2).split(' ')[19]
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** @returns undefined if the process crashed before it wrote this */
function parse(text: string): Holder | undefined {
  try {
    const value = JSON.parse(text) as Partial<Holder> | null
    return Number.isInteger(value?.pid) && typeof value?.host === 'string' ? (value as Holder) : undefined
  } catch {
    return undefined
  }
}

function describe(holder: Holder | undefined): string {
  return holder ? `process ${holder.pid} on ${holder.host}` : 'another process'
}
