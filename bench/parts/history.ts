import { checkReceived } from '../delivery/receiver'
import type { Usage } from '../delivery/row'
import { withReceiver } from '../delivery/with-receiver'
import type { Lab } from '../delivery/with-receiver'
import { atMost } from '../figure'
import type { Figure } from '../figure'
import { writeEvents } from '../history-events'
import type { PartResult } from '../part'

const FEW = 100_000
const MANY = 10 * FEW

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
    const head = ['deliver --batch', 'Seconds', 'Peak memory']
    return {
      tables: [{ title: 'History', head, rows: [rowOf(FEW, few), rowOf(MANY, many)] }],
      figures: figuresOf(few, many)
    }
  })
}

export function figuresOf(few: Usage, many: Usage): Figure[] {
  return [
    atMost(1.1, 'peak memory at 1,000,000 events ÷ at 100,000', many.megabytes / few.megabytes),
    { ...atMost(350, 'peak memory at 1,000,000 events', many.megabytes), unit: 'MB' },
    atMost(1.1, 'time for 1,000,000 events ÷ ten times that for 100,000', many.seconds / few.seconds / (MANY / FEW))
  ]
}

async function run({ receiver, start }: Lab, paths: string[], events: number): Promise<Usage> {
  const send = await start('deliver --batch', paths)
  receiver.restart()
  const usage = await send()
  checkReceived(receiver.restart(), events, 'deliver --batch')
  return usage
}

function rowOf(events: number, { seconds, megabytes }: Usage): string[] {
  return [`${events.toLocaleString('en-US')} events`, seconds.toFixed(1), `${Math.round(megabytes)} MB`]
}
