import { expect, test } from './console-test'
import { outcomeOf, sendCalls } from './events'

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
    const news = page.getByRole('button', { name: 'Show 30 new messages' })
    await expect(news).toBeInViewport()
    expect(await row.boundingBox()).toEqual(before)

    await news.click()
    await expect(page.getByRole('link', { name: 'New 29' })).toBeInViewport()
    await expect(page.getByText('130 messages')).toBeVisible()
  })

  test('holds still while it is paused', async ({ page, console }) => {
    await sendCalls(console.origin, calls('Old', 1))
    await page.goto('/debugger')
    await expect(page.getByRole('link', { name: 'Old 0' })).toBeVisible()
    await page.getByRole('button', { name: 'Pause' }).click()
    await sendCalls(console.origin, calls('New', 1))
    await expect(page.getByRole('button', { name: 'Show 1 new message' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'New 0' })).toHaveCount(0)
    await page.getByRole('button', { name: 'Show 1 new message' }).click()
    await expect(page.getByRole('link', { name: 'New 0' })).toBeVisible()
  })

  test('covers no row with the button for news, and underlines only the name under the mouse', async ({
    page,
    console
  }) => {
    await sendCalls(console.origin, calls('Old', 5))
    await page.goto('/debugger')
    const row = page.getByRole('link', { name: 'Old 4' })
    await row.hover()
    await expect(row).toHaveCSS('text-decoration-line', 'none')
    await expect(row.locator('strong')).toHaveCSS('text-decoration-line', 'underline')
    await sendCalls(console.origin, calls('New', 1))
    const news = await page.getByRole('button', { name: 'Show 1 new message' }).boundingBox()
    const list = await page.getByRole('list', { name: 'Messages' }).boundingBox()
    expect((news?.y ?? 0) + (news?.height ?? 0)).toBeLessThanOrEqual(list?.y ?? 0)
  })

  test('uses the width that a phone has before it cuts a name', async ({ page, console }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    const call = {
      userId: 'a-user-with-a-rather-long-name@example.com',
      context: { groupId: 'an-account-with-a-long-id' }
    }
    await sendCalls(console.origin, [
      { type: 'identify', userId: 'mary.shelley.1797@example.com', messageId: 'identify', traits: { plan: 'pro' } },
      { ...call, type: 'track', messageId: 'track', event: 'Subscription Renewal Reminder' }
    ])
    await outcomeOf(console.origin, 'track')
    for (const [path, name] of [
      ['/debugger', 'Subscription Renewal Reminder'],
      ['/events', 'Subscription Renewal Reminder'],
      ['/users', 'mary.shelley.1797@example.com']
    ]) {
      await page.goto(path)
      const title = page.getByRole('link', { name }).locator('strong')
      await expect(title).toBeVisible()
      const cut = await title.evaluate((element) => element.scrollWidth - element.clientWidth)
      expect.soft(cut, `pixels of the name that ${path} cuts`).toBe(0)
    }
  })
})
