import type { Locator } from '@playwright/test'
import { expect, test } from './console-test'
import { CALLS, outcomeOf, sendCalls, setFaults } from './events'

test.describe('a live list', () => {
  test.use({ ready: true })

  const calls = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({ type: 'track', userId: 'userId123', event: `${name} ${index}` }))

  test('stays in place while its reader is down in it, and says that there is more', async ({ page, console }) => {
    await sendCalls(console.origin, calls('Old', 100))
    await page.goto('/debugger')
    await expect(page.getByText('100 messages')).toBeVisible()
    const row = page.getByRole('link', { name: 'Old 50' })
    await page.mouse.wheel(0, 1_700)
    await expect(row).toBeInViewport()
    const before = await row.boundingBox()

    await sendCalls(console.origin, calls('New', 30))
    await expect(page.getByRole('button', { name: 'Show new messages' })).toBeInViewport()
    expect(await row.boundingBox()).toEqual(before)

    await page.getByRole('button', { name: 'Show new messages' }).click()
    await expect(page.getByRole('link', { name: 'New 29' })).toBeInViewport()
    await expect(page.getByText('130 messages')).toBeVisible()
  })

  test('shows a message beside it, by the arrow keys, until Escape', async ({ page, console }) => {
    await sendCalls(console.origin, calls('Old', 3))
    await page.goto('/debugger?search=Old')
    const row = page.getByRole('list', { name: 'Messages' }).getByRole('link')
    const beside = page.getByRole('region', { name: 'Message', exact: true })
    const title = (name: string) => beside.getByRole('heading', { name, exact: true, level: 2 })
    await expect(row.filter({ hasText: 'Old 2' })).toContainText('Delivered')
    await page.keyboard.press('ArrowDown')
    await expect(title('Old 2')).toBeVisible()
    await expect(row.filter({ hasText: 'Old 2' })).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(title('Old 1')).toBeVisible()
    await beside.getByRole('button', { name: 'Next message' }).click()
    await expect(title('Old 0')).toBeVisible()
    await expect(beside.getByRole('button', { name: 'Next message' })).toBeDisabled()
    await page.keyboard.press('ArrowUp')
    await expect(title('Old 1')).toBeVisible()
    const [list, message] = await Promise.all([
      page.getByRole('list', { name: 'Messages' }).boundingBox(),
      beside.boundingBox()
    ])
    expect(list && message && list.x + list.width <= message.x).toBe(true)

    await page.reload()
    await expect(title('Old 1')).toBeVisible()
    await page.setViewportSize({ width: 800, height: 900 })
    await expect(page.getByRole('heading', { name: 'Old 1', level: 1 })).toBeVisible()
    await expect(page).toHaveURL(/\/messages\/2$/)

    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto('/debugger?search=Old&message=2')
    await expect(title('Old 1')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(beside).toHaveCount(0)
    await expect(row.filter({ hasText: 'Old 1' })).toBeFocused()
    await expect(page).toHaveURL(/\/debugger\?search=Old$/)
  })

  test('is cleared on demand', async ({ page, console }) => {
    await sendCalls(console.origin, calls('Old', 3))
    await page.goto('/debugger')
    await page.getByRole('link', { name: 'Old 1' }).click()
    await page.getByRole('button', { name: 'Clear' }).click()
    await expect(page.getByText('No messages yet')).toBeVisible()
    await expect(page.getByRole('region', { name: 'Message', exact: true })).toHaveCount(0)
  })

  test('counts what its filter leaves, whether or not it is loaded', async ({ page, console }) => {
    await sendCalls(console.origin, [...calls('Kept', 120), ...calls('Other', 5)])
    await page.goto('/debugger?search=Kept')
    await expect(page.getByText('120 of 125 messages')).toBeVisible()
  })

  test('shows the messages of a tile of the Delivery page', async ({ page, console }) => {
    await sendCalls(console.origin, CALLS)
    await outcomeOf(console.origin, 'strange-track')
    await page.goto('/delivery')
    await page.getByRole('link', { name: 'Not subscribed: 1' }).click()
    const rows = page.getByRole('list', { name: 'Messages' }).getByRole('listitem')
    await expect(rows).toHaveText([/Not subscribed.*Pricing/])
    await expect(page.getByRole('combobox', { name: 'Destination' })).toHaveValue('destination-1')
    await page.getByRole('combobox', { name: 'Destination' }).selectOption({ label: 'All destinations' })
    await expect(page).toHaveURL(/debugger\?outcome=not(\+|%20)subscribed$/)
  })

  test('gives an outcome the colour that it has in the chart', async ({ page, console }) => {
    await setFaults(console.origin, ['status=503'])
    await sendCalls(console.origin, calls('Lost', 1))
    await page.goto('/delivery')
    // Waiting events fail once their destination is disabled.
    await page.request.patch('/api/destinations/destination-1', { data: { isEnabled: false } })
    const colourOf = (within: Locator) =>
      within
        .getByText('Failed', { exact: true })
        .locator('span')
        .evaluate((dot) => getComputedStyle(dot).backgroundColor)
    expect(await colourOf(page.getByRole('table', { name: 'Reasons' }))).toBe(await colourOf(page.getByRole('figure')))
  })

  test('holds still while it is paused', async ({ page, console }) => {
    await sendCalls(console.origin, calls('Old', 1))
    await page.goto('/debugger')
    await expect(page.getByRole('link', { name: 'Old 0' })).toBeVisible()
    await page.getByRole('button', { name: 'Pause' }).click()
    await sendCalls(console.origin, calls('New', 1))
    await expect(page.getByRole('button', { name: 'Show new messages' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'New 0' })).toHaveCount(0)
    await page.getByRole('button', { name: 'Show new messages' }).click()
    await expect(page.getByRole('link', { name: 'New 0' })).toBeVisible()
  })
})
