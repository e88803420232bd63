import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** The destinations' package inside the stand-in. */
export const PACKAGE = 'packages/destination-actions'

/**
 * Creates a small stand-in of segmentio/action-destinations in a new folder: a git checkout of `tree`, with upstream's
 * settings, and everything committed.
 *
 * @returns its absolute path. The caller removes it.
 */
export function createStandIn(): string {
  const standIn = realpathSync(mkdtempSync(path.join(tmpdir(), 'action-destinations-')))
  cpSync(path.join(__dirname, 'tree'), standIn, { recursive: true })
  // Without the samples of hooks, which every copy would bring along.
  git(standIn, 'init', '--quiet', '--template=')
  commitAll(standIn)
  return standIn
}

/** Gives it upstream's versions of everything, which `npm ci` has put beside this file. */
export function install(standIn: string): void {
  symlinkSync(path.join(__dirname, 'node_modules'), path.join(standIn, 'node_modules'))
}

export function commitAll(standIn: string): void {
  git(standIn, 'add', '--all')
  const author = ['-c', 'user.name=Stand-in', '-c', 'user.email=stand-in@example.com', '-c', 'commit.gpgsign=false']
  git(standIn, ...author, 'commit', '--quiet', '--no-verify', '--message', 'Everything so far')
}

/** What `git status` says of each file that is not committed. */
export function uncommitted(standIn: string): string[] {
  return git(standIn, 'status', '--porcelain', '--untracked-files=all').split('\n').filter(Boolean)
}

export function git(standIn: string, ...args: string[]): string {
  return execFileSync('git', ['-C', standIn, ...args], { encoding: 'utf8', stdio: 'pipe' })
}
