import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { CATALOG_ID } from '../../src/catalog'
import { devDependencies } from '../../test/upstream/package.json'

export const TITLE = 'Add the destination Astrolabe'

const TEMPLATE = '.github/PULL_REQUEST_TEMPLATE.md'

/** Tasks of a template's checklists that are done, by words in them. */
const DONE =
  /unit tests|\*\*(Test|Deployment|Verification|Rollback) Plan\*\*|\*\*Risk Mitigation\*\*|Reviewed all field definitions|\*\*not\*\* gated|Extracted all action API versions/

/** Packages whose versions a checkout names, in one of these files. */
const PACKAGES = ['typescript', 'jest', 'ts-jest', 'nock', 'prettier']
const MANIFESTS = ['package.json', 'packages/destination-actions/package.json']

/**
 * The text for the pull request: the headings and tasks of the checkout's own template, filled in from pull-request.md.
 *
 * @param files contents by path inside the destination's folder
 */
export function pullRequest(checkout: string, files: Map<string, Buffer>): string {
  const ours = sections(fillIn(readFileSync(path.join(__dirname, 'pull-request.md'), 'utf8'), facts(checkout, files)))
  const template = sections(withoutPrompts(readIfThere(path.join(checkout, TEMPLATE))))
  const titles = [...template.keys()].map(titleOf)
  const parts = [...template].map(([heading, tasks]) => {
    const title = titleOf(heading)
    // An older template has one heading for all that was tested.
    const tests = title === 'Testing' && !titles.includes('Test Plan') ? ours.get('## Test Plan') : undefined
    return [heading, tests, ours.get(`## ${title}`), tick(tasks)].filter(Boolean).join('\n\n')
  })
  return `${[ours.get(''), ...parts].filter(Boolean).join('\n\n')}\n`
}

/** Texts by their heading line. The text before the first heading has none. */
function sections(markdown: string): Map<string, string> {
  const [first, ...others] = markdown.split(/^(?=#{1,6} )/m)
  const rest = others.map((section) => {
    const [heading, ...lines] = section.split('\n')
    return [heading.trim(), lines.join('\n').trim()] as const
  })
  return new Map([['', first.trim()], ...rest])
}

function titleOf(heading: string): string {
  return heading.replace(/^#+ /, '')
}

/** Without the comments and the paragraphs in italics, which tell what to write. */
function withoutPrompts(template: string): string {
  return template.replace(/<!--[^]*?-->/g, '').replace(/^_[^]*?_$/gm, '')
}

function tick(tasks: string): string {
  return tasks.replace(/^- \[ \] (.*)$/gm, (task, text: string) => (DONE.test(text) ? `- [x] ${text}` : task))
}

function facts(checkout: string, files: Map<string, Buffer>): Record<string, string> {
  const cases = ['identify', 'group', 'track'].flatMap(
    (action) => JSON.parse(String(files.get(`__tests__/fixtures/${action}.json`))) as unknown[]
  )
  return { ...devDependencies, id: CATALOG_ID, cases: String(cases.length), checkout: versionsIn(checkout) }
}

/** The framework is a package of the checkout itself. */
function versionsIn(checkout: string): string {
  const { version } = readManifest(path.join(checkout, 'packages/core/package.json'))
  const manifests = MANIFESTS.map((file) => readManifest(path.join(checkout, file)))
  const declared = Object.assign({}, ...manifests.flatMap((m) => [m.dependencies, m.devDependencies])) as Versions
  const versions = PACKAGES.flatMap((name) => (declared[name] ? [`${name} ${declared[name]}`] : []))
  return [...(version ? [`\`@segment/actions-core\` ${version}`] : []), ...versions].join(', ') || 'no versions'
}

type Versions = Record<string, string>

interface Manifest {
  version?: string
  dependencies?: Versions
  devDependencies?: Versions
}

function readManifest(file: string): Manifest {
  return JSON.parse(readIfThere(file) || '{}') as Manifest
}

function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

function fillIn(text: string, values: Record<string, string>): string {
  return text.replace(/\{\{(.+?)\}\}/g, (_all, name: string) => {
    if (values[name] === undefined) {
      throw new Error(`pull-request.md asks for ${name}, which is not known.`)
    }
    return values[name]
  })
}
