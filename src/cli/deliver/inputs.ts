import path from 'node:path'
import type { Readable } from 'node:stream'
import { findInputs } from '../../delivery/inputs/find-inputs'
import type { Input } from '../../delivery/inputs/find-inputs'
import { isObjectUrl } from '../../delivery/inputs/objects'
import type { Position } from '../../delivery/result'
import { openS3 } from '../s3'
import { UsageError } from '../terminal'
import type { DeliverOptions } from './options'
import { toStartError } from './stop'

/** @throws CommandError that names the path that can't be read, and why, or that is there twice */
export async function resolveInputs(paths: string[], openStdin: () => Readable): Promise<Input[]> {
  if (paths.filter((name) => name === '-').length > 1) {
    throw new UsageError('Standard input (-) can be read only once.')
  }
  paths.forEach(checkScheme)
  const inputs = await findInputs(paths, openStdin, () => openS3()).catch((error: unknown) => {
    throw toStartError(error)
  })
  if (inputs.length === 0) {
    throw new UsageError(`There are no ${paths.every(isObjectUrl) ? 'objects' : 'files'} in ${paths.join(' and ')}.`)
  }
  const seen = new Set<string>()
  // One path has nothing twice.
  for (const { name } of paths.length > 1 ? inputs : []) {
    if (seen.has(placeOf(name))) {
      throw new UsageError(`${name} is among the files twice, so its events would be delivered twice.`)
    }
    seen.add(placeOf(name))
  }
  return inputs
}

/** @throws UsageError if the file of `--from` is not among the inputs */
export function resolveFrom(from: DeliverOptions['from'], inputs: Input[]): Position | undefined {
  if (!from) {
    return undefined
  }
  const input = inputs.findIndex(({ name }) => placeOf(name) === placeOf(from.file))
  if (input === -1) {
    throw new UsageError(`--from names ${from.file}, which is not one of the files to deliver.`)
  }
  return { input, line: from.line }
}

/** Two keys of a bucket may be one path. */
function placeOf(name: string): string {
  return isObjectUrl(name) ? name : path.resolve(name)
}

/** @throws UsageError for the URL of a store that can't be read */
function checkScheme(name: string): void {
  const [, scheme] = /^([a-z][a-z\d+.-]*):\/\//i.exec(name) ?? []
  if (scheme === undefined || isObjectUrl(name)) {
    return
  }
  if (scheme === 'gs') {
    throw new UsageError(
      `gs:// can't be read, but Google's S3 interface can. Create an HMAC key, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to it and AWS_ENDPOINT_URL_S3 to https://storage.googleapis.com, and name ${name.replace('gs:', 's3:')}.`
    )
  }
  const example = scheme === 'az' ? ', for example with azcopy copy' : ''
  throw new UsageError(`${scheme}:// can't be read, only s3://. Download the files first${example}.`)
}
