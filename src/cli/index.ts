#!/usr/bin/env node
import { once } from 'node:events'
import { main } from './main'

// Whoever reads along may have seen enough (`| head -1`): what is left to deliver is delivered all the same.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') {
      process.exitCode = 1
    }
  })
}

const untilStopped = () => Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])

// Node ends with 0 where nothing is left to wait for, done or not.
let isDone = false
process.once('beforeExit', () => {
  if (!isDone) {
    process.stderr.write('error: This ended before it was done. Please report it.\n')
    process.exitCode = 1
  }
})

void main(process.argv.slice(2), Object.assign(process, { untilStopped })).then(() => (isDone = true))
