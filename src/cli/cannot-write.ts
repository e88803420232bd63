import { UsageError } from './terminal'

/** For `catch`: the file system refused to write a file, and the user should know which and why. */
export function cannotWrite(file: string) {
  return ({ code }: Pick<NodeJS.ErrnoException, 'code'>): never => {
    throw new UsageError(`Cannot write ${file}: ${code}.`)
  }
}
