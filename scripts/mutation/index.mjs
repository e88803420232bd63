// Puts small faults into files of src, one at a time, and lists those that no test notices.
import { statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Stryker } from '@stryker-mutator/core'
import jest from '../../jest.config.js'

const ROOT = path.resolve(import.meta.dirname, '../..')
const { values, positionals } = parseArgs({ options: { concurrency: { type: 'string' } }, allowPositionals: true })
const mutated = positionals.map((file) => fromRoot(path.resolve(file)))

const [part, ...others] = new Set(mutated.map((file) => /^src\/([^/]+)/.exec(file)?.[1]))

if (part === undefined || others.length > 0) {
  process.stderr.write('Usage: npm run mutation -- [--concurrency <n>] <file or folder in one folder of src>…\n')
  process.exit(1)
}

process.chdir(ROOT)
await new Stryker({
  mutate: [
    ...mutated.map((file) => (statSync(file).isDirectory() ? `${file}/**/*.ts` : file)),
    '!src/**/__tests__/**',
    '!src/**/generated-types.ts'
  ],
  ...(values.concurrency && { concurrency: Number(values.concurrency) }),
  plugins: [fileURLToPath(import.meta.resolve('@stryker-mutator/jest-runner'))],
  testRunner: 'jest',
  coverageAnalysis: 'perTest',
  jest: {
    configFile: fromRoot(fileURLToPath(import.meta.resolve('./jest.config.js'))),
    config: testsOf(part)
  },
  reporters: ['clear-text', 'progress', 'html'],
  clearTextReporter: { logTests: false, reportTests: false },
  // Git, the linters and the tests ignore this folder.
  tempDirName: 'build/mutation',
  htmlReporter: { fileName: 'build/mutation.html' },
  ignorePatterns: ['build', 'coverage', 'dist', 'test/browser', 'test/upstream']
}).runMutationTest()

/** The path that Stryker's globs and its copy of the project need: relative, with slashes on every system. */
function fromRoot(file) {
  return path.relative(ROOT, file).replaceAll(path.sep, '/')
}

/** The tests of one folder of src: with all tests, each fault would take minutes. The destination has tests of its own. */
function testsOf(folder) {
  const { testMatch, setupFilesAfterEnv } = jest.projects.find(({ displayName }) => displayName === 'destination')
  return folder === 'destinations'
    ? { testMatch, setupFilesAfterEnv, roots: ['<rootDir>/src'] }
    : { testMatch: [`**/test/${folder}/**/*.test.ts`] }
}
