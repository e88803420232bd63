import path from 'node:path'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, rmSync, readFileSync } from 'node:fs'
import group from '../../src/destinations/astrolabe/__tests__/fixtures/group.json'
import identify from '../../src/destinations/astrolabe/__tests__/fixtures/identify.json'
import track from '../../src/destinations/astrolabe/__tests__/fixtures/track.json'
import { CATALOG_ID } from '../../src/catalog'
import { devDependencies } from '../../test/upstream/package.json'

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

const CASES = identify.length + group.length + track.length
const VALUES: Record<string, string> = { ...devDependencies, id: CATALOG_ID, cases: String(CASES) }

/** Tasks of the template's checklists that are done, by words in them. */
const DONE =
  /unit tests|\*\*(Test|Deployment|Verification|Rollback) Plan\*\*|\*\*Risk Mitigation\*\*|Reviewed all field definitions|\*\*not\*\* gated|Extracted all action API versions/

/** The text of `pull-request.md`, with the headings and tasks of the checkout's own template. */
export function pullRequest(checkout: string): string {
  const ours = sections(path.join(__dirname, 'pull-request.md'))
  const theirs = sections(path.join(checkout, '.github/PULL_REQUEST_TEMPLATE.md'))
  const parts = [...new Map([...theirs, ...ours]).keys()].flatMap((title) => {
    const { heading, text } = theirs.get(title) ?? { heading: ours.get(title)?.heading, text: '' }
    return [heading, ours.get(title)?.text, text]
  })
  const tick = (task: string) => (DONE.test(task) ? task.replace('[ ]', '[x]') : task)
  return parts
    .filter(Boolean)
    .join('\n\n')
    .replace(/^- \[ \] .*$/gm, tick)
}

/** Headings and texts by title. The text before the first heading has none. */
function sections(file: string): Map<string, { heading: string; text: string }> {
  const markdown = existsSync(file) ? readFileSync(file, 'utf8') : ''
  // In a template, comments and paragraphs in italics tell what to write.
  const written = markdown.replace(/<!--[^]*?-->|^_[^]*?_$/gm, '')
  const filled = written.replace(/\{\{(.+?)\}\}/g, (_all, name: string) => VALUES[name])
  return new Map(
    filled.split(/^(?=#+ )/m).map((section) => {
      const [heading = ''] = /^#+ .*/.exec(section) ?? []
      return [heading.replace(/^#+ /, ''), { heading, text: section.slice(heading.length).trim() }]
    })
  )
}
