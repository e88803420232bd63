import { execFileSync } from 'node:child_process'

/** Nothing was written, and the message says why. */
export class RejectedError extends Error {
  override readonly name = 'RejectedError'
}

/** Variables that a git hook sets, and that would lead to another repository. */
const HOOK_VARIABLES = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY']

/**
 * Runs git in a checkout. It writes nothing there, not even the index that `status` would refresh.
 *
 * @throws RejectedError if git is missing, or can't read the checkout
 */
export function git(checkout: string, ...args: string[]): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !HOOK_VARIABLES.includes(name)))
  try {
    return execFileSync('git', ['--no-optional-locks', '-C', checkout, ...args], {
      encoding: 'utf8',
      env,
      stdio: 'pipe',
      maxBuffer: Infinity
    })
  } catch (error) {
    const { code, stderr = '' } = error as { code?: string; stderr?: string }
    throw new RejectedError(
      code === 'ENOENT'
        ? 'git was not found. Install it first.'
        : `git can't read ${checkout}: ${stderr.split('\n')[0]}`,
      { cause: error }
    )
  }
}
