import { existsSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import path from 'node:path'
import type { Options } from 'prettier'
import * as estree from 'prettier/plugins/estree'
import * as typescript from 'prettier/plugins/typescript'
import { format } from 'prettier/standalone'
import ts from 'typescript'
import { prettier } from '../../package.json'
import { RefusedError } from './refused'
import { isRelative, rewritePaths } from './rewrite-paths'

/** Packages that the monorepo's package of destinations declares, so that its tests may import them. */
const UPSTREAM_HAS = ['@segment/actions-core', 'nock']

/** Packages that it does not, so that a test that needs one stays here. */
const UPSTREAM_LACKS = ['@segment/destination-subscriptions', 'fast-check']

/** Upstream's generator of random data: as Segment publishes it, and where it lies as seen from a test over there. */
const TEST_DATA = '@segment/action-destinations/dist/lib/test-data'
const TEST_DATA_UPSTREAM = '../../../lib/test-data'

/** A test as it stands in `__tests__`, or why it stays here. */
export type ExportedTest = { code: string } | { leftOut: string }

/**
 * Rewrites one of this project's tests for `__tests__`, in the form that prettier gives it there.
 *
 * @param file the test's absolute path
 * @param places what lies where over there: paths as seen from a test, by the absolute paths of folders here
 * @throws RefusedError where it would not run there: it imports a package of which nothing is known, or a file that stays
 */
export async function exportTest(file: string, places: Map<string, string>): Promise<ExportedTest> {
  const name = path.basename(file)
  if (!name.endsWith('.test.ts')) {
    throw new RefusedError(`${name} is no test, but Segment's jest takes every module in __tests__ for one.`)
  }
  const code = readFileSync(file, 'utf8')
  const packages = packagesIn(code)
  const missing = packages.find((specifier) => UPSTREAM_LACKS.includes(specifier))
  if (missing) {
    return { leftOut: `it needs ${missing}, which Segment's package of destinations does not declare` }
  }
  const unknown = packages.find((specifier) => !UPSTREAM_HAS.includes(specifier))
  if (unknown) {
    throw new RefusedError(
      `${name} imports ${unknown}. Say in scripts/upstream whether Segment's package of destinations has it.`
    )
  }
  const rewritten = rewritePaths(code, (text) => {
    if (text === TEST_DATA) {
      return TEST_DATA_UPSTREAM
    }
    return isRelative(text)
      ? newPlace(path.resolve(path.dirname(file), text), places, `${name} refers to ${text}`)
      : text
  })
  return { code: await format(rewritten, STYLE) }
}

/** package.json's own settings, which are upstream's. With its parsers at hand, prettier need not look for them. */
const STYLE: Options = {
  ...prettier,
  trailingComma: 'none',
  parser: 'typescript',
  plugins: [typescript, estree]
}

/** The packages that a test needs: Node has its own modules, and the generator of random data is a file over there. */
function packagesIn(code: string): string[] {
  return ts
    .preProcessFile(code, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((specifier) => !isRelative(specifier) && !isBuiltin(specifier) && specifier !== TEST_DATA)
}

function newPlace(target: string, places: Map<string, string>, what: string): string {
  const module = existsSync(path.join(target, 'index.ts')) ? path.join(target, 'index') : target
  for (const [folder, place] of places) {
    const inside = path.relative(folder, module)
    if (!isRelative(inside)) {
      return [place, ...inside.split(path.sep).filter(Boolean)].join('/')
    }
  }
  throw new RefusedError(`${what}, which does not go to Segment's monorepo.`)
}
