// Puts small faults into files of src, one at a time, and lists those that no test notices.
import { statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Stryker } from '@stryker-mutator/core'

const ROOT = path.resolve(import.meta.dirname, '../..')
const { values, positionals } = parseArgs({ options: { concurrency: { type: 'string' } }, allowPositionals: true })
const mutated = positionals.map((file) => fromRoot(path.resolve(file)))

if (mutated.length === 0 || !mutated.every((file) => file.startsWith('src/'))) {
  process.stderr.write('Usage: npm run mutation -- [--concurrency <n>] <file or folder in src>…\n')
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
    config: { testMatch: testsOf(mutated) }
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

/** The tests of the part of src that a file belongs to: with the tests of all parts, each fault would take minutes. */
function testsOf(files) {
  const parts = new Set(files.map((file) => file.split('/')[1]))
  return [...parts].flatMap((part) => [`**/test/${part}/**/*.test.ts`, `**/src/${part}/**/*.test.ts`])
}
