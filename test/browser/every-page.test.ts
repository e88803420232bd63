import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import { expect, test } from './console-test'
import { CALLS, outcomeOf, sendCalls } from './events'
import { everyPage } from './every-page'

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const WCAG = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }

test.describe('every page', () => {
  test.use({ ready: true, reducedMotion: 'reduce' })
  test.setTimeout(240_000)

  for (const [width, colorScheme, other] of [
    [1440, 'light', 'dark'],
    [360, 'dark', 'light']
  ] as const) {
    test(`meets WCAG 2.2 AA in both themes at ${width} pixels, and fits every screen`, async ({ page, console }) => {
      await sendCalls(console.origin, CALLS)
      await outcomeOf(console.origin, 'strange-track')
      const session = await page.context().newCDPSession(page)
      for (const [name, path] of Object.entries(await everyPage(console))) {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 900 })
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.getByText('Loading')).toHaveCount(0)
        // Evaluated by the debugger, because the content security policy allows no other script.
        await session.send('Runtime.evaluate', { expression: AXE })
        expect.soft(await violations(page, WCAG), `${name}, ${colorScheme}`).toEqual([])
        // Themes differ in their colours only.
        await page.emulateMedia({ colorScheme: other })
        expect.soft(await violations(page, COLOURS), `${name}, ${other}`).toEqual([])
        for (const screen of [360, 768, 1280, 1600]) {
          await page.setViewportSize({ width: screen, height: 900 })
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
          expect.soft(overflow, `${name} is wider than ${screen} pixels`).toBeLessThanOrEqual(0)
        }
      }
    })
  }
})

async function violations(page: Page, runOnly: { type: string; values: string[] }): Promise<string[]> {
  const results = await page.evaluate(
    (options) =>
      (window as unknown as { axe: { run(on: Document, options: object): Promise<AxeResults> } }).axe.run(
        document,
        options
      ),
    { runOnly, resultTypes: ['violations'] }
  )
  return results.violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.html).join('\n')}`)
}
