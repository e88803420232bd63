import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, rmSync } from 'node:fs'
import path from 'node:path'

/** The destination's folder in a checkout of segmentio/action-destinations. */
export const FOLDER = 'packages/destination-actions/src/destinations/astrolabe'

const DESTINATION = path.join(__dirname, '../../src/destinations/astrolabe')

/**
 * Replaces the destination's folder in a checkout, and touches nothing else.
 *
 * @throws and writes nothing if the directory is not a checkout of that repository, or has uncommitted changes
 */
export function replaceFolder(checkout: string): void {
  const isCheckout = ['.git', path.dirname(FOLDER)].every((name) => existsSync(path.join(checkout, name)))
  if (!isCheckout) {
    throw new Error(`${checkout} is not a checkout of segmentio/action-destinations.`)
  }
  const change = firstChange(checkout)
  if (change) {
    throw new Error(`${checkout} has uncommitted changes, such as ${change}. Commit, stash or remove them first.`)
  }
  try {
    rmSync(path.join(checkout, FOLDER), { recursive: true, force: true })
    cpSync(DESTINATION, path.join(checkout, FOLDER), { recursive: true })
  } catch (error) {
    throw new Error(`${(error as Error).message}. To undo the rest, run: ${undoIn(checkout)}`, { cause: error })
  }
}

/** The command that undoes `replaceFolder`: before it, nothing was uncommitted. */
export function undoIn(checkout: string): string {
  return `git -C "${checkout}" add --all && git -C "${checkout}" reset --hard`
}

/** The first uncommitted file. Ignored files in the folder count too: git has no copy of them. */
function firstChange(checkout: string): string | undefined {
  const args = ['-C', checkout, 'status', '--porcelain', '--untracked-files=all', '--ignored=matching']
  const { status, stdout, stderr, error } = spawnSync('git', args, { encoding: 'utf8', maxBuffer: Infinity })
  if (status !== 0) {
    throw new Error(`git can't read ${checkout}: ${error?.message ?? stderr.split('\n')[0]}`)
  }
  const counts = (line: string) => !line.startsWith('!! ') || line.startsWith(`!! ${FOLDER}/`)
  return stdout.split('\n').find(counts)?.slice('XY '.length)
}
