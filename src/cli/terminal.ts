import type { Readable, Writable } from 'node:stream'

/** What a command reads from, prints to and answers with: the process itself, or a test's stand-in. */
export interface Terminal {
  stdin: Readable & { isTTY?: boolean }
  /** `columns`: the width of a terminal. */
  stdout: Writable & { columns?: number }
  stderr: Writable & { isTTY?: boolean }
  exitCode?: NodeJS.Process['exitCode']
  /** Resolves when the user wants the command to stop. */
  untilStopped: () => Promise<unknown>
}

/** The user asked for what cannot be done. Its message is all that they see; the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
