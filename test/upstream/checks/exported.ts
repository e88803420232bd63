import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { FOLDER } from '../../../scripts/upstream/pull-request'
import { createStandIn, git, install } from '../stand-in'

const PROJECT = path.join(__dirname, '../../..')

export interface Exported {
  /** The stand-in of Segment's monorepo, with the destination in it and upstream's versions of everything. */
  standIn: string
  /** What the command wrote, as git finds it: paths inside the destination's folder. */
  files: string[]
}

/** Runs `npm run upstream` into a new stand-in. Whoever asks for it removes it. */
export function exportIntoStandIn(): Exported {
  const standIn = createStandIn()
  const { exitCode, stderr } = run('npm', ['run', '--silent', 'upstream', '--', standIn], PROJECT)
  if (exitCode !== 0) {
    throw new Error(stderr)
  }
  install(standIn)
  const files = git(standIn, 'ls-files', '--others', '--exclude-standard', FOLDER).split('\n').filter(Boolean)
  return { standIn, files: files.map((file) => path.posix.relative(FOLDER, file)) }
}

/**
 * Runs one of upstream's tools in the stand-in.
 *
 * @param folder where: the destinations' package has settings of its own
 */
export function runTool(standIn: string, folder: string, tool: string, ...args: string[]) {
  return run(process.execPath, [path.join(standIn, 'node_modules/.bin', tool), ...args], path.join(standIn, folder))
}

function run(command: string, args: string[], cwd: string) {
  const env = { ...process.env, TZ: 'UTC' }
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 26 })
  return { exitCode: status, stdout, stderr }
}
