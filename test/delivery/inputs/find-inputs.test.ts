import fs from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { findInputs } from '../../../src/delivery/inputs/find-inputs'
import { temporaryFolder } from '../../temporary-folder'

const file = temporaryFolder()

async function found(...paths: string[]): Promise<string[]> {
  const inputs = await findInputs(paths, () => Readable.from([]))
  return inputs.map(({ name }) => path.relative(file(), name))
}

describe('the files of a folder', () => {
  it('come in the natural order of days and names', async () => {
    for (const name of ['9/2.gz', '9/10.gz', '9/1.gz', '10/1.gz', '1704153600000/a.gz', '200/a.gz', '2.gz', '02.gz']) {
      await mkdir(path.dirname(file(name)), { recursive: true })
      await writeFile(file(name), '')
    }

    expect(await found(file())).toEqual([
      '02.gz',
      '2.gz',
      '9/1.gz',
      '9/2.gz',
      '9/10.gz',
      '10/1.gz',
      '200/a.gz',
      '1704153600000/a.gz'
    ])
  })

  it("are those that may hold events: none is hidden, and none is Segment's test of the connection", async () => {
    await mkdir(file('.hidden'))
    for (const name of ['.hidden/a.gz', '.DS_Store', 'dummy-object.txt', 'events.gz']) {
      await writeFile(file(name), '')
    }

    expect(await found(file())).toEqual(['events.gz'])
  })
})

describe('a folder of a folder', () => {
  it('is named if it can not be read', async () => {
    await mkdir(file('a/b'), { recursive: true })
    const readdir = fs.promises.readdir
    jest
      .spyOn(fs.promises, 'readdir')
      .mockImplementation(((name: string, options: object) =>
        name.endsWith('b') ? Promise.reject(new Error('EIO')) : readdir(name, options)) as typeof readdir)

    await expect(found(file())).rejects.toMatchObject({ name: 'InputError', input: file('a/b') })
    jest.restoreAllMocks()
  })
})

describe('files that are named', () => {
  it('keep their order', async () => {
    for (const name of ['10', '9']) {
      await writeFile(file(name), '')
    }

    expect(await found(file('10'), file('9'))).toEqual(['10', '9'])
  })
})
