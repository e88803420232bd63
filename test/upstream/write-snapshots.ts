/**
 * Writes the snapshots of `snapshot.test.ts` with upstream's jest, where they lie over there, and takes them back.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { FOLDER, replaceFolder } from '../../scripts/upstream/checkout'
import { filesToExport } from '../../scripts/upstream/files'
import { createStandIn, install, PACKAGE } from './stand-in'

const SNAPSHOTS = '__snapshots__/snapshot.test.ts.snap'

async function writeSnapshots(): Promise<void> {
  const standIn = createStandIn()
  try {
    install(standIn)
    const { files } = await filesToExport()
    replaceFolder(standIn, files)
    const jest = path.join(standIn, 'node_modules/.bin/jest')
    execFileSync(process.execPath, [jest, '--ci=false', '--updateSnapshot', 'astrolabe/__tests__/snapshot'], {
      cwd: path.join(standIn, PACKAGE),
      env: { ...process.env, TZ: 'UTC' },
      stdio: 'inherit'
    })
    copyFileSync(path.join(standIn, FOLDER, '__tests__', SNAPSHOTS), path.join(__dirname, SNAPSHOTS))
  } finally {
    rmSync(standIn, { recursive: true })
  }
}

void writeSnapshots()
