import { expect, test } from './console-test'
import { sendCalls } from './events'

test.describe('an audience', () => {
  test.use({ ready: true })

  test('is joined by an event, and left once that is too long ago', async ({ page, console }) => {
    await sendCalls(console.origin, [{ type: 'track', userId: 'userId123', event: 'Order Completed' }])
    await page.goto('/engage')
    await page.getByRole('button', { name: 'New audience' }).click()
    for (const name of ['Größe: Käufer', 'Größe: Käufer'.normalize('NFD')]) {
      await page.getByLabel('Audience name').fill(name)
      await expect(page.getByText('Trait: größe_käufer')).toBeVisible()
    }
    await page.getByLabel('Audience name').fill('Order Completed Last 30days')
    await expect(page.getByText('Trait: order_completed_last_30days')).toBeVisible()
    await expect(page.locator('datalist option')).toHaveAttribute('value', 'Order Completed')
    await page.getByLabel('Event', { exact: true }).fill('Order Completed')
    await page.getByRole('button', { name: 'Create audience' }).click()
    await page.getByRole('button', { name: 'Sync now' }).click()
    await expect(page.getByText('Sent 1 call.', { exact: true })).toBeVisible()

    const syncs = page.getByRole('table', { name: 'Syncs' })
    await expect(syncs).toContainText('Joined: userId123')
    await syncs.getByRole('link', { name: 'Message 1' }).click()
    await expect(page.getByText('Delivered: Astrolabe created User userId123 with 1 trait')).toBeVisible()
    await page.getByRole('table', { name: 'What changed in Astrolabe' }).getByRole('link').click()
    const traits = page.getByRole('table', { name: 'Traits' })
    await expect(traits.getByRole('row', { name: 'order_completed_last_30days' })).toContainText('true')
    const user = page.url()

    await page.goto('/engage')
    await page.getByRole('button', { name: '31 days later' }).click()
    await expect(page.getByText('Moved to')).toBeVisible()
    await page.getByRole('button', { name: 'Sync now' }).click()
    await expect(page.getByText('Sent 1 call.', { exact: true })).toBeVisible()
    await expect(syncs.getByRole('row').nth(1)).toContainText('Left: userId123')
    await page.goto(user)
    await expect(traits.getByRole('row', { name: 'order_completed_last_30days' })).toContainText('false')
  })

  test('sends nothing again while nobody joins or leaves', async ({ page, console }) => {
    await sendCalls(console.origin, [{ type: 'track', userId: 'userId123', event: 'Order Completed' }])
    await page.goto('/engage')
    await page.getByRole('button', { name: 'New computed trait' }).click()
    await page.getByLabel('Trait name').fill('Order count')
    await expect(page.getByText('Trait: order_count')).toBeVisible()
    await page.getByLabel('Event', { exact: true }).fill('Order Completed')
    await page.getByRole('button', { name: 'Create computed trait' }).click()
    await page.getByRole('button', { name: 'Sync now' }).click()
    await expect(page.getByText('Sent 1 call.', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Sync now' }).click()
    await expect(page.getByText('Nothing has changed since the last sync.', { exact: true })).toBeVisible()
  })
})
