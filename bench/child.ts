import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

/** A module of the benchmark in a process of its own: a garbage collector goes through all that its process holds. */
export interface Child<Result> {
  /**
   * Runs the module's work once.
   *
   * @throws if the process ends instead
   */
  run(): Promise<Result>
  close(): void
}

/** @param flags of V8 */
export async function startChild<Result>(
  module: string,
  args: unknown[],
  flags: string[] = []
): Promise<Child<Result>> {
  const child = fork(module, [JSON.stringify(args)], { execArgv: flags })
  const ended = new AbortController()
  child.once('exit', () => ended.abort(new Error(`${path.basename(module, '.js')} failed: see above.`)))
  const next = async () => {
    const [message] = (await once(child, 'message', { signal: ended.signal })) as [Result]
    return message
  }
  await next()
  return {
    run() {
      child.send('run')
      return next()
    },
    close() {
      if (child.connected) {
        child.disconnect()
      }
    }
  }
}

/** The other side of `startChild`. An error ends the process. */
export async function serveParent<Args extends unknown[]>(
  prepare: (...args: Args) => Promise<() => Promise<unknown>>
): Promise<void> {
  const run = await prepare(...(JSON.parse(process.argv[2]) as Args))
  process.on('message', () => void run().then((result) => process.send?.(result)))
  process.send?.('ready')
}
