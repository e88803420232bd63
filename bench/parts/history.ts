import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { DeliveryRun, Usage } from '../delivery/run-delivery'
import { checkReceived, startReceiver } from '../delivery/receiver-process'
import type { ReceiverProcess } from '../delivery/receiver-process'
import { writeEvents } from '../delivery/write-events'
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
    {
      name: 'peak memory at 1,000,000 events ÷ at 100,000',
      threshold: { atMost: 1.1 },
      value: many.megabytes / few.megabytes,
      spread: 0
    },
    {
      name: 'peak memory at 1,000,000 events',
      threshold: { atMost: 350 },
      value: many.megabytes,
      spread: 0,
      unit: 'MB'
    },
    {
      name: 'time for 1,000,000 events ÷ ten times that for 100,000',
      threshold: { atMost: 1.1 },
      value: many.seconds / few.seconds / (MANY / FEW),
      spread: 0
    }
  ]
}

async function run(receiver: ReceiverProcess, paths: string[], events: number): Promise<Usage> {
  await receiver.restart({})
  const child = fork(path.join(__dirname, '../delivery/run-delivery'))
  const order: DeliveryRun = {
    paths,
    url: receiver.url,
    batchSize: 100,
    checkpoint: `${paths[0]}.${events}.checkpoint`
  }
  child.send(order)
  const [usage] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [Usage | number | null]
  if (usage === null || typeof usage === 'number') {
    throw new Error('The delivery failed: see above.')
  }
  checkReceived(await receiver.restart({}), events, 'deliver --batch')
  return usage
}

function rowOf(events: number, { seconds, megabytes }: Usage): string[] {
  return [`${events.toLocaleString('en-US')} events`, seconds.toFixed(1), `${Math.round(megabytes)} MB`]
}
