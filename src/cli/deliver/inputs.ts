import { constants, createReadStream } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { addAbortSignal } from 'node:stream'
import type { Readable } from 'node:stream'
import { readEvents } from '../../runtime/read-events'
import { run } from '../../runtime/run'
import type { EventFate } from '../../runtime/run'
import type { Runtime } from '../../runtime/runtime'
import { UsageError } from '../terminal'

/** A file of events, or standard input. */
export interface Input {
  name: string
  /** Bytes; undefined for standard input. */
  size?: number
  open: () => Readable & { bytesRead?: number }
}

const PROBLEMS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read by you',
  EISDIR: 'it is a folder'
}

/**
 * Looks at every file before the first is read, so that nothing is delivered where one is missing.
 *
 * @param files paths; `-` stands for standard input
 * @throws UsageError that names the file that cannot be read, and why
 */
export async function findInputs(files: string[], stdin: Readable): Promise<Input[]> {
  if (files.filter((file) => file === '-').length > 1) {
    throw new UsageError('Standard input (-) can be read only once.')
  }
  return Promise.all(files.map((file) => findInput(file, stdin)))
}

/** Bytes of all inputs; undefined where one of them is standard input. */
export function totalSize(inputs: Input[]): number | undefined {
  return inputs.reduce<number | undefined>(
    (sum, { size }) => (sum === undefined || size === undefined ? undefined : sum + size),
    0
  )
}

/** What became of an event, and where it stands. */
export interface InputFate {
  file: string
  /** The file and the line in it, or the item of an array. */
  place: string
  fate: EventFate
  /** How many bytes of all inputs have been read by then. */
  bytes: number
}

/**
 * Delivers all events of one input after the other. Where one breaks off in the middle, that is a failed event in the
 * place of what follows.
 *
 * @param onRetry called the first time that an event has to be tried again
 * @param stop ends the reading, even while it waits for input; the event that is being delivered still comes
 */
export async function* runInputs(
  inputs: Input[],
  runtime: Pick<Runtime, 'deliver'>,
  onRetry: (place: string, reason: string) => void,
  stop: AbortSignal
): AsyncGenerator<InputFate> {
  let bytesBefore = 0
  for (const { name: file, size = 0, open } of inputs) {
    const stream = addAbortSignal(stop, open())
    const placeOf = ({ unit, line }: Pick<EventFate, 'unit' | 'line'>) => `${file}, ${unit} ${line}`
    let line = 0
    try {
      for await (const fate of run(readEvents(stream), runtime, (event, reason) => onRetry(placeOf(event), reason))) {
        line = fate.line
        yield { file, place: placeOf(fate), fate, bytes: bytesBefore + (stream.bytesRead ?? 0) }
      }
    } catch (error) {
      if (stop.aborted) {
        return
      }
      const reason = `Reading stopped here: ${(error as Error).message}.`
      const fate: EventFate = { unit: 'line', line: line + 1, raw: '', outcome: 'failed', reason }
      yield { file, place: placeOf(fate), fate, bytes: bytesBefore }
    }
    bytesBefore += size
  }
}

async function findInput(file: string, stdin: Readable): Promise<Input> {
  return file === '-' ? { name: 'standard input', open: () => stdin } : findFile(file)
}

async function findFile(file: string): Promise<Input> {
  try {
    const stats = await stat(file)
    if (stats.isDirectory()) {
      throw Object.assign(new Error(), { code: 'EISDIR' })
    }
    await access(file, constants.R_OK)
    return { name: file, size: stats.size, open: () => createReadStream(file) }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw new UsageError(`Cannot read ${file}: ${PROBLEMS[code] ?? code}.`)
  }
}
