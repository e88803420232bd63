import { once } from 'node:events'
import { createReadStream, fstatSync } from 'node:fs'
import { Socket } from 'node:net'
import { Writable } from 'node:stream'
import type { Readable } from 'node:stream'
import { isatty, ReadStream } from 'node:tty'
import { parentPort, Worker, workerData } from 'node:worker_threads'
import type { MessagePort, ResourceLimits } from 'node:worker_threads'
import type { Streams } from './terminal'

type OutputName = 'stdout' | 'stderr'

/** What a thread does not see of the outputs of its process. */
type Screens = Record<OutputName, Pick<Streams['stdout'], 'isTTY' | 'columns'>>

/** From a thread: text to write, or the wish to get a message as soon as the user wants it to stop. */
type Request = { to: OutputName; text: string } | 'untilStopped'

/**
 * Runs a module in a thread, whose heap can have limits of its own.
 *
 * @param module its path. It gets `args` in `process.argv`, and the terminal from `terminalOfThread`.
 * @returns the exit code of the thread
 * @throws what the thread did not catch
 */
export async function runInThread(
  module: string,
  args: string[],
  resourceLimits: ResourceLimits,
  { stdout, stderr, untilStopped }: Streams
): Promise<number> {
  const outputs = { stdout, stderr }
  const screens: Screens = { stdout: screenOf(stdout), stderr: screenOf(stderr) }
  const thread = new Worker(module, {
    argv: args,
    resourceLimits,
    workerData: screens,
    // Otherwise Node closes the files that are open at the end. It does not notice that a socket has closed one, and warns.
    trackUnmanagedFds: false
  })
  let nextStop: Promise<unknown> | undefined
  thread.on('message', (request: Request) => {
    if (request === 'untilStopped') {
      nextStop ??= untilStopped()
      void nextStop.then(() => {
        // Now, because the user may be faster than the thread's next request.
        nextStop = untilStopped()
        thread.postMessage('stopped')
      })
    } else {
      outputs[request.to].write(request.text)
    }
  })
  const [exitCode] = (await once(thread, 'exit')) as [number]
  return exitCode
}

function screenOf({ isTTY, columns }: Streams['stdout']): Screens[OutputName] {
  return { isTTY, columns }
}

/** The terminal of the process, in a thread of `runInThread`. */
export function terminalOfThread(): Streams {
  const parent = parentPort as MessagePort
  const ask = (request: Request) => parent.postMessage(request)
  const screens = workerData as Screens
  const output = (to: OutputName) =>
    Object.assign(
      createOutput((text) => ask({ to, text })),
      screens[to]
    )
  return {
    get stdin() {
      return openStdin()
    },
    stdout: output('stdout'),
    stderr: output('stderr'),
    async untilStopped() {
      ask('untilStopped')
      const message = once(parent, 'message')
      // The thread may end before.
      parent.unref()
      await message
    },
    exit: (exitCode) => process.exit(exitCode)
  }
}

/** One port carries both outputs, so that their texts keep their order. A thread's own outputs don't keep it. */
function createOutput(send: (text: string) => void): Writable {
  return new Writable({
    decodeStrings: false,
    write(text: string | Buffer, _encoding, done) {
      send(text.toString())
      done()
    }
  })
}

/**
 * As Node makes `process.stdin`, which in a thread learns of no errors. From then on it is read, and the thread goes on until
 * it ends or is destroyed.
 */
function openStdin(): Readable {
  if (isatty(0)) {
    return new ReadStream(0)
  }
  const stats = fstatSync(0)
  return stats.isFIFO() || stats.isSocket()
    ? new Socket({ fd: 0, readable: true, writable: false })
    : createReadStream('', { fd: 0, autoClose: false })
}
