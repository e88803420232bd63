import fs from 'node:fs'
import path from 'node:path'
import { commitAll } from '../../upstream/stand-in'
import { contents, FOLDER, runUpstream, temporaryCheckout } from './run-upstream'

const DESTINATION = path.join(__dirname, '../../../src/destinations/astrolabe')

const checkout = temporaryCheckout(async (original) => {
  await runUpstream(original)
  for (const file of ['ingest.ts', 'message.ts', 'an-older-module.ts']) {
    fs.writeFileSync(path.join(original, FOLDER, file), '// An older version.')
  }
  commitAll(original)
})

afterEach(() => {
  jest.restoreAllMocks()
})

/** Lets a number of calls through and breaks the next one. */
function breakAfter<Call extends (...args: never[]) => unknown>(calls: number, call: Call, broken: Call = call): Call {
  let count = 0
  return ((...args: Parameters<Call>) => {
    if (count++ === calls) {
      if (broken !== call) {
        broken(...args)
      }
      throw new Error('Interrupted.')
    }
    return call(...args)
  }) as Call
}

const STOPS = [0, 1, 9, 20]

async function interrupted(): Promise<void> {
  expect(await runUpstream(checkout())).toMatchObject({ exitCode: 1, stderr: 'error: Interrupted.\n' })
  jest.restoreAllMocks()
}

async function repeated(): Promise<Record<string, string>> {
  expect(await runUpstream(checkout())).toMatchObject({ exitCode: 0, stderr: '' })
  return contents(checkout(FOLDER))
}

describe('a run that is interrupted', () => {
  it.each(STOPS)('before it renames file %d can be repeated', async (calls) => {
    jest.spyOn(fs, 'renameSync').mockImplementation(breakAfter(calls, fs.renameSync))

    await interrupted()

    expect(await repeated()).toEqual(contents(DESTINATION))
  })

  it.each(STOPS)('in the middle of writing file %d can be repeated', async (calls) => {
    const write = fs.writeFileSync as (file: string, content: Buffer) => void
    const writeHalf = (file: string, content: Buffer) => write(file, content.subarray(0, content.length / 2))
    jest.spyOn(fs, 'writeFileSync').mockImplementation(breakAfter(calls, write, writeHalf) as typeof fs.writeFileSync)

    await interrupted()

    expect(await repeated()).toEqual(contents(DESTINATION))
  })

  it('after it removed a file can be repeated', async () => {
    jest.spyOn(fs, 'writeFileSync').mockImplementation(breakAfter(0, fs.writeFileSync))

    await interrupted()
    expect(contents(checkout(FOLDER))).not.toHaveProperty('an-older-module.ts')

    expect(await repeated()).toEqual(contents(DESTINATION))
  })

  it('leaves each file either old or new', async () => {
    jest.spyOn(fs, 'renameSync').mockImplementation(breakAfter(9, fs.renameSync))
    const before = contents(checkout(FOLDER))

    await interrupted()

    const after = Object.entries(contents(checkout(FOLDER)))
    const wanted = contents(DESTINATION)
    const others = after.filter(([file, content]) => ![before[file], wanted[file]].includes(content))
    expect(others.map(([file]) => path.extname(file))).toEqual(['.upstream-partial'])
  })

  it('does not take an edit of somebody else for its own', async () => {
    fs.writeFileSync(checkout(`${FOLDER}/ingest.ts.upstream-partial`), '// Mine.')

    expect(await runUpstream(checkout())).toMatchObject({ exitCode: 1 })
  })
})
