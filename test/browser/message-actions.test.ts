import { readFile } from 'node:fs/promises'
import { expect, test } from './console-test'
import { outcomeOf, sendCalls } from './events'

test.describe('the actions of an event', () => {
  test.use({ ready: true })
  test.beforeEach(async ({ page, console }) => {
    // Not the event that the Test page starts with.
    const traits = { email: 'ada@example.com' }
    await sendCalls(console.origin, [{ type: 'identify', messageId: 'original', userId: 'userId123', traits }])
    await outcomeOf(console.origin, 'original')
    await page.goto('/messages/by-message-id/original')
    await expect(page.getByText('Delivered: Astrolabe created User userId123 with 1 trait')).toBeVisible()
  })

  test('send it again, which counts once', async ({ page }) => {
    await page.getByRole('button', { name: 'Send again' }).click()
    // The page of the second message: the address of the first one is by its message ID.
    await expect(page).not.toHaveURL(/by-message-id/)
    await expect(page.getByText('Astrolabe has received this message before, so nothing changed')).toBeVisible()
  })

  test('edit it and send it as another one', async ({ page }) => {
    await page.getByRole('button', { name: 'Edit and send' }).click()
    await expect(page.getByRole('textbox', { name: 'Event as JSON' })).toContainText('ada@example.com')
    await page.getByRole('button', { name: 'Send event' }).click()
    await expect(page.getByRole('region', { name: 'Sent' })).toContainText(
      'Delivered: Astrolabe updated User userId123'
    )
  })

  test('copy it as code that holds no key, and save it as a fixture', async ({ page }) => {
    for (const [name, start] of [
      ['Copy as curl', 'curl '],
      ['Copy as Node code', 'import ']
    ] as const) {
      await page.getByRole('button', { name }).click()
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(start)
      expect(await page.evaluate(() => navigator.clipboard.readText())).not.toContain('local-api-key')
    }
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save as fixture' }).click()
    const file = await (await download).path()
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject([{ event: { userId: 'userId123' } }])
  })
})
