import type { Page } from '@playwright/test'
import { expect, test } from './console-test'
import { outcomeOf, sendCalls } from './events'

test.describe('nothing jumps', () => {
  for (const ready of [false, true]) {
    test.describe(ready ? 'with the guide done' : 'with the guide to do', () => {
      test.use({ ready })

      test('while a page loads for the first time', async ({ page }) => {
        await watchShifts(page)
        const connectors = page.waitForResponse('**/api/connectors')
        await page.route('**/api/guide', async (route) => {
          await connectors
          await route.continue()
        })
        await page.goto('/connectors')
        await expect(page.getByRole('heading', { name: 'Connectors', level: 1 })).toBeVisible()
        await expect(page.getByRole('complementary', { name: 'Guide' })).toHaveCount(ready ? 0 : 1)
        expect(await shiftedElements(page)).toEqual([])
      })
    })
  }

  for (const width of [1440, 390]) {
    test(`while a toast is shown at ${width} pixels, which covers nothing and replaces the last one`, async ({
      page
    }) => {
      await page.setViewportSize({ width, height: 800 })
      await page.goto('/connections/sources/source-1/settings')
      for (const name of ['First name', 'Second name']) {
        await page.getByLabel('Source name').fill(name)
        await page.getByRole('button', { name: 'Save', exact: true }).click()
        await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
      }
      const toast = page.getByRole('status').filter({ hasText: 'Source saved.' })
      await expect(page.getByText('Source saved.')).toHaveCount(1)
      const { x, y, width: across, height } = (await toast.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
      const covered = await page.evaluate(
        ([left, top, right, bottom]) =>
          [...document.querySelectorAll('main *, aside *, nav a, nav button')].filter((element) => {
            const box = element.getBoundingClientRect()
            return box.width > 0 && box.left < right && box.right > left && box.top < bottom && box.bottom > top
          }).length,
        [x, y, x + across, y + height]
      )
      expect(across).toBeGreaterThan(0)
      expect(covered).toBe(0)
    })
  }

  test.describe('on the Delivery page', () => {
    test.use({ ready: true })

    test('while reasons gain events, samples and company', async ({ page, console }) => {
      const send = async (messageId: string, call: object) => {
        await sendCalls(console.origin, [{ userId: 'userId123', messageId, ...call }])
        await outcomeOf(console.origin, messageId)
      }
      const filtered = { type: 'track', event: 'Secret', integrations: { All: false } }
      await send('page-1', { type: 'page', name: 'Pricing' })
      await send('page-2', { type: 'page', name: 'Pricing' })
      await send('filtered-1', filtered)
      await page.goto('/delivery')
      const rows = page.getByRole('table', { name: 'Reasons' }).getByRole('row')
      await expect(rows).toHaveText([/^Outcome/, /Not subscribed.*Pricing/, /Filtered.*Secret/])
      const top = async () => (await rows.nth(2).boundingBox())?.y
      const before = await top()

      await send('page-3', { type: 'page', name: 'Pricing' })
      for (const messageId of ['filtered-2', 'filtered-3', 'filtered-4']) {
        await send(messageId, filtered)
      }
      await send('screen', { type: 'screen', name: 'Home' })
      await expect(rows.nth(2).getByRole('link', { name: 'Secret' })).toHaveCount(3)
      await expect(rows).toHaveText([/^Outcome/, /Not subscribed/, /Filtered/, /Not subscribed.*Home/])
      await expect(rows.nth(1).getByRole('link', { name: 'Pricing' })).toHaveCount(3)
      expect(await top()).toBe(before)
    })
  })

  test.describe('in a list that a reader looks at', () => {
    test.use({ ready: true })

    const send = async (origin: string, event: string) => {
      await sendCalls(origin, [{ type: 'track', messageId: event, userId: 'userId123', event }])
      await outcomeOf(origin, event)
    }

    test('while the mouse is on a row, and the list catches up once it leaves', async ({ page, console }) => {
      await send(console.origin, 'Old')
      await page.goto('/debugger')
      const row = page.getByRole('link', { name: 'Old' })
      await expect(row).toContainText('Delivered')
      await row.hover()
      const before = await row.boundingBox()
      await send(console.origin, 'New')
      await expect(page.getByRole('button', { name: 'Show 1 new message' })).toBeVisible()
      expect(await row.boundingBox()).toEqual(before)

      await page.mouse.move(0, 0)
      await expect(page.getByRole('link', { name: 'New' })).toBeVisible()
      await expect(page.getByRole('button', { name: 'Show 1 new message' })).toHaveCount(0)
    })

    test('while the keyboard is on a row', async ({ page, console }) => {
      await send(console.origin, 'Old')
      await page.goto('/debugger')
      const row = page.getByRole('link', { name: 'Old' })
      await row.focus()
      await send(console.origin, 'New')
      await expect(page.getByRole('button', { name: 'Show 1 new message' })).toBeVisible()
      await expect(page.getByRole('link', { name: 'New' })).toHaveCount(0)
    })
  })
})

/** Notes every element that moves without an action of the user, from the next load on. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifted: string[] = []
    Object.assign(window, { shifted })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { sources = [] } = entry as PerformanceEntry & { sources?: { node?: Element }[] }
        shifted.push(...sources.map(({ node }) => `${node?.nodeName ?? ''} ${node?.className ?? ''}`))
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

async function shiftedElements(page: Page): Promise<string[]> {
  // Entries come with the frame after the shift.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  return page.evaluate(() => (window as unknown as { shifted: string[] }).shifted)
}
