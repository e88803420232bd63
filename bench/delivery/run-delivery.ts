import { Readable } from 'node:stream'
import { destination, withBaseUrl } from '../../src/catalog'
import { segmentKeys } from '../../src/cli/deliver/keys'
import { Delivery } from '../../src/delivery/delivery'
import { findInputs } from '../../src/delivery/inputs/find-inputs'
import { createRuntime } from '../../src/runtime'
import { sendResult } from '../child'

/** The command's default. */
export const CONCURRENCY = 64

export const API_KEY = 'fake-api-key'

export interface DeliveryRun {
  paths: string[]
  /** The base URL of the ingest API. */
  url: string
  batchSize?: number
  /** The file of a checkpoint, which must not exist yet. */
  checkpoint: string
}

/** What a process needed for a run. */
export interface Usage {
  seconds: number
  /** Resident memory at its peak. */
  megabytes: number
}

/**
 * Delivers files as the command `deliver` does, without printing.
 *
 * @throws if the run stopped, or an event was not delivered
 */
export async function runDelivery({ paths, url, batchSize, checkpoint }: DeliveryRun): Promise<void> {
  const runtime = createRuntime({ definition: withBaseUrl(destination, url), settings: { apiKey: API_KEY } })
  const delivery = await Delivery.open({
    inputs: await findInputs(paths, Readable.from([])),
    runtime,
    keysOf: segmentKeys(runtime),
    concurrency: CONCURRENCY,
    retries: 5,
    batchSize,
    checkpoint: { file: checkpoint, options: {} }
  })
  const { tally, stopReason } = await delivery.deliver()
  if (stopReason || tally.undelivered > 0) {
    throw new Error(`The delivery failed: ${JSON.stringify({ stopReason, counts: tally.counts })}`)
  }
}

async function runAndReport(run: DeliveryRun): Promise<void> {
  const startedAt = performance.now()
  await runDelivery(run)
  const seconds = (performance.now() - startedAt) / 1000
  const usage: Usage = { seconds, megabytes: process.resourceUsage().maxRSS / 1000 }
  sendResult(usage)
}

if (require.main === module) {
  void runAndReport(JSON.parse(process.argv[2]) as DeliveryRun)
}
