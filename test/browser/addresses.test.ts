import { expect, test } from './console-test'
import { CALLS, outcomeOf, sendCalls } from './events'
import { everyPage } from './every-page'

test.describe('the address of every page', () => {
  test.use({ ready: true })
  test.setTimeout(120_000)

  test('leads to it directly, and survives a reload', async ({ page, console }) => {
    await sendCalls(console.origin, CALLS)
    await outcomeOf(console.origin, 'strange-track')
    const heading = page.getByRole('heading', { level: 1 })
    for (const [name, path] of Object.entries(await everyPage(console))) {
      await page.goto(path)
      await expect(heading).toBeVisible()
      const title = await heading.textContent()
      await page.reload()
      await expect.soft(heading, name).toHaveText(title ?? '')
      expect.soft(new URL(page.url()).pathname, name).toBe(new URL(path, console.origin).pathname)
      await expect.soft(page.getByText(/does not have this|does not exist/), name).toHaveCount(0)
    }
  })

  test('shows its tab whole on a phone, which has no room for all of them', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 844 })
    await page.goto('/connections/destinations/destination-1/test')
    await expect(page.getByRole('tab', { name: 'Event Tester' })).toBeInViewport({ ratio: 1 })
  })
})
