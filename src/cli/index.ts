#!/usr/bin/env node
import { once } from 'node:events'
import { isMainThread } from 'node:worker_threads'
import { YOUNG_GENERATION } from './deliver/heap'
import { nodeProblem } from './node-version'
import { CRASHED } from './terminal'
import type { Streams } from './terminal'
import { runInThread, terminalOfThread } from './thread'

const UNEXPECTED = 'The command ended unexpectedly. Please report this.'

const args = process.argv.slice(2)
const problem = nodeProblem(process.versions.node)

if (problem) {
  process.stderr.write(`error: ${problem}\n`)
  process.exitCode = 2
} else if (isMainThread) {
  process.once('uncaughtException', crash)
  // Ignore EPIPE (`| head -1`) and keep delivering.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code !== 'EPIPE') {
        process.exitCode = CRASHED
      }
    })
  }
  const terminal = Object.assign(process, { untilStopped })
  if (args[0] === 'deliver') {
    const limits = { maxYoungGenerationSizeMb: YOUNG_GENERATION }
    void runInThread(__filename, args, limits, terminal).then(
      (exitCode) => (process.exitCode = exitCode || process.exitCode)
    )
  } else {
    void run(terminal)
  }
} else {
  // Whatever timer still runs: node-fetch's runs on for seconds after a response that breaks off.
  void run(terminalOfThread()).then(() => process.exit())
}

async function run(terminal: Streams): Promise<void> {
  // Node ends with 0 if nothing is left to wait for, done or not.
  let isDone = false
  process.once('beforeExit', () => {
    if (!isDone) {
      terminal.stderr.write(`error: ${UNEXPECTED}\n`)
      process.exitCode = CRASHED
    }
  })
  const { main } = await import('./main')
  await main(args, terminal)
  isDone = true
  process.exitCode ||= terminal.exitCode
}

/** An error that nobody expects, of this thread or of a delivery's. Only its stack is shown: it may hold a request and its key. */
function crash({ code, stack }: NodeJS.ErrnoException): void {
  const text = code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'The command ran out of memory.' : `${UNEXPECTED}\n${stack}`
  process.stderr.write(`error: ${text}\n`, () => process.exit(CRASHED))
}

async function untilStopped(): Promise<void> {
  const either = new AbortController()
  const { signal } = either
  await Promise.race([once(process, 'SIGINT', { signal }), once(process, 'SIGTERM', { signal })])
  either.abort()
}
