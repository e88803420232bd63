import { existsSync, readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { git, RejectedError } from './git'
import { isPartOfWrite, isWritten, writeFolder } from './write-folder'

/** The destination's folder in a checkout of segmentio/action-destinations. */
export const FOLDER = 'packages/destination-actions/src/destinations/astrolabe'

/** Names of the repository: its root, and its package of destinations. One is enough: a fork may rename the other. */
const NAMES = [
  ['package.json', 'action-destinations'],
  ['packages/destination-actions/package.json', '@segment/action-destinations']
]

/**
 * Replaces the destination's folder in a checkout, and touches nothing else. It can be repeated after an interruption.
 *
 * @param files contents by path inside the folder
 * @throws RejectedError, and writes nothing, if the directory is not a checkout of that repository, or if the folder
 * has changes that are neither committed nor part of what this function writes
 */
export function replaceFolder(checkout: string, files: Map<string, Buffer>): void {
  assertIsCheckout(checkout)
  assertNothingIsHidden(checkout)
  assertNothingIsLost(checkout, files)
  writeFolder(path.join(checkout, FOLDER), files)
}

function assertIsCheckout(checkout: string): void {
  const destinations = path.join(checkout, path.dirname(FOLDER))
  if (!existsSync(checkout)) {
    throw new RejectedError(`${checkout} does not exist.`)
  }
  if (!NAMES.some(([file, name]) => readName(path.join(checkout, file)) === name) || !existsSync(destinations)) {
    throw new RejectedError(`${checkout} is not a checkout of segmentio/action-destinations.`)
  }
  const root = git(checkout, 'rev-parse', '--show-toplevel').trim()
  if (realpathSync(destinations) !== path.join(realpathSync(root), path.dirname(FOLDER))) {
    throw new RejectedError(`${checkout} is not the root of its git repository, ${root}, or a link leads out of it.`)
  }
}

/** `git status` reports no change of a file that is flagged as unchanged (lower case) or as not checked out (S). */
function assertNothingIsHidden(checkout: string): void {
  const hidden = git(checkout, 'ls-files', '-v', '-z', '--', FOLDER)
    .split('\0')
    .find((entry) => /^[a-zS] /.test(entry))
  if (hidden) {
    const file = hidden.slice('h '.length)
    throw new RejectedError(
      `git hides changes of ${file} (assume-unchanged or skip-worktree). Run: git update-index --no-assume-unchanged --no-skip-worktree ${file}`
    )
  }
}

/** Untracked and ignored files count too: git has no copy of them. */
function assertNothingIsLost(checkout: string, files: Map<string, Buffer>): void {
  const status = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--ignored']
  const changed = git(checkout, ...status, '--', FOLDER)
    .split('\0')
    .filter(Boolean)
    .map((entry) => entry.slice('XY '.length))
  const lost = changed.find((file) => {
    const inside = path.posix.relative(FOLDER, file)
    return !isWritten(path.join(checkout, file), files.get(inside)) && !isPartOfWrite(path.join(checkout, file), files)
  })
  if (lost) {
    throw new RejectedError(
      `${FOLDER} has changes that are not committed, such as ${path.posix.relative(FOLDER, lost)}. Commit or revert them first.`
    )
  }
}

function readName(packageJson: string): unknown {
  try {
    return (JSON.parse(readFileSync(packageJson, 'utf8')) as { name?: unknown }).name
  } catch {
    return undefined
  }
}
