// A process that starts, as far as its first argument says, and prints what that took as JSON.
import path from 'node:path'
import type * as Package from '../src'
import { benchEvent } from './events'
import type { Reading, Start } from './parts/start'
import { StubbedNetwork } from './stubbed-network'

async function start(what: Start, root: string): Promise<void> {
  const core = await import('@segment/actions-core')
  if (what === 'require actions-core') {
    return
  }
  const { destination } = (await import(path.join(root, 'dist'))) as typeof Package
  if (what === 'require the package') {
    return
  }
  await new core.Destination({ ...destination }).onEvent(benchEvent('identify'), {
    apiKey: 'fake-api-key',
    subscription: { ...destination.presets?.[0] }
  })
}

async function main([what, root]: string[]): Promise<void> {
  const network = new StubbedNetwork()
  const memory = process.memoryUsage.rss()
  const began = performance.now()
  await start(what as Start, root)
  const reading: Reading = {
    milliseconds: performance.now() - began,
    megabytes: (process.memoryUsage.rss() - memory) / 1e6
  }
  if (what === 'run the first event' && network.end().requests !== 1) {
    throw new Error('The first event did not arrive.')
  }
  console.log(JSON.stringify(reading))
}

void main(process.argv.slice(2))
