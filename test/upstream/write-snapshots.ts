/**
 * Writes the snapshots of `snapshot.test.ts` with upstream's jest, whose format differs from ours, and copies them back.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { FOLDER, replaceFolder } from '../../scripts/upstream/pull-request'
import { createStandIn, install, PACKAGE } from './stand-in'

const SNAPSHOTS = '__tests__/__snapshots__/snapshot.test.ts.snap'
const DESTINATION = path.join(__dirname, '../../src/destinations/astrolabe')

function writeSnapshots(): void {
  const standIn = createStandIn()
  try {
    replaceFolder(standIn)
    install(standIn)
    const jest = path.join(standIn, 'node_modules/.bin/jest')
    execFileSync(process.execPath, [jest, '--ci=false', '--updateSnapshot', 'astrolabe/__tests__/snapshot'], {
      cwd: path.join(standIn, PACKAGE),
      env: { ...process.env, TZ: 'UTC' },
      stdio: 'inherit'
    })
    mkdirSync(path.dirname(path.join(DESTINATION, SNAPSHOTS)), { recursive: true })
    copyFileSync(path.join(standIn, FOLDER, SNAPSHOTS), path.join(DESTINATION, SNAPSHOTS))
  } finally {
    rmSync(standIn, { recursive: true })
  }
}

writeSnapshots()
