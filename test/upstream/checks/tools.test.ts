import { rmSync } from 'node:fs'
import { FOLDER } from '../../../scripts/upstream/pull-request'
import { PACKAGE } from '../stand-in'
import { exportIntoStandIn, runTool } from './exported'
import type { Exported } from './exported'

let exported: Exported

beforeAll(() => {
  exported = exportIntoStandIn()
})

afterAll(() => {
  rmSync(exported.standIn, { recursive: true })
})

const silence = { exitCode: 0, stdout: '', stderr: '' }

describe('TypeScript 5.5', () => {
  it('builds the folder, which asks for nothing newer than ES2020', () => {
    expect(runTool(exported.standIn, PACKAGE, 'tsc', '-b', 'tsconfig.build.json')).toEqual(silence)
  })

  it('finds no error in the types of the tests', () => {
    expect(runTool(exported.standIn, PACKAGE, 'tsc', '--noEmit')).toEqual(silence)
  })
})

describe('prettier 2.4', () => {
  it('has nothing to format', () => {
    expect(runTool(exported.standIn, '.', 'prettier', '--list-different', FOLDER)).toEqual(silence)
  })
})

describe('ESLint 7 with the types', () => {
  it('has nothing to warn of', () => {
    const options = ['--ext', '.ts', '--max-warnings', '0', '--report-unused-disable-directives']

    const { exitCode, stdout } = runTool(exported.standIn, '.', 'eslint', ...options, FOLDER)

    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' })
  })
})

describe('jest 27 with nock 13', () => {
  it('passes the tests: 80 % of the folder covered, and no snapshot missing or unused', () => {
    const threshold = { global: { lines: 80, branches: 80, functions: 80, statements: 80 } }
    const options = ['--ci', '--json', '--coverage', '--coverageReporters', 'json-summary']
    const coverage = [
      '--collectCoverageFrom=src/destinations/astrolabe/**/*.ts',
      `--coverageThreshold=${JSON.stringify(threshold)}`
    ]

    const { exitCode, stdout, stderr } = runTool(exported.standIn, PACKAGE, 'jest', ...options, ...coverage)

    expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({
      numPassedTestSuites: exported.files.filter((file) => file.endsWith('.test.ts')).length,
      numPendingTests: 0,
      snapshot: { matched: 6, unmatched: 0, added: 0, updated: 0, unchecked: 0, filesRemoved: 0, filesUnmatched: 0 }
    })
  })
})
