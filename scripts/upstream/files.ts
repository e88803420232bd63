import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const DESTINATION = path.join(__dirname, '../../src/destinations/astrolabe')

/** The destination's folder with its tests: contents by path inside the folder, with slashes. */
export function filesToExport(): Map<string, Buffer> {
  const files = readdirSync(DESTINATION, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .sort()
  return new Map(
    files.map((file) => [path.relative(DESTINATION, file).split(path.sep).join('/'), readFileSync(file)] as const)
  )
}
