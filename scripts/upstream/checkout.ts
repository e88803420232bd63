import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { RefusedError } from './refused'

/** The destination's folder in a checkout of segmentio/action-destinations. */
export const FOLDER = 'packages/destination-actions/src/destinations/astrolabe'

/** What names the repository: its root, and its package of destinations. One is enough, a fork may rename the other. */
const NAMES = [
  ['package.json', 'action-destinations'],
  ['packages/destination-actions/package.json', '@segment/action-destinations']
]

/**
 * Replaces the destination's folder in a checkout, and touches nothing else. Files that were written before and belong
 * there no longer go: git has them.
 *
 * @param files contents by path inside the folder
 * @throws RefusedError, and writes nothing, where the directory is no checkout of that repository, or where the folder
 * holds anything that is neither committed nor just what is to be written
 */
export function replaceFolder(checkout: string, files: Map<string, Buffer>): void {
  assertIsCheckout(checkout)
  assertNothingIsLost(checkout, files)
  const folder = path.join(checkout, FOLDER)
  rmSync(folder, { recursive: true, force: true })
  for (const [file, content] of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), content)
  }
}

function assertIsCheckout(checkout: string): void {
  const destinations = path.join(checkout, path.dirname(FOLDER))
  if (!existsSync(checkout)) {
    throw new RefusedError(`There is no ${checkout}.`)
  }
  if (!NAMES.some(([file, name]) => readName(path.join(checkout, file)) === name) || !existsSync(destinations)) {
    throw new RefusedError(`${checkout} is not a checkout of segmentio/action-destinations.`)
  }
  const root = git(checkout, 'rev-parse', '--show-toplevel').trim()
  if (realpathSync(destinations) !== path.join(realpathSync(root), path.dirname(FOLDER))) {
    throw new RefusedError(`${checkout} is not the root of its git repository, ${root}, or a link leads out of it.`)
  }
}

/** Untracked and ignored files count as well: git has none of them. */
function assertNothingIsLost(checkout: string, files: Map<string, Buffer>): void {
  const status = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--ignored']
  const changed = git(checkout, ...status, '--', FOLDER)
    .split('\0')
    .filter(Boolean)
    .map((entry) => entry.slice('XY '.length))
  const lost = changed.find(
    (file) => !isAsWritten(path.join(checkout, file), files.get(path.posix.relative(FOLDER, file)))
  )
  if (lost) {
    throw new RefusedError(
      `${FOLDER} has changes that are not committed, such as ${path.posix.relative(FOLDER, lost)}. Commit them or take them back first.`
    )
  }
}

/** @param content what is to be written; undefined: the file is to be gone */
function isAsWritten(file: string, content: Buffer | undefined): boolean {
  const found = lstatSync(file, { throwIfNoEntry: false })
  return content ? Boolean(found?.isFile()) && readFileSync(file).equals(content) : !found
}

function readName(packageJson: string): unknown {
  try {
    return (JSON.parse(readFileSync(packageJson, 'utf8')) as { name?: unknown }).name
  } catch {
    return undefined
  }
}

/** What a git hook sets, and what would lead to another repository. */
const HOOK_VARIABLES = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY']

function git(checkout: string, ...args: string[]): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !HOOK_VARIABLES.includes(name)))
  try {
    // It writes nothing in the checkout, not even the index that `status` would refresh.
    return execFileSync('git', ['--no-optional-locks', '-C', checkout, ...args], {
      encoding: 'utf8',
      env,
      stdio: 'pipe',
      maxBuffer: Infinity
    })
  } catch (error) {
    const { code, stderr = '' } = error as { code?: string; stderr?: string }
    throw new RefusedError(
      code === 'ENOENT'
        ? 'This needs git, which was not found.'
        : `git cannot read ${checkout}: ${stderr.split('\n')[0]}`
    )
  }
}
