import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createKeysOf, destination, withBaseUrl } from '../../src/catalog'
import { Delivery } from '../../src/delivery/delivery'
import { findInputs } from '../../src/delivery/inputs/find-inputs'
import { createRuntime, RETRIES } from '../../src/runtime'
import { serveParent } from '../child'
import { TYPES } from '../events'
import type { BenchEvent } from '../events'
import { API_KEY, CONCURRENCY, sendInLoop } from './bare-loop'

const BATCH_SIZE = 100

/** How the events of files are sent, and to which base URL of an ingest API. */
export interface Row {
  how: 'onEvent' | 'onBatch' | 'deliver' | 'deliver --batch'
  paths: string[]
  url: string
}

/** What a process needed for a run. */
export interface Usage {
  seconds: number
  /** Resident memory at its peak. */
  megabytes: number
}

/** The process of a `Row`. Whatever it is asked, it sends all events once and responds with the `Usage`. */
export const ROW_PROCESS = __filename

/** The loops get the events that `deliver` reads, ready in memory. */
async function prepare({ how, paths, url }: Row): Promise<(run: number) => Promise<void>> {
  if (how === 'deliver' || how === 'deliver --batch') {
    const batchSize = how === 'deliver' ? undefined : BATCH_SIZE
    return (run) => deliver({ paths, url, batchSize, checkpoint: `${paths[0]}.${process.pid}.${run}.checkpoint` })
  }
  const texts = await Promise.all(paths.map((file) => readFile(file, 'utf8')))
  const events = texts.flatMap((text) => text.trimEnd().split('\n')).map((line) => JSON.parse(line) as BenchEvent)
  const items = how === 'onEvent' ? events : TYPES.flatMap((type) => inBatches(events.filter((e) => e.type === type)))
  return () => sendInLoop(url, items)
}

interface DeliveryRun extends Pick<Row, 'paths' | 'url'> {
  batchSize?: number
  /** A file that does not exist yet. */
  checkpoint: string
}

/**
 * Delivers files as the command `deliver` does, without printing.
 *
 * @throws if the run stopped, or an event was not delivered
 */
async function deliver({ paths, url, batchSize, checkpoint }: DeliveryRun): Promise<void> {
  const runtime = createRuntime({ definition: withBaseUrl(destination, url), settings: { apiKey: API_KEY } })
  const delivery = await Delivery.open({
    inputs: await findInputs(paths, () => Readable.from([])),
    runtime,
    keysOf: createKeysOf(runtime.mappings),
    concurrency: CONCURRENCY,
    retries: RETRIES,
    batchSize,
    checkpoint: { file: checkpoint, options: {} }
  })
  const { tally, stopReason } = await delivery.deliver()
  if (stopReason || tally.undelivered > 0) {
    throw new Error(`The delivery failed: ${JSON.stringify({ stopReason, counts: tally.counts })}`)
  }
}

function inBatches(events: BenchEvent[]): BenchEvent[][] {
  const starts = Array.from({ length: Math.ceil(events.length / BATCH_SIZE) }, (_, batch) => batch * BATCH_SIZE)
  return starts.map((start) => events.slice(start, start + BATCH_SIZE))
}

if (require.main === module) {
  void serveParent(async (row: Row) => {
    const run = await prepare(row)
    let runs = 0
    const respond = async (): Promise<Usage> => {
      const startedAt = performance.now()
      await run(runs++)
      return { seconds: (performance.now() - startedAt) / 1000, megabytes: process.resourceUsage().maxRSS / 1000 }
    }
    return { respond }
  })
}
