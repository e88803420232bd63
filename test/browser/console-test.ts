import { test as base, expect } from '@playwright/test'
import type { BrowserContext } from '@playwright/test'
import { startConsole } from './start-console'
import type { RunningConsole } from './start-console'

export { expect }

interface Fixtures {
  /** A console of its own for each test, which forgets everything at the end. */
  console: RunningConsole
  /** Whether the guide's steps are done from the start, as with `--ready`. */
  ready: boolean
  /** What the page may do although a test watches, such as losing the server. Default: nothing. */
  expectedProblem: RegExp
}

/** Every test fails on an error in the browser's console, a failed request, or a request to another host. */
export const test = base.extend<Fixtures>({
  ready: [false, { option: true }],
  expectedProblem: [/(?!)/, { option: true }],
  console: async ({ ready }, use) => {
    const running = await startConsole({ ready })
    await use(running)
    await running.stop()
  },
  baseURL: async ({ console }, use) => use(console.origin),
  context: async ({ context, console, expectedProblem }, use) => {
    const problems = watch(context, console.origin)
    await use(context)
    expect(problems.filter((problem) => !expectedProblem.test(problem))).toEqual([])
  }
})

/** Watches every tab. */
function watch(context: BrowserContext, origin: string): string[] {
  const problems: string[] = []
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      problems.push(`console: ${message.text()}`)
    }
  })
  context.on('weberror', (webError) => problems.push(`page: ${webError.error().message}`))
  context.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(`${origin}/`)) {
      problems.push(`other host: ${request.url()}`)
    }
  })
  context.on('response', (response) => {
    if (response.status() >= 400) {
      problems.push(`response ${response.status()}: ${response.url()}`)
    }
  })
  context.on('requestfailed', (request) => {
    // A page that is left, or a newer search, ends what runs.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') {
      problems.push(`request: ${request.url()} ${request.failure()?.errorText}`)
    }
  })
  return problems
}
