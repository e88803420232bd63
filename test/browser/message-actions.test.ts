import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect, test } from './console-test'
import { outcomeOf, sendCalls } from './events'

const execute = promisify(execFile)

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

  for (const [name, run] of [
    ['Copy as curl', (code: string) => execute('bash', ['-c', code])],
    ['Copy as Node code', (code: string) => execute(process.execPath, ['--input-type=module', '-e', code])]
  ] as const) {
    test(`${name}, which runs as it is`, async ({ page }) => {
      await page.getByRole('button', { name }).click()
      await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
      const code = await page.evaluate(() => navigator.clipboard.readText())
      expect(code).not.toContain('local-api-key')
      await run(code)
      await page.goto('/debugger')
      const rows = page.getByRole('list', { name: 'Messages' }).getByRole('listitem')
      await expect(rows.filter({ hasText: 'Delivered' })).toHaveCount(2)
    })
  }

  test('copy it within the click, although the code is still on its way', async ({ page }) => {
    const hasStarted = () => page.evaluate(() => document.documentElement.dataset.written)
    await page.evaluate(() => {
      const write = navigator.clipboard.write.bind(navigator.clipboard)
      navigator.clipboard.write = (items) => {
        document.documentElement.dataset.written = 'yes'
        return write(items)
      }
    })
    await page.route('**/export?*', async (route) => {
      await expect.poll(hasStarted).toBe('yes')
      await route.continue()
    })
    await page.getByRole('button', { name: 'Copy as curl' }).click()
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  })

  test('save it as a fixture', async ({ page }) => {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save as fixture' }).click()
    const file = await (await download).path()
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject([{ event: { userId: 'userId123' } }])
  })
})
