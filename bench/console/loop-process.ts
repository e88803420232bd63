import { listenOnLoopback } from '../../src/loopback/listen'
import { buildSandbox } from '../../src/sandbox/build'
import { Workspace } from '../../src/sandbox/workspace/workspace'
import { serveParent } from '../child'
import { API_KEY, sendInLoop } from '../delivery/bare-loop'
import { historyEvent } from '../history-events'

/** As many records as the console keeps. */
const KEEP = 10_000

/**
 * A sandbox and a bare loop of `onEvent` in one other process: what the console can't do without. Asked for a number of
 * events, it delivers as many.
 */
export const LOOP_PROCESS = __filename

if (require.main === module) {
  void serveParent(async () => {
    const workspace = new Workspace(KEEP)
    workspace.connectors.add({ name: 'Sandbox', apiKey: API_KEY })
    const received = new Set<string | undefined>()
    workspace.onChange(({ messageId }) => received.add(messageId))
    const app = buildSandbox({ workspace })
    const url = `${await listenOnLoopback(app, 0)}/v1`
    let sent = 0
    const respond = async (count: number) => {
      received.clear()
      const events = Array.from({ length: count }, () => historyEvent(sent++))
      await sendInLoop(url, events)
      if (received.size !== count) {
        throw new Error(`bare loop: ${received.size} of ${count} events arrived`)
      }
    }
    return { respond, close: () => app.close() }
  })
}
