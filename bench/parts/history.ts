import { checkReceived } from '../delivery/receiver'
import type { Usage } from '../delivery/row'
import { withReceiver } from '../delivery/with-receiver'
import type { Lab } from '../delivery/with-receiver'
import { atMost } from '../figure'
import type { Figure } from '../figure'
import { writeEvents, writeFiles } from '../events'
import type { PartResult } from '../part'

const FEW = 100_000
const MANY = 10 * FEW
const FILES = 100_000

/** Peak memory and time of `deliver --batch`, each in a new process. It takes minutes, so it is measured once. */
export async function measure(): Promise<PartResult> {
  return withReceiver(async (lab) => {
    const paths: string[] = []
    for (let first = 0; first < MANY; first += FEW) {
      const file = lab.file(`${first}.ndjson`)
      await writeEvents(file, first, first + FEW)
      paths.push(file)
    }
    const few = await run(lab, paths.slice(0, 1), FEW)
    const many = await run(lab, paths, MANY)
    writeFiles(lab.file('files'), FILES)
    const files = await run(lab, [lab.file('files')], 2 * FILES)
    const head = ['deliver --batch', 'Seconds', 'To the first event', 'Peak memory']
    const rows = [
      rowOf('100,000 events', few),
      rowOf('1,000,000 events', many),
      rowOf('200,000 events in 100,000 files', files)
    ]
    return { tables: [{ title: 'History', head, rows }], figures: figuresOf(few, many, files) }
  })
}

export function figuresOf(few: Usage, many: Usage, files: Run): Figure[] {
  return [
    atMost(1.1, 'peak memory at 1,000,000 events ÷ at 100,000', many.megabytes / few.megabytes),
    { ...atMost(350, 'peak memory at 1,000,000 events', many.megabytes), unit: 'MB' },
    atMost(1.1, 'time for 1,000,000 events ÷ ten times that for 100,000', many.seconds / few.seconds / (MANY / FEW)),
    { ...atMost(350, 'peak memory at 100,000 files', files.megabytes), unit: 'MB' },
    { ...atMost(5, 'time to the first event of 100,000 files', files.first), unit: 's' }
  ]
}

/** With the seconds until the first event. */
type Run = Usage & { first: number }

async function run({ receiver, start }: Lab, paths: string[], events: number): Promise<Run> {
  const send = await start('deliver --batch', paths)
  receiver.restart()
  const usage = await send()
  const received = receiver.restart()
  checkReceived(received, events, 'deliver --batch')
  return { ...usage, first: received.first ?? Infinity }
}

function rowOf(name: string, { seconds, first, megabytes }: Run): string[] {
  return [name, seconds.toFixed(1), first.toFixed(1), `${Math.round(megabytes)} MB`]
}
