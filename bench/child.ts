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
    throw new Error(`${nameOf(module, args)} failed: see above.`)
  }
  return result
}

/** A module of the benchmark that stays in a process of its own. It responds to each message with one message. */
export interface Child {
  /** @throws if the process ends instead */
  ask<Response>(message: string | number | object): Promise<Response>
  close(): void
}

/** Starts such a module. @returns the process, and the message that the module sends when it is ready */
export async function startChild<Ready>(module: string, ...args: string[]): Promise<[child: Child, ready: Ready]> {
  const child = fork(module, args)
  const ended = new AbortController()
  child.once('exit', () => ended.abort(new Error(`${nameOf(module, args)} failed: see above.`)))
  const next = async <Message>() => {
    const [message] = (await once(child, 'message', { signal: ended.signal })) as [Message]
    return message
  }
  const ready = await next<Ready>()
  return [
    {
      ask(message) {
        child.send(message)
        return next()
      },
      close: () => child.disconnect()
    },
    ready
  ]
}

function nameOf(module: string, args: string[]): string {
  return [path.basename(module, '.js'), ...args].join(' ')
}

/** Sends the result to the process that waits for it in `runInChild`, and lets this one end. */
export function sendResult(result: object): void {
  process.send?.(result, () => process.disconnect())
}
