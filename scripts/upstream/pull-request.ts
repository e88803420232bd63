import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { CATALOG_ID } from '../../src/catalog'
import group from '../../src/destinations/astrolabe/__tests__/fixtures/group.json'
import identify from '../../src/destinations/astrolabe/__tests__/fixtures/identify.json'
import track from '../../src/destinations/astrolabe/__tests__/fixtures/track.json'
import { devDependencies } from '../../test/upstream/package.json'

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
