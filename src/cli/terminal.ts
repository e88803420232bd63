import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { Output } from './output'

/** The streams and exit code of a command: those of the process, or a test's. */
export interface Streams {
  stdin: Readable & { isTTY?: boolean }
  /** `columns`: the width of a terminal. */
  stdout: Writable & { isTTY?: boolean; columns?: number }
  stderr: Writable & { isTTY?: boolean; columns?: number }
  exitCode?: NodeJS.Process['exitCode']
  /** Resolves the next time that the user wants the command to stop. */
  untilStopped: () => Promise<unknown>
  /** Ends the process at once. */
  exit: (exitCode: number) => void
}

/** What subcommands see of the streams: what they write is filtered. */
export interface Terminal extends Omit<Streams, 'stdout' | 'stderr'> {
  readonly stdout: Output
  readonly stderr: Output
}

export function terminalOf(streams: Streams): Terminal {
  return {
    // Only when it is needed: see `terminalOfThread`.
    get stdin() {
      return streams.stdin
    },
    stdout: new Output(streams.stdout),
    stderr: new Output(streams.stderr),
    untilStopped: () => streams.untilStopped(),
    exit: (exitCode) => streams.exit(exitCode)
  }
}

/** Columns of a terminal; 80 if unknown. */
export function columnsOf({ columns }: Pick<Output, 'columns'>): number {
  return columns ?? 80
}

/** The exit code after an error that nobody expects: EX_SOFTWARE of `sysexits.h`, and no code of a command. */
export const CRASHED = 70

/** A command can't go on. The user sees only the message. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError'

  constructor(
    message: string,
    readonly exitCode: number,
    options?: ErrorOptions
  ) {
    super(message, options)
  }
}

/** A mistake of the user. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError'

  constructor(message: string, options?: ErrorOptions) {
    super(message, 2, options)
  }
}

/** For `catch`: an input can't be read. */
export function cannotRead(input: string) {
  return (error: unknown): never => {
    throw new UsageError(`Cannot read ${input}: ${describeSystemError(error)}.`, { cause: error })
  }
}

/** For `catch`: a file can't be written. */
export function cannotWrite(file: string) {
  return (error: unknown): never => {
    throw new UsageError(`Cannot write ${file}: ${describeSystemError(error)}.`, { cause: error })
  }
}

/** @throws UsageError if a file can't be written: better before the work than after it */
export async function assertWritable(file: string): Promise<void> {
  await access(path.dirname(file), constants.W_OK).catch(cannotWrite(file))
  const isFolder = await stat(file).then(
    (stats) => stats.isDirectory(),
    () => false
  )
  if (isFolder) {
    cannotWrite(file)({ code: 'EISDIR' })
  }
}

const SYSTEM_ERRORS: Record<string, string> = {
  EACCES: 'permission denied',
  EDQUOT: 'disk quota exceeded',
  EEXIST: 'it already exists',
  EIO: 'input/output error',
  EISDIR: 'it is a folder',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no such file or folder',
  ENOSPC: 'no space left on the disk',
  ENOTDIR: 'a part of its path is not a folder',
  EPERM: 'operation not permitted',
  EROFS: 'the disk is read-only',
  ESTALE: 'the network file system has lost the file'
}

/** An error of the file system in words, without a full stop. */
export function describeSystemError(error: unknown): string {
  // The cast: only strings are read.
  const { code = '', message } = Object(error) as Partial<NodeJS.ErrnoException>
  return SYSTEM_ERRORS[code] ?? message ?? String(error)
}
