#!/usr/bin/env node
import { once } from 'node:events'
import { main } from './main'

// Whoever reads along may have seen enough (`| head -1`): what is left to deliver is delivered all the same.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

const untilStopped = () => Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])

void main(process.argv.slice(2), Object.assign(process, { untilStopped }))
