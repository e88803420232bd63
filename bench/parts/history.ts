import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runInChild } from '../child'
import type { DeliveryRun, Usage } from '../delivery/run-delivery'
import { checkReceived, startReceiver } from '../delivery/receiver-process'
import type { ReceiverProcess } from '../delivery/receiver-process'
import { writeEvents } from '../delivery/write-events'
import { atMost } from '../figure'
import type { Figure } from '../figure'
import type { PartResult } from '../part'

const FEW = 100_000
const MANY = 10 * FEW

/** Peak memory and time of `deliver --batch`, each in a new process. It takes minutes, so it is measured once. */
export async function measure(): Promise<PartResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-history-'))
  const receiver = await startReceiver()
  try {
    const paths: string[] = []
    for (let first = 0; first < MANY; first += FEW) {
      const file = path.join(folder, `${first}.ndjson`)
      await writeEvents(file, first, FEW)
      paths.push(file)
    }
    const few = await run(receiver, paths.slice(0, 1), FEW)
    const many = await run(receiver, paths, MANY)
    return {
      tables: [
        {
          title: 'History',
          head: ['deliver --batch', 'Seconds', 'Peak memory'],
          rows: [rowOf(FEW, few), rowOf(MANY, many)]
        }
      ],
      figures: figuresOf(few, many)
    }
  } finally {
    receiver.close()
    await rm(folder, { recursive: true })
  }
}

export function figuresOf(few: Usage, many: Usage): Figure[] {
  return [
    atMost(1.1, 'peak memory at 1,000,000 events ÷ at 100,000', many.megabytes / few.megabytes),
    { ...atMost(350, 'peak memory at 1,000,000 events', many.megabytes), unit: 'MB' },
    atMost(1.1, 'time for 1,000,000 events ÷ ten times that for 100,000', many.seconds / few.seconds / (MANY / FEW))
  ]
}

async function run(receiver: ReceiverProcess, paths: string[], events: number): Promise<Usage> {
  await receiver.restart({})
  const run: DeliveryRun = { paths, url: receiver.url, batchSize: 100, checkpoint: `${paths[0]}.${events}.checkpoint` }
  const usage = await runInChild<Usage>(path.join(__dirname, '../delivery/run-delivery'), JSON.stringify(run))
  checkReceived(await receiver.restart({}), events, 'deliver --batch')
  return usage
}

function rowOf(events: number, { seconds, megabytes }: Usage): string[] {
  return [`${events.toLocaleString('en-US')} events`, seconds.toFixed(1), `${Math.round(megabytes)} MB`]
}
