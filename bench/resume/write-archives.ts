import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { once } from 'node:events'
import path from 'node:path'
import { finished } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { dataOf } from '../events'
import { historyEvent } from '../delivery/write-events'

const FILES = 20
const FILES_PER_DAY = 2
const FIRST_DAY = Date.UTC(2026, 0, 1)
const DAY = 24 * 60 * 60 * 1000

/**
 * Writes a history as Segment's AWS S3 destination does: `segment-logs/<source>/<received day>/<name>.gz`. Every event
 * changes a trait, so that the last state of a User or Account shows the order in which events arrived.
 *
 * @returns the folder `segment-logs`
 */
export async function writeArchives(folder: string, events: number): Promise<string> {
  const logs = path.join(folder, 'segment-logs')
  for (let file = 0; file < FILES; file++) {
    const day = FIRST_DAY + Math.floor(file / FILES_PER_DAY) * DAY
    const source = path.join(logs, 'fake-source', String(day))
    await mkdir(source, { recursive: true })
    const first = Math.floor((file * events) / FILES)
    await writeArchive(path.join(source, `${day + file}.gz`), first, Math.floor(((file + 1) * events) / FILES))
  }
  return logs
}

async function writeArchive(file: string, first: number, end: number): Promise<void> {
  const gzip = createGzip({ level: 1 })
  const written = finished(gzip.pipe(createWriteStream(file)))
  for (let number = first; number < end; number++) {
    const event = historyEvent(number)
    Object.assign(dataOf(event), { sequence: number })
    if (!gzip.write(`${JSON.stringify(event)}\n`)) {
      await once(gzip, 'drain')
    }
  }
  gzip.end()
  await written
}
