import { expect, test } from './console-test'
import { sendCalls } from './events'

const BATCHES = 40
const BATCH_SIZE = 100

test.describe('the debugger under load', () => {
  test.use({ ready: true })

  test('keeps few rows, makes few requests, and follows what its reader does', async ({ page, console }) => {
    let requests = 0
    page.on('request', (request) => (requests += request.url().includes('/api/') ? 1 : 0))
    await page.goto('/debugger')
    const rows = page.getByRole('list', { name: 'Messages' }).getByRole('listitem')

    const load = sendBatches(console.origin)
    await expect(rows).not.toHaveCount(0)
    // While events arrive, the page is as usable as ever.
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByRole('link', { name: 'Users', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Users', level: 1 })).toBeVisible()
    await page.getByRole('link', { name: 'Debugger', exact: true }).click()
    await load

    await expect(page.getByText('4,000 messages')).toBeVisible()
    expect(await rows.count()).toBeLessThan(60)
    expect(await page.locator('*').count()).toBeLessThan(1_500)
    expect(requests).toBeLessThan((BATCHES * BATCH_SIZE) / 10)
    await page.getByRole('searchbox', { name: 'Search messages' }).fill('Event 39-99')
    await expect(rows).toHaveCount(1)
    await expect(page.getByText('1 of 4,000 messages')).toBeVisible()
  })
})

/** Each batch when the one before it is accepted: hundreds of events per second. */
async function sendBatches(origin: string): Promise<void> {
  for (let batch = 0; batch < BATCHES; batch++) {
    const calls = Array.from({ length: BATCH_SIZE }, (_, index) => ({
      type: 'track',
      userId: `user ${index}`,
      event: `Event ${batch}-${index}`
    }))
    await sendCalls(origin, calls)
  }
}
