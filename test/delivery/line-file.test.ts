import { readFile, rm } from 'node:fs/promises'
import { LineFile } from '../../src/delivery/line-file'
import { temporaryFolder } from '../temporary-folder'

const MEBIBYTE = 1024 * 1024

const file = temporaryFolder()

describe('lines that wait for the disk', () => {
  it('are a backlog if they are more than 4 MiB, until they are written', async () => {
    const lines = await LineFile.create(file('lines'))
    lines.add('a'.repeat(MEBIBYTE))
    const small = lines.backlog
    for (let count = 0; count < 4; count++) {
      lines.add('b'.repeat(MEBIBYTE))
    }
    const large = lines.backlog
    await large
    const written = (await readFile(lines.file)).length
    const after = lines.backlog
    await lines.close()

    expect(small).toBeUndefined()
    expect(large).toBeInstanceOf(Promise)
    expect(written).toBe(lines.length)
    expect(after).toBeUndefined()
  })

  it('hold nothing up if they can not be written: the run stops by the error', async () => {
    const gone = file('gone')
    const lines = await LineFile.create(gone)
    await rm(file(), { recursive: true })
    lines.add('a'.repeat(5 * MEBIBYTE))
    await lines.backlog

    await expect(lines.flush()).rejects.toMatchObject({ name: 'WriteError', file: gone, cause: { code: 'ENOENT' } })
    expect(lines.backlog).toBeUndefined()
  })
})
