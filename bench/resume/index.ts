import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Command } from 'commander'
import { wholeNumber } from '../../src/cli/whole-number'
import { SANDBOX_API_KEY } from '../../src/sandbox/build'
import { startSandboxProcess } from './sandbox-process'
import type { Contents, SandboxProcess } from './sandbox-process'
import { writeArchives } from './write-archives'

const BIN = path.join(__dirname, '../../../dist/cli/index.js')

interface ResumeOptions {
  events: number
  kills: number
}

void new Command('npm run bench:resume --')
  .description('Kills a delivery with kill -9 at random moments, resumes it, and compares with an undisturbed one.')
  .option('--events <count>', 'how many events', wholeNumber(20), 20_000)
  .option('--kills <count>', 'how often to kill', wholeNumber(0), 5)
  .action(resume)
  .parseAsync()

async function resume({ events, kills }: ResumeOptions): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-resume-'))
  try {
    const logs = await writeArchives(folder, events)
    const disturbed = await measure(events, async (sandbox) => {
      const command = () => deliver(sandbox.url, logs, path.join(folder, 'disturbed'))
      const moments = Array.from({ length: kills }, () => Math.random() * events).sort((a, b) => a - b)
      for (const moment of moments) {
        await killAt(Math.max(moment, sandbox.arrived() + 1), sandbox, command())
      }
      await command().ended
      return command().ended
    })
    const undisturbed = await measure(
      events,
      (sandbox) => deliver(sandbox.url, logs, path.join(folder, 'undisturbed')).ended
    )
    console.log(JSON.stringify({ events, kills, disturbed, undisturbed }, null, 2))
    check(events, disturbed, undisturbed)
  } finally {
    await rm(folder, { recursive: true })
  }
}

interface Measurement {
  seconds: number
  arrived: number
  contents: Contents
  /** What the last command said. */
  output: string
}

async function measure(events: number, run: (sandbox: SandboxProcess) => Promise<string>): Promise<Measurement> {
  const sandbox = await startSandboxProcess(events)
  try {
    const startedAt = performance.now()
    const output = await run(sandbox)
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10
    return { seconds, arrived: sandbox.arrived(), contents: await sandbox.contents(), output }
  } finally {
    sandbox.close()
  }
}

function deliver(url: string, logs: string, checkpoint: string) {
  const child = spawn(process.execPath, [BIN, 'deliver', '--batch', '--checkpoint', checkpoint, logs], {
    env: { ...process.env, ASTROLABE_INGEST_URL: url, ASTROLABE_API_KEY: SANDBOX_API_KEY },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return { child, ended: once(child, 'close').then(() => output) }
}

/** Kills the process once so many messages have arrived. */
async function killAt(messages: number, sandbox: SandboxProcess, { child, ended }: ReturnType<typeof deliver>) {
  const timer = setInterval(() => {
    if (sandbox.arrived() >= messages) {
      child.kill('SIGKILL')
    }
  }, 1)
  await ended
  clearInterval(timer)
  console.error(`Killed after ${sandbox.arrived()} messages had arrived.`)
}

/** @throws if anything was lost, counted twice or applied in another order */
function check(events: number, disturbed: Measurement, undisturbed: Measurement): void {
  const { contents } = disturbed
  if (undisturbed.arrived !== events || contents.events !== contents.distinctEvents) {
    throw new Error('An event is missing, or is there twice.')
  }
  if (JSON.stringify(contents) !== JSON.stringify(undisturbed.contents)) {
    throw new Error('The Users, Accounts and events differ from those of an undisturbed run.')
  }
}
