import { open, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import { parseCheckpoint } from './checkpoint-format'
import type { Checkpoint } from './checkpoint-format'
import { findChange } from './input-identity'
import type { InputIdentity } from './input-identity'
import { InputList } from './input-list'
import { InputError } from './inputs/find-inputs'
import { WriteError } from './line-file'
import { draftOf, inputsBeside } from './output-files'
import { isAfter } from './result'
import type { Position } from './result'

/** A checkpoint can't be used. The message says why. */
export class CheckpointError extends Error {
  override readonly name: string = 'CheckpointError'
}

/** Another process uses the checkpoint. */
export class CheckpointInUseError extends CheckpointError {
  override readonly name = 'CheckpointInUseError'
}

/** What an earlier run has left. */
export interface Resumed {
  state: Checkpoint
  /** As they were. */
  inputs: InputIdentity[]
}

/**
 * @param onRead called now and then while inputs are read again, because their times have changed
 * @returns undefined if there is no such file
 * @throws InputError if the file can't be read
 * @throws CheckpointError if the file is not a checkpoint, was changed by hand, lacks its list of inputs, or belongs to other
 *   inputs or options
 */
export async function readCheckpoint(
  file: string,
  { inputs, options }: { inputs: InputIdentity[] } & Pick<Checkpoint, 'options'>,
  onRead: (bytes: number, totalBytes: number) => Promise<void>
): Promise<Resumed | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return undefined
    }
    throw new InputError(file, error)
  })
  if (text === undefined) {
    return undefined
  }
  const checkpoint = parseCheckpoint(text)
  if (!checkpoint) {
    throw new CheckpointError(`${file} is not a checkpoint of this version. Name another file.`)
  }
  if ('problem' in checkpoint) {
    throw new CheckpointError(
      `The checkpoint ${file} has been changed or is damaged: ${checkpoint.problem}. Restore it, or name another file to start anew.`
    )
  }
  const before = await InputList.read(inputsBeside(file), checkpoint.inputs)
  if (!before) {
    throw new CheckpointError(
      `The checkpoint ${file} needs its list of inputs, and ${inputsBeside(file)} is missing or has been changed. Restore it, or name another file to start anew.`
    )
  }
  const problem = findOtherOption(checkpoint.options, options) ?? (await findChange(before, inputs, onRead))
  if (problem) {
    throw new CheckpointError(
      `The checkpoint ${file} does not fit this run. ${problem} Repeat the first command, or name another file to start anew.`
    )
  }
  return { state: checkpoint, inputs: before }
}

/**
 * Replaces the file in one step, so that it is whole at any moment.
 *
 * @throws WriteError
 */
export async function writeCheckpoint(file: string, text: string): Promise<void> {
  const draft = draftOf(file)
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
export function settledBy({ readUpTo, unsettled }: Checkpoint): (position: Position) => boolean {
  const open = new Set(unsettled.map(keyOf))
  return (position) =>
    readUpTo !== undefined && !isAfter(position, readUpTo) && !open.has(keyOf([position.input, position.line]))
}

/** The first input that the checkpoint's run has not settled, as an index. */
export function firstUnsettled({ readUpTo, unsettled }: Checkpoint): number {
  return unsettled[0]?.[0] ?? readUpTo?.input ?? 0
}

function keyOf([input, line]: [number, number]): string {
  return `${input}:${line}`
}

function findOtherOption(before: Record<string, string>, now: Record<string, string>): string | undefined {
  const name = Object.keys({ ...before, ...now }).find((option) => before[option] !== now[option])
  return name && `It was written with ${describe(name, before[name])}, and this run has ${describe(name, now[name])}.`
}

function describe(name: string, value: string | undefined): string {
  return value === undefined ? `no ${name}` : `${name} ${value}`
}
