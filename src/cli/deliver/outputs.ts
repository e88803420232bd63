import { realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { fileId } from '../../delivery/inputs/find-inputs'
import type { Input } from '../../delivery/inputs/find-inputs'
import type { OutputFile } from '../../delivery/output-files'
import { UsageError } from '../terminal'

/** @throws UsageError if a name is empty, or if two outputs are one file, however it is named */
export async function checkOutputs(outputs: OutputFile[]): Promise<void> {
  const seen = new Map<string, OutputFile>()
  for (const output of outputs) {
    const { file, option } = output
    if (file === '') {
      throw new UsageError(`The name of the file for ${option} is empty.`)
    }
    const place = path.join(await realFolder(path.dirname(file)), path.basename(file))
    const other = seen.get(place)
    if (other) {
      throw new UsageError(
        output.isNamed
          ? `${other.option} and ${option} name the same file: ${file}.`
          : `${other.option} names ${other.file}, which ${option} writes too. Name another file.`
      )
    }
    seen.set(place, output)
  }
}

/**
 * Leaves out files of folders that the run itself writes.
 *
 * @param named the paths that the command reads
 * @returns the other inputs, and the names of those that were left out
 * @throws UsageError if the command names a file that it also writes
 */
export async function withoutOutputs(
  found: Input[],
  outputs: OutputFile[],
  named: (string | undefined)[]
): Promise<{ inputs: Input[]; leftOut: string[] }> {
  const written = new Map<string, OutputFile>()
  for (const output of outputs) {
    const id = await idOf(output.file)
    if (id) {
      written.set(id, output)
    }
  }
  for (const name of named) {
    const id = name === undefined || name === '-' ? undefined : await idOf(name)
    const output = id && written.get(id)
    if (output) {
      throw new UsageError(`The command reads ${name}, and ${output.option} writes it. Name another file.`)
    }
  }
  const isWritten = ({ stored }: Input) => stored !== undefined && 'ino' in stored && written.has(fileId(stored))
  const inputs = found.filter((input) => !isWritten(input))
  const leftOut = found.filter(isWritten).map(({ name }) => name)
  if (inputs.length === 0) {
    throw new UsageError(`The run writes all files that it finds: ${leftOut.join(', ')}.`)
  }
  return { inputs, leftOut }
}

async function idOf(file: string): Promise<string | undefined> {
  return stat(file).then(fileId, () => undefined)
}

async function realFolder(folder: string): Promise<string> {
  return realpath(folder).catch(() => path.resolve(folder))
}
