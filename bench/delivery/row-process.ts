import { readFile } from 'node:fs/promises'
import { startChild } from '../child'
import { TYPES } from '../events'
import type { BenchEvent } from '../events'
import { sendBatches, sendEvents } from './bare-loop'
import { runDelivery } from './run-delivery'

export const BATCH_SIZE = 100

/** How the events of a file are sent, and to which base URL of an ingest API. */
export interface Row {
  how: 'onEvent' | 'onBatch' | 'deliver' | 'deliver --batch'
  file: string
  url: string
}

/** A row in a process of its own: the garbage collector of a process goes through all that its rows hold. */
export interface RowProcess {
  /**
   * Sends all events once.
   *
   * @throws if the process fails
   */
  run(): Promise<void>
  close(): void
}

export async function startRow(row: Row): Promise<RowProcess> {
  const [child] = await startChild(__filename, JSON.stringify(row))
  return {
    run: () => child.ask('run'),
    close: () => child.close()
  }
}

async function listen(row: Row): Promise<void> {
  const run = await prepare(row)
  process.on('message', () => void run().then(() => process.send?.('done')))
  process.send?.('ready')
}

/** The loops get the events that `deliver` reads, ready in memory. */
async function prepare({ how, file, url }: Row): Promise<() => Promise<void>> {
  if (how === 'deliver' || how === 'deliver --batch') {
    const batchSize = how === 'deliver' ? undefined : BATCH_SIZE
    let runs = 0
    return () =>
      runDelivery({ paths: [file], url, batchSize, checkpoint: `${file}.${process.pid}.${runs++}.checkpoint` })
  }
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
  const events = lines.map((line) => JSON.parse(line) as BenchEvent)
  if (how === 'onEvent') {
    return () => sendEvents(url, events)
  }
  const batches = TYPES.flatMap((type) => inBatches(events.filter((event) => event.type === type)))
  return () => sendBatches(url, batches)
}

function inBatches(events: BenchEvent[]): BenchEvent[][] {
  return Array.from({ length: Math.ceil(events.length / BATCH_SIZE) }, (_, batch) =>
    events.slice(batch * BATCH_SIZE, (batch + 1) * BATCH_SIZE)
  )
}

if (require.main === module) {
  void listen(JSON.parse(process.argv[2]) as Row)
}
