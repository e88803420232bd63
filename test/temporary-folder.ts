import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/**
 * An empty folder for each test of this file or block.
 * @returns the path of what has this name in the folder; of the folder itself without a name
 */
export function temporaryFolder(): (name?: string) => string {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'astrolabe-segment-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))
  return (name = '') => path.join(folder, name)
}
