import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** The destination's folder, where what is generated lies beside what it is generated from. */
const FOLDER = path.join(__dirname, '../src/destinations/astrolabe')

/**
 * Writes generated files, or with `--check` on the command line only compares them and sets exit code 1 where one is
 * stale.
 *
 * @param files contents by path, relative to the destination's folder
 * @param command what writes them, to be named where they are stale
 */
export function writeOrCheck(files: Record<string, string>, command: string): void {
  if (!process.argv.includes('--check')) {
    Object.entries(files).forEach(([file, content]) => writeFileSync(path.join(FOLDER, file), content))
    return
  }
  const stale = Object.keys(files).filter((file) => read(path.join(FOLDER, file)) !== files[file])
  if (stale.length > 0) {
    console.error(`Stale: ${stale.join(', ')}. Run \`${command}\` and commit what it writes.`)
    process.exitCode = 1
  }
}

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
