import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createKeysOf, destination, withBaseUrl } from '../../src/catalog'
import { Delivery } from '../../src/delivery/delivery'
import { findInputs } from '../../src/delivery/inputs/find-inputs'
import { createRuntime, RETRIES } from '../../src/runtime'
import { serveParent } from '../child'
import { TYPES } from '../events'
import type { BenchEvent } from '../events'
import { API_KEY, CONCURRENCY, sendInLoop } from '../sender'

const BATCH_SIZE = 100

/** How the events of files are sent: in a bare loop, or by the code of the command `deliver`. */
export type How = 'bare loop of onEvent' | 'bare loop of onBatch' | 'deliver' | 'deliver --batch'

/** What a process needed for a run. */
export interface Usage {
  seconds: number
  /** Resident memory at its peak. */
  megabytes: number
}

/** The process of a row, with how it sends the events of which files, and the base URL. Its work gives the `Usage`. */
export const ROW_PROCESS = __filename

/** The loops get the events that `deliver` reads, ready in memory. */
async function prepare(how: How, paths: string[], url: string): Promise<(run: number) => Promise<void>> {
  if (how === 'deliver' || how === 'deliver --batch') {
    const batchSize = how === 'deliver' ? undefined : BATCH_SIZE
    return (run) => deliver(paths, url, `${paths[0]}.${process.pid}.${run}.checkpoint`, batchSize)
  }
  const texts = await Promise.all(paths.map((file) => readFile(file, 'utf8')))
  const events = texts.flatMap((text) => text.trimEnd().split('\n')).map((line) => JSON.parse(line) as BenchEvent)
  if (how === 'bare loop of onEvent') {
    const single = inBatches(events, 1)
    return () => sendInLoop(url, 'single', single)
  }
  const batches = TYPES.flatMap((type) => inBatches(events.filter((event) => event.type === type)))
  return () => sendInLoop(url, 'batch', batches)
}

/**
 * Delivers files as the command `deliver` does, without printing.
 *
 * @param checkpoint a file that does not exist yet
 * @throws if the run stopped, or an event was not delivered
 */
async function deliver(paths: string[], url: string, checkpoint: string, batchSize?: number): Promise<void> {
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

function inBatches(events: BenchEvent[], size = BATCH_SIZE): BenchEvent[][] {
  const starts = Array.from({ length: Math.ceil(events.length / size) }, (_, batch) => batch * size)
  return starts.map((start) => events.slice(start, start + size))
}

if (require.main === module) {
  void serveParent(async (how: How, paths: string[], url: string) => {
    const send = await prepare(how, paths, url)
    let runs = 0
    return async (): Promise<Usage> => {
      const startedAt = performance.now()
      await send(runs++)
      return { seconds: (performance.now() - startedAt) / 1000, megabytes: process.resourceUsage().maxRSS / 1000 }
    }
  })
}
