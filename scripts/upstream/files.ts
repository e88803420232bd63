import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { RefusedError } from './refused'
import { exportTest } from './test-files'

const PROJECT = path.join(__dirname, '../..')
const DESTINATION = path.join(PROJECT, 'src/destinations/astrolabe')
const TESTS = path.join(PROJECT, 'test/destinations/astrolabe')
const FIXTURES = path.join(PROJECT, 'test/fixtures')

/** In the form of upstream's template. Its snapshots are written by upstream's jest, whose format is not that of ours. */
const SNAPSHOT_TEST = path.join(PROJECT, 'test/upstream/snapshot.test.ts')
const SNAPSHOTS = path.join(PROJECT, 'test/upstream/__snapshots__/snapshot.test.ts.snap')

export interface Export {
  /** Contents by path inside the destination's folder over there, with slashes. */
  files: Map<string, Buffer>
  /** Why a test of the destination stays here, by its name. */
  leftOut: Map<string, string>
}

/**
 * What goes to Segment's monorepo: the destination's folder byte for byte, and its tests, fixtures and snapshots below
 * `__tests__`.
 *
 * @throws RefusedError where a test would not run over there
 */
export async function filesToExport(): Promise<Export> {
  const files = new Map([
    ...filesBelow(DESTINATION, ''),
    ...filesBelow(FIXTURES, '__tests__/fixtures/'),
    ['__tests__/__snapshots__/snapshot.test.ts.snap', readFileSync(SNAPSHOTS)] as const
  ])
  const places = new Map([
    [DESTINATION, '..'],
    [FIXTURES, './fixtures']
  ])
  const leftOut = new Map<string, string>()
  for (const file of [...testsIn(TESTS), SNAPSHOT_TEST]) {
    const name = path.basename(file)
    const test = await exportTest(file, places)
    if ('leftOut' in test) {
      leftOut.set(name, test.leftOut)
    } else {
      files.set(`__tests__/${name}`, Buffer.from(test.code))
    }
  }
  return { files, leftOut }
}

function filesBelow(folder: string, prefix: string): [string, Buffer][] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .sort()
    .map((file) => [prefix + path.relative(folder, file).split(path.sep).join('/'), readFileSync(file)])
}

function testsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).map((entry) => {
    if (!entry.isFile()) {
      throw new RefusedError(`${entry.name} is a folder between the tests, which the export knows nothing of.`)
    }
    return path.join(folder, entry.name)
  })
}
