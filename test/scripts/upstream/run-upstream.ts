import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { main } from '../../../scripts/upstream/main'
import { createStandIn } from '../../upstream/stand-in'

/** The destination's folder in a checkout. */
export const FOLDER = 'packages/destination-actions/src/destinations/astrolabe'

/**
 * A checkout of its own for each test of this file: a copy of one that is prepared once.
 * @returns the path of what has this name in the checkout; of the checkout itself without a name
 */
export function temporaryCheckout(prepare: (checkout: string) => unknown = () => undefined): (name?: string) => string {
  let original = ''
  let checkout = ''
  beforeAll(async () => {
    original = createStandIn()
    await prepare(original)
  })
  beforeEach(() => {
    checkout = mkdtempSync(`${original}-`)
    cpSync(original, checkout, { recursive: true })
  })
  afterEach(() => {
    rmSync(checkout, { recursive: true })
  })
  afterAll(() => {
    rmSync(original, { recursive: true })
  })
  return (name = '') => path.join(checkout, name)
}

/** Runs the command in this process, as from the folder where stand-ins are made. */
export async function runUpstream(...args: string[]) {
  const terminal = { stdout: new PassThrough(), stderr: new PassThrough(), exitCode: undefined }
  await main(args, terminal, tmpdir())
  const [stdout, stderr] = [terminal.stdout, terminal.stderr].map((stream) => String(stream.read() ?? ''))
  return { stdout, stderr, exitCode: terminal.exitCode ?? 0 }
}

/** Everything below a folder by path, git's own files aside. */
export function contents(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
      .filter((file) => !file.startsWith('.git/'))
      .sort()
      .map((file) => [file, readFileSync(path.join(folder, file), 'base64')])
  )
}
