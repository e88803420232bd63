import type { Locator } from '@playwright/test'
import { expect, test } from './console-test'
import { outcomeOf, sendCalls, CALLS, setFaults } from './events'

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

  test('updates the row of the message beside it, while new messages wait', async ({ page, console }) => {
    await setFaults(console.origin, ['status=503'])
    await sendCalls(console.origin, calls('Old', 1))
    await page.goto('/debugger?message=1')
    const rows = page.getByRole('list', { name: 'Messages' }).getByRole('link')
    await expect(rows).toHaveText([/^Pending/])
    await setFaults(console.origin, [])
    await expect(rows).toHaveText([/^Delivered/], { timeout: 30_000 })
    await expect(page.getByRole('button', { name: 'Show changes' })).toHaveCount(0)
    await sendCalls(console.origin, calls('New', 1))
    await expect(page.getByRole('button', { name: 'Show 1 new message' })).toBeVisible()
    await expect(rows).toHaveText([/^Delivered/])
  })

  test('covers no row that the arrow keys reach, and names its columns in one line', async ({ page, console }) => {
    await sendCalls(console.origin, calls('Old', 60))
    await page.goto('/debugger?message=20')
    const header = page.getByText('60 messages')
    const selected = page.getByRole('list', { name: 'Messages' }).locator('[aria-current]')
    await expect(selected).toContainText('Old 19')
    const line = await header.boundingBox()
    expect(await page.getByText('Outcome', { exact: true }).last().boundingBox()).toMatchObject({ y: line?.y })

    for (let step = 0; step < 30; step++) {
      await page.keyboard.press('ArrowUp')
    }
    await expect(selected).toContainText('Old 49')
    const [above, row] = [await header.locator('..').boundingBox(), await selected.boundingBox()]
    expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(row?.y ?? 0)
  })

  test.describe('whose messages are gone', () => {
    test.use({ expectedProblem: /404.*messages|404 \(Not Found\)/ })

    test('is cleared on demand, in every open tab', async ({ page, context, console }) => {
      await sendCalls(console.origin, calls('Old', 3))
      const other = await context.newPage()
      for (const tab of [page, other]) {
        await tab.goto('/debugger')
        // A list is held while a message is beside it.
        await tab.getByRole('link', { name: 'Old 1' }).click()
      }
      await page.bringToFront()
      await page.getByRole('button', { name: 'Clear' }).click()
      await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
      await expect(page.getByRole('list', { name: 'Messages' }).getByRole('listitem')).toHaveCount(3)
      await page.getByRole('button', { name: 'Clear' }).click()
      await page.getByRole('button', { name: 'Clear messages' }).click()
      await expect(page.getByText('No messages yet')).toBeVisible()
      await expect(page.getByRole('region', { name: 'Message', exact: true })).toHaveCount(0)
      await expect(other.getByText('No messages yet')).toBeVisible()

      await sendCalls(console.origin, calls('New', 1))
      await expect(page.getByRole('link', { name: 'New 0' })).toBeVisible()
      await page.request.post('/api/reset')
      await expect(page.getByText('No messages yet')).toBeVisible()
    })
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
