import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

/** A module of the benchmark in a process of its own: a garbage collector goes through all that its process holds. */
export interface Child<Ready> {
  /** What the module sent once it had started. */
  ready: Ready
  /**
   * Sends a message and returns the response.
   *
   * @throws if the process ends instead
   */
  ask<Response>(message: unknown): Promise<Response>
  close(): void
}

/** @param flags of V8 */
export async function startChild<Ready>(
  module: string,
  args: unknown[] = [],
  flags: string[] = []
): Promise<Child<Ready>> {
  const child = fork(module, [JSON.stringify(args)], { execArgv: flags })
  const ended = new AbortController()
  child.once('exit', () => ended.abort(new Error(`${path.basename(module, '.js')} failed: see above.`)))
  const next = async <Message>() => {
    const [message] = (await once(child, 'message', { signal: ended.signal })) as [Message]
    return message
  }
  return {
    ready: await next<Ready>(),
    ask(message) {
      child.send(message as object)
      return next()
    },
    close: () => child.disconnect()
  }
}

/** Runs a module that has nothing to respond to: what it sends is its result. */
export async function runInChild<Result>(module: string, ...args: unknown[]): Promise<Result> {
  const { ready, close } = await startChild<Result>(module, args)
  close()
  return ready
}

interface Service<Message> {
  ready?: unknown
  respond?(message: Message): unknown
  close?(): unknown
}

/** The other side of `startChild`, for a module that runs as a process of its own. An error ends the process. */
export async function serveParent<Args extends unknown[], Message>(
  start: (...args: Args) => Promise<Service<Message>>
): Promise<void> {
  const { ready = null, respond, close } = await start(...(JSON.parse(process.argv[2]) as Args))
  const reply = async (message: Message) => process.send?.((await respond?.(message)) ?? null)
  process.on('message', (message: Message) => void reply(message))
  process.on('disconnect', () => void close?.())
  process.send?.(ready)
}
