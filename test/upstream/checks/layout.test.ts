import { readFileSync, rmSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import path from 'node:path'
import ts from 'typescript'
import { FOLDER } from '../../../scripts/upstream/pull-request'
import { uncommitted } from '../stand-in'
import { exportIntoStandIn } from './exported'
import type { Exported } from './exported'

let exported: Exported

beforeAll(() => {
  exported = exportIntoStandIn()
})

afterAll(() => {
  rmSync(exported.standIn, { recursive: true })
})

const read = (file: string) => readFileSync(path.join(exported.standIn, FOLDER, file), 'utf8')
const modules = () => exported.files.filter((file) => file.endsWith('.ts'))
const isTest = (file: string) => file.startsWith('__tests__/')

function isAllowed(specifier: string, file: string): boolean {
  const isInside = specifier.startsWith('.') && !path.posix.join(path.dirname(file), specifier).startsWith('..')
  return (
    isInside || specifier === '@segment/actions-core' || isBuiltin(specifier) || (isTest(file) && specifier === 'nock')
  )
}

describe('what goes to the monorepo', () => {
  it('is one new folder and nothing else: no lock file changes', () => {
    expect(uncommitted(exported.standIn).filter((line) => !line.startsWith(`?? ${FOLDER}/`))).toEqual([])
  })

  it('is modules, tests with their data, and metadata.json: no package.json, no settings', () => {
    const others = exported.files.filter((file) => !/\.ts$|^__tests__\/(fixtures|__snapshots__)\//.test(file))

    expect(others).toEqual(['metadata.json'])
  })

  it('is at most 40 files', () => {
    expect(exported.files.length).toBeLessThanOrEqual(40)
  })

  it('reads no environment variable', () => {
    expect(modules().filter((file) => !isTest(file) && read(file).includes('process.env'))).toEqual([])
  })

  it('has the files that the monorepo looks for', () => {
    expect(exported.files).toEqual(
      expect.arrayContaining(['index.ts', 'generated-types.ts', 'metadata.json', 'versioning-info.ts'])
    )
  })

  it('imports only actions-core, Node and itself, and in tests also nock', () => {
    const strange = modules().flatMap((file) =>
      ts
        .preProcessFile(read(file), true, true)
        .importedFiles.filter(({ fileName }) => !isAllowed(fileName, file))
        .map(({ fileName }) => `${file} imports ${fileName}`)
    )

    expect(strange).toEqual([])
  })

  it('has only tests as modules in __tests__, because jest runs every module there', () => {
    expect(modules().filter((file) => isTest(file) && !file.endsWith('.test.ts'))).toEqual([])
  })

  it('throws only errors of actions-core, which tell Segment what to do next', () => {
    expect(modules().filter((file) => !isTest(file) && /throw new Error\b/.test(read(file)))).toEqual([])
  })

  it("uses nothing newer than ES2020 that Node's types hide from TypeScript", () => {
    const newer = /\.at\(|\bstructuredClone\b/

    expect(modules().filter((file) => !isTest(file) && newer.test(read(file)))).toEqual([])
  })
})
