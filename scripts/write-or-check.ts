import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.join(__dirname, '..')

/** The destination's folder, where what is generated lies beside what it is generated from. */
export const DESTINATION = 'src/destinations/astrolabe'

/**
 * Writes generated files, or with `--check` on the command line only compares them and sets exit code 1 where one is
 * stale.
 *
 * @param files contents by path, relative to the repository
 * @param command that writes them, for the message that they are stale
 */
export function writeOrCheck(files: Record<string, string>, command: string): void {
  if (!process.argv.includes('--check')) {
    Object.entries(files).forEach(([file, content]) => writeFileSync(path.join(ROOT, file), content))
    return
  }
  const stale = Object.keys(files).filter((file) => read(file) !== files[file])
  if (stale.length > 0) {
    console.error(`Stale: ${stale.join(', ')}. Run \`${command}\` and commit what it writes.`)
    process.exitCode = 1
  }
}

function read(file: string): string | undefined {
  return existsSync(path.join(ROOT, file)) ? readFileSync(path.join(ROOT, file), 'utf8') : undefined
}
