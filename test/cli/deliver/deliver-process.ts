import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { SANDBOX_API_KEY } from '../../../src/sandbox/build'

const BIN = path.join(__dirname, '../../../dist/cli/index.js')

/** Runs `deliver` as it is installed, in a process of its own, to a sandbox at this base URL. */
export function startDeliver(url: string, ...args: string[]) {
  const child = spawn(process.execPath, [BIN, 'deliver', ...args], {
    env: { ...process.env, ASTROLABE_INGEST_URL: url, ASTROLABE_API_KEY: SANDBOX_API_KEY },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = once(child, 'close').then(([exitCode]: number[]) => ({ exitCode, output }))
  return { child, ended }
}
