import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

/**
 * Runs a module of the benchmark in a process of its own, so that it measures nothing else.
 *
 * @returns the message that the module sends with `sendResult`
 * @throws if it fails
 */
export async function runInChild<Result>(module: string, ...args: string[]): Promise<Result> {
  const child = fork(module, args)
  let result: Result | undefined
  child.on('message', (message) => (result = message as Result))
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0 || result === undefined) {
    throw new Error(`${[path.basename(module, '.js'), ...args].join(' ')} failed: see above.`)
  }
  return result
}

/** Sends the result to the process that waits for it in `runInChild`, and lets this one end. */
export function sendResult(result: object): void {
  process.send?.(result, () => process.disconnect())
}
