import path from 'node:path'
import { buildConsole } from '../../src/console/server/build'
import { listenOnLoopback } from '../../src/loopback/listen'

export interface RunningConsole {
  /** Such as `http://127.0.0.1:49152`. */
  origin: string
  stop(): Promise<void>
  /** Stops it and starts another one at the same port, which knows nothing of the first. */
  restart(): Promise<void>
}

const PAGES = path.resolve(__dirname, '../../dist/console/pages')
const ANALYTICS_JS = path.dirname(require.resolve('@segment/analytics-next/dist/umd/standalone.js'))

/** The console of `astrolabe-segment console`, with the pages of the last build, at a free port. */
export async function startConsole({ ready }: { ready: boolean }): Promise<RunningConsole> {
  const build = () =>
    buildConsole({ start: ready ? 'ready' : 'guide', pages: PAGES, analyticsJs: ANALYTICS_JS, version: 'test' })
  let app = build()
  const origin = await listenOnLoopback(app, 0)
  return {
    origin,
    stop: async () => void (await app.close()),
    restart: async () => {
      await app.close()
      app = build()
      await listenOnLoopback(app, Number(new URL(origin).port))
    }
  }
}
