import { open, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import type { InputIdentity } from './input-identity'
import { findChange } from './input-identity'
import { InputError } from './inputs/find-inputs'
import { WriteError } from './line-file'
import { isAfter } from './result'
import type { Position } from './result'
import type { SelectionCounts } from './selection'
import type { TallyState } from './tally'

/** The state of a run, as a file from which the run resumes. */
export interface Checkpoint {
  version: 1
  /** The options that decide which events are delivered and to which receiver, by name. A resumed run has the same. */
  options: Record<string, string>
  inputs: InputIdentity[]
  /** Everything up to here is settled. */
  settledUpTo?: Position
  /** Everything up to here is settled too, except `unsettled`. */
  readUpTo?: Position
  /** Events after `settledUpTo` that are not settled, as pairs of input and line. */
  unsettled: [number, number][]
  isFinished: boolean
  tally: TallyState
  selection: SelectionCounts
  /** Files that grow with the run, and their bytes that belong to settled events. */
  undelivered?: { file: string; bytes: number }
  report?: { file: string; bytes: number }
}

/** A checkpoint can't be used. The message says why. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError'
}

/**
 * @returns undefined if there is no such file
 * @throws InputError if the file can't be read
 * @throws CheckpointError if the file is not a checkpoint, or belongs to other inputs or options
 */
export async function readCheckpoint(
  file: string,
  { inputs, options }: Pick<Checkpoint, 'inputs' | 'options'>
): Promise<Checkpoint | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return undefined
    }
    throw new InputError(file, error)
  })
  if (text === undefined) {
    return undefined
  }
  const checkpoint = parse(text)
  if (!checkpoint) {
    throw new CheckpointError(`${file} is not a checkpoint of this version. Name another file.`)
  }
  const problem = findChange(checkpoint.inputs, inputs) ?? findOtherOption(checkpoint.options, options)
  if (problem) {
    throw new CheckpointError(
      `The checkpoint ${file} does not fit this run. ${problem} Repeat the first command, or name another file to start anew.`
    )
  }
  return checkpoint
}

/** @returns the text of the file */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  return JSON.stringify(checkpoint)
}

/**
 * Replaces the file in one step, so that it is whole at any moment.
 *
 * @throws WriteError
 */
export async function replaceFile(file: string, text: string): Promise<void> {
  const draft = `${file}.new`
  try {
    const handle = await open(draft, 'w', 0o600)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
    const folder = await open(path.dirname(file))
    await folder.sync().finally(() => folder.close())
  } catch (error) {
    throw new WriteError(file, error)
  }
}

/** Tells which positions a checkpoint's run has settled. */
export function settledBy({ settledUpTo, readUpTo, unsettled }: Checkpoint): (position: Position) => boolean {
  const open = new Set(unsettled.map(keyOf))
  return (position) =>
    readUpTo !== undefined &&
    !isAfter(position, readUpTo) &&
    (!(settledUpTo && isAfter(position, settledUpTo)) || !open.has(keyOf([position.input, position.line])))
}

function keyOf([input, line]: [number, number]): string {
  return `${input}:${line}`
}

function parse(text: string): Checkpoint | undefined {
  try {
    const value = JSON.parse(text) as Partial<Checkpoint> | null
    return value?.version === 1 && value.inputs && value.tally ? (value as Checkpoint) : undefined
  } catch {
    return undefined
  }
}

function findOtherOption(before: Record<string, string>, now: Record<string, string>): string | undefined {
  const name = Object.keys({ ...before, ...now }).find((option) => before[option] !== now[option])
  return name && `It was written with ${describe(name, before[name])}, and this run has ${describe(name, now[name])}.`
}

function describe(name: string, value: string | undefined): string {
  return value === undefined ? `no ${name}` : `${name} ${value}`
}
