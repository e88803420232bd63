import type { Page } from '@playwright/test'
import { expect, test } from './console-test'
import { outcomeOf, sendCalls } from './events'

test.describe('the Test page', () => {
  test.use({ ready: true })

  test("starts from the seed's calls, Engage's, a warehouse row and recent events", async ({ page, console }) => {
    await sendCalls(console.origin, [{ type: 'track', messageId: 'recent', userId: 'userId123', event: 'Recent one' }])
    await outcomeOf(console.origin, 'recent')
    await page.goto('/test')
    const choose = (label: string) => page.getByRole('combobox', { name: 'Start from' }).selectOption({ label })
    for (const [example, action] of [
      ['Group', 'Group Account'],
      ['User enters an audience', 'Identify User'],
      ['track: Recent one', 'Track Event']
    ] as const) {
      await choose(example)
      await expect(matchingMapping(page)).toContainText(action)
    }
    const titles = await page.getByRole('combobox', { name: 'Start from' }).locator('optgroup').all()
    expect(await Promise.all(titles.map((title) => title.getAttribute('label')))).toEqual(
      expect.arrayContaining(['Segment Spec', 'Engage', 'Reverse ETL', 'Recent events'])
    )
  })

  test('completes by the Spec, and marks errors at their line', async ({ page }) => {
    await page.goto('/test')
    await write(page, '{\n"type": "track",\n"userId": 5,\n"context": []\n}')
    await expect(page.locator('.cm-lintRange-error').filter({ hasText: '"context"' })).toBeVisible()
    await write(page, '{\n"type": "track",\n"ev')
    await expect(page.getByRole('option').filter({ hasText: '"event"' })).toBeVisible()
    await expect(page.getByText('No preview')).toBeVisible()
  })

  test('sends by Ctrl+Enter, from within the editor', async ({ page }) => {
    await page.goto('/test')
    await page.getByRole('textbox', { name: 'Event as JSON' }).focus()
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('region', { name: 'Sent' })).toContainText(
      'Delivered: Astrolabe created User userId123'
    )
  })

  test('sends events as a batch, with a result for each', async ({ page }) => {
    await page.goto('/test')
    await write(
      page,
      JSON.stringify([
        { type: 'track', userId: 'userId123', event: 'First' },
        { type: 'page', userId: 'userId123', name: 'Second' }
      ])
    )
    await page.getByRole('button', { name: 'Send as a batch of 2' }).click()
    const results = page.getByRole('region', { name: 'Sent' }).getByRole('listitem')
    await expect(results).toHaveCount(2)
    await expect(results.first()).toContainText('Delivered: Astrolabe recorded event First')
    await expect(results.last()).toContainText('No mapping matches')
  })
})

function matchingMapping(page: Page) {
  return page.getByRole('region', { name: 'Preview' }).getByRole('listitem').filter({ hasText: 'The trigger matches:' })
}

/** Replaces the editor's text as a user does, without brackets that close themselves. */
async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Event as JSON' }).focus()
  await page.keyboard.press('Control+A')
  await page.evaluate((value) => navigator.clipboard.writeText(value), text)
  await page.keyboard.press('Control+V')
  await page.keyboard.press('Control+Space')
}
