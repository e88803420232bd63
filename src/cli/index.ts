#!/usr/bin/env node
import { once } from 'node:events'
import { main } from './main'

const untilStopped = () => Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])

void main(process.argv.slice(2), Object.assign(process, { untilStopped }))
