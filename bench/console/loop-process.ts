import { listenOnLoopback } from '../../src/loopback/listen'
import { buildSandbox } from '../../src/sandbox/build'
import { Workspace } from '../../src/sandbox/workspace/workspace'
import { startChild } from '../child'
import { sendEvents } from '../delivery/bare-loop'
import { API_KEY } from '../delivery/run-delivery'
import { historyEvent } from '../delivery/write-events'

/** A sandbox and a bare loop of `onEvent` in one other process: what the console can't do without. */
export interface LoopProcess {
  deliver(events: number): Promise<void>
  close(): void
}

/** As many records as the console keeps. */
const KEEP = 10_000

export async function startLoop(): Promise<LoopProcess> {
  const [child] = await startChild(__filename)
  return {
    deliver: (events) => child.ask(events),
    close: () => child.close()
  }
}

async function listen(): Promise<void> {
  const workspace = new Workspace(KEEP)
  workspace.connectors.add({ name: 'Sandbox', apiKey: API_KEY })
  const received = new Set<string | undefined>()
  workspace.onChange(({ messageId }) => received.add(messageId))
  const app = buildSandbox({ workspace })
  const origin = await listenOnLoopback(app, 0)
  let sent = 0

  async function deliver(count: number): Promise<void> {
    received.clear()
    await sendEvents(
      `${origin}/v1`,
      Array.from({ length: count }, (_, index) => historyEvent(sent + index))
    )
    sent += count
    if (received.size !== count) {
      throw new Error(`bare loop: ${received.size} of ${count} events arrived`)
    }
    process.send?.('done')
  }

  process.on('message', (count: number) => void deliver(count))
  process.on('disconnect', () => void app.close())
  process.send?.('ready')
}

if (require.main === module) {
  void listen()
}
