import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import type { Terminal } from '../terminal'

/** Whether there is somebody at a terminal, both to read a question and to answer it. */
export function canAsk({ stdin, stderr }: Terminal): boolean {
  return stdin.isTTY === true && stderr.isTTY === true
}

/** Asks, on standard error, whether to go on. Only a yes is one: neither an empty line, nor Ctrl+D or Ctrl+C. */
export async function askToGoOn({ stdin, stderr }: Terminal, signal: AbortSignal): Promise<boolean> {
  // Not readline's own terminal mode, which would take Ctrl+C for itself.
  const lines = createInterface({ input: stdin, output: stderr, terminal: false })
  const closed = once(lines, 'close').then(() => '')
  try {
    const answer = await Promise.race([lines.question('Go on? (y/N) ', { signal }), closed])
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
