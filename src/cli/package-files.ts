import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** The package's root, seen from both `src/cli` and the bundle in `dist/cli`. */
const ROOT = path.join(__dirname, '../..')

/** As a path from here, so that it can be printed in a command. */
export const EXAMPLE_EVENTS = path.relative('', path.join(ROOT, 'examples/events.ndjson'))

export const CONSOLE_PAGES = path.join(ROOT, 'dist/console/pages')

/** The standalone build of analytics.js: from the package, or from its dependencies during development. */
export function analyticsJsFolder(): string | undefined {
  const folders = ['dist/analytics-next', 'node_modules/@segment/analytics-next/dist/umd']
  return folders.map((folder) => path.join(ROOT, folder)).find((folder) => existsSync(folder))
}

export function packageJson(): { version: string; engines: { node: string } } {
  // The cast: the file is our own.
  return JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as ReturnType<typeof packageJson>
}
