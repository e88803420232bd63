import { expect, test } from './console-test'
import { sendCalls } from './events'

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
