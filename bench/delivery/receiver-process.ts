import { listenOnLoopback } from '../../src/loopback/listen'
import { startChild } from '../child'
import { Receiver } from './receiver'
import type { Received, ReceiverOptions } from './receiver'

/** A receiver in another process. */
export interface ReceiverProcess {
  /** The base URL of its ingest API. */
  url: string
  /** Starts to count anew, with other options. Returns what arrived until now. */
  restart(options: ReceiverOptions): Promise<Received>
  close(): void
}

export async function startReceiver(): Promise<ReceiverProcess> {
  const [child, url] = await startChild<string>(__filename)
  return {
    url,
    restart: (options) => child.ask(options),
    close: () => child.close()
  }
}

/** @throws if an event is missing, or arrived twice */
export function checkReceived({ messages, distinct }: Received, events: number, name: string): void {
  if (messages !== events || distinct !== events) {
    throw new Error(`${name}: ${messages} messages (${distinct} different ones) arrived, not ${events}`)
  }
}

async function listen(): Promise<void> {
  const receiver = new Receiver()
  const origin = await listenOnLoopback(receiver.app, 0)
  process.on('message', (options: ReceiverOptions) => process.send?.(receiver.restart(options)))
  process.on('disconnect', () => void receiver.app.close())
  process.send?.(`${origin}/v1`)
}

if (require.main === module) {
  void listen()
}
