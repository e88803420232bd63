import path from 'node:path'
import type { Readable } from 'node:stream'
import { findInputs, InputError } from '../../delivery/inputs/find-inputs'
import type { Input } from '../../delivery/inputs/find-inputs'
import type { Position } from '../../delivery/result'
import { describeSystemError, UsageError } from '../terminal'
import type { DeliverOptions } from './options'

/** @throws UsageError that names the path that can't be read, and why, or that is there twice */
export async function resolveInputs(paths: string[], openStdin: () => Readable): Promise<Input[]> {
  if (paths.filter((name) => name === '-').length > 1) {
    throw new UsageError('Standard input (-) can be read only once.')
  }
  const inputs = await findInputs(paths, openStdin).catch((error: unknown) => {
    throw error instanceof InputError
      ? new UsageError(`Cannot read ${error.input}: ${describeSystemError(error.cause)}.`, { cause: error })
      : error
  })
  if (inputs.length === 0) {
    throw new UsageError(`There are no files in ${paths.join(' and ')}.`)
  }
  const seen = new Set<string>()
  for (const { name } of inputs) {
    if (seen.has(path.resolve(name))) {
      throw new UsageError(`${name} is among the files twice, so its events would be delivered twice.`)
    }
    seen.add(path.resolve(name))
  }
  return inputs
}

/** @throws UsageError if the file of `--from` is not among the inputs */
export function resolveFrom(from: DeliverOptions['from'], inputs: Input[]): Position | undefined {
  if (!from) {
    return undefined
  }
  const input = inputs.findIndex(({ name }) => path.resolve(name) === path.resolve(from.file))
  if (input === -1) {
    throw new UsageError(`--from names ${from.file}, which is not one of the files to deliver.`)
  }
  return { input, line: from.line }
}
