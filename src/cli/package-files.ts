import { readFileSync } from 'node:fs'
import path from 'node:path'

/** The package's root, seen from `src/cli` and from the bundle in `dist/cli`: the only file that depends on its place. */
const ROOT = path.join(__dirname, '../..')

export const EXAMPLE_EVENTS = path.join(ROOT, 'examples/events.ndjson')

export function packageVersion(): string {
  // The cast: npm publishes no package without a version.
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string }
  return version
}
