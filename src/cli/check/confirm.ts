import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Terminal } from '../terminal'

/** Whether a person at a terminal can read a question and answer it. */
export function canConfirm({ stdin, stderr }: Terminal): boolean {
  return stdin.isTTY === true && stderr.isTTY === true
}

/** Asks on standard error. Only y or yes confirms: an empty line, Ctrl+D and Ctrl+C do not. */
export async function confirm({ stdin, stderr }: Terminal, signal: AbortSignal): Promise<boolean> {
  // readline's terminal mode would catch Ctrl+C.
  const lines = createInterface({ input: stdin, terminal: false })
  const closed = once(lines, 'close').then(() => [''])
  stderr.write('Continue? (y/N) ')
  try {
    const [answer] = (await Promise.race([once(lines, 'line', { signal }), closed])) as [string]
    return /^y(es)?$/i.test(answer.trim())
  } catch (error) {
    if (signal.aborted) {
      return false
    }
    throw error
  } finally {
    lines.close()
  }
}
