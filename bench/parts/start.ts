import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { median } from '../statistics'

export interface Reading {
  milliseconds: number
  /** Resident memory beyond that of Node. */
  megabytes: number
}

export interface StartResult {
  /** Medians. */
  readings: Record<Start, Reading>
  /** Of the published package, in bytes. */
  size: { packed: number; unpacked: number; files: number }
}

/** What a fresh process does, each including the one before. */
export const STARTS = ['require actions-core', 'require the package', 'run the first event'] as const

export type Start = (typeof STARTS)[number]

const ROOT = path.join(__dirname, '../../..')

const run = promisify(execFile)

export default async function start(rounds: number): Promise<StartResult> {
  const readings: Record<Start, Reading[]> = {
    'require actions-core': [],
    'require the package': [],
    'run the first event': []
  }
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < STARTS.length; turn++) {
      const what = STARTS[(round + turn) % STARTS.length]
      const { stdout } = await run(process.execPath, [path.join(__dirname, '../start-process.js'), what, ROOT])
      readings[what].push(JSON.parse(stdout) as Reading)
    }
  }
  return {
    readings: {
      'require actions-core': medians(readings['require actions-core']),
      'require the package': medians(readings['require the package']),
      'run the first event': medians(readings['run the first event'])
    },
    size: await packageSize()
  }
}

function medians(readings: Reading[]): Reading {
  return {
    milliseconds: median(readings.map(({ milliseconds }) => milliseconds)),
    megabytes: median(readings.map(({ megabytes }) => megabytes))
  }
}

async function packageSize(): Promise<StartResult['size']> {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT })
  const [{ size, unpackedSize, entryCount }] = JSON.parse(stdout) as {
    size: number
    unpackedSize: number
    entryCount: number
  }[]
  return { packed: size, unpacked: unpackedSize, files: entryCount }
}
