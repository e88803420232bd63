import { readFileSync } from 'node:fs'
import type { AxeResults } from 'axe-core'
import { expect, test } from './console-test'
import { CALLS, outcomeOf, sendCalls } from './events'
import { everyPage } from './every-page'

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

test.describe('every page', () => {
  test.use({ ready: true, reducedMotion: 'reduce' })
  test.setTimeout(240_000)

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1440, 360]) {
      test(`meets WCAG 2.2 AA and fits ${width} pixels in the ${colorScheme} theme`, async ({ page, console }) => {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 900 })
        await sendCalls(console.origin, CALLS)
        await outcomeOf(console.origin, 'strange-track')
        const session = await page.context().newCDPSession(page)
        for (const [name, path] of Object.entries(await everyPage(console))) {
          await page.goto(path)
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
          await expect(page.getByText('Loading')).toHaveCount(0)
          // Evaluated by the debugger, because the content security policy allows no other script.
          await session.send('Runtime.evaluate', { expression: AXE })
          const { violations } = await page.evaluate(
            (values) =>
              (window as unknown as { axe: { run(on: Document, options: object): Promise<AxeResults> } }).axe.run(
                document,
                { runOnly: { type: 'tag', values } }
              ),
            WCAG
          )
          const found = violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map((node) => node.html).join('\n')}`)
          expect.soft(found).toEqual([])
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
          expect.soft(overflow, `${name} is wider than the screen`).toBeLessThanOrEqual(0)
          if (process.env.PICTURES !== undefined) {
            await page.screenshot({ path: `${process.env.PICTURES}/${name}-${width}-${colorScheme}.png` })
          }
        }
      })
    }
  }
})
