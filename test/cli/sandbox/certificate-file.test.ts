import { access, readFile } from 'node:fs/promises'
import { keepCertificate } from '../../../src/cli/sandbox/certificate-file'

describe('the file of a certificate', () => {
  it('holds it until it is removed', async () => {
    const { path, remove } = await keepCertificate('a certificate')

    expect(await readFile(path, 'utf8')).toBe('a certificate')

    await remove()
    await expect(access(path)).rejects.toThrow('ENOENT')
  })
})
