#!/usr/bin/env node
import { once } from 'node:events'
import { main } from './main'

// Ignore EPIPE (`| head -1`) and keep delivering.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') {
      process.exitCode = 1
    }
  })
}

async function untilStopped(): Promise<void> {
  const either = new AbortController()
  const { signal } = either
  await Promise.race([once(process, 'SIGINT', { signal }), once(process, 'SIGTERM', { signal })])
  either.abort()
}

// Node ends with 0 if nothing is left to wait for, done or not.
let isDone = false
process.once('beforeExit', () => {
  if (!isDone) {
    process.stderr.write('error: The command ended unexpectedly. Please report this.\n')
    process.exitCode = 1
  }
})

void main(process.argv.slice(2), Object.assign(process, { untilStopped })).then(() => (isDone = true))
