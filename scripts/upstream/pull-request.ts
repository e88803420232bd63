import { readFileSync } from 'node:fs'
import path from 'node:path'
import { CATALOG_ID } from '../../src/catalog'
import { devDependencies } from '../../test/upstream/package.json'

export const TITLE = 'Add the destination Astrolabe'

/**
 * The text for the pull request, after `.github/PULL_REQUEST_TEMPLATE.md` of segmentio/action-destinations.
 *
 * @param files paths of what is exported, inside the destination's folder
 */
export function pullRequest(files: Iterable<string>): string {
  const fixtures = [...files].filter((file) => file.startsWith('__tests__/fixtures/'))
  const facts: Record<string, string> = { ...devDependencies, id: CATALOG_ID, fixtures: String(fixtures.length) }
  return readFileSync(path.join(__dirname, 'pull-request.md'), 'utf8').replace(
    /\{\{(.+?)\}\}/g,
    (_all, name: string) => {
      if (facts[name] === undefined) {
        throw new Error(`pull-request.md asks for ${name}, which nobody knows.`)
      }
      return facts[name]
    }
  )
}
