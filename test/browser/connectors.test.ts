import { expect, test } from './console-test'
import { outcomeOf, sendCalls } from './events'

test.describe('a connector', () => {
  test.use({ ready: true })

  test('rejects what uses a revoked key, until a rolled key is saved', async ({ page, console }) => {
    await page.goto('/connectors')
    await page.getByRole('link', { name: 'Segment', exact: true }).click()
    await page.getByRole('button', { name: 'Revoke Key' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke Key' }).click()
    await expect(page.getByText('This key is revoked')).toBeVisible()

    await sendCalls(console.origin, [{ type: 'identify', messageId: 'revoked', userId: 'userId123' }])
    await outcomeOf(console.origin, 'revoked')
    await page.goto('/messages/by-message-id/revoked')
    await expect(page.getByText(/^Rejected: .*key/)).toBeVisible()
    await page.goto('/delivery')
    await expect(
      page.getByRole('table', { name: 'Reasons' }).getByRole('link', { name: 'Check the API key' })
    ).toBeVisible()
    await page.goto('/messages/by-message-id/revoked')
    await page.getByRole('alert').getByRole('link', { name: 'Check the API key' }).click()
    await expect(page.getByLabel('API Key', { exact: true })).toBeInViewport()
    await page.getByRole('button', { name: 'Save Changes' }).click()
    await expect(page.getByText('Disabled', { exact: true })).toBeVisible()
    await expect(page.getByText('not enabled yet')).toBeVisible()

    await page.goto('/connectors')
    await page.getByRole('link', { name: 'Segment', exact: true }).click()
    await page.getByRole('button', { name: 'Roll Key' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Roll Key' }).click()
    await page.getByRole('button', { name: 'Copy API key' }).click()
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
    await page.goto('/connections/destinations')
    await page.getByRole('link', { name: 'Astrolabe', exact: true }).click()
    await page.getByLabel('API Key', { exact: true }).focus()
    await page.keyboard.press('Control+V')
    await page.getByRole('switch', { name: 'Enable Destination' }).click()
    await page.getByRole('button', { name: 'Save Changes' }).click()
    await expect(page.getByText('Enabled', { exact: true })).toBeVisible()
  })

  test('lists what its choice on free email providers has blocked', async ({ page, console }) => {
    await page.goto('/connectors')
    await page.getByRole('link', { name: 'Segment', exact: true }).click()
    await expect(page.getByText('Nothing was blocked')).toBeVisible()
    await page.getByLabel('Connector name').fill('Renamed')
    await page.getByRole('radio', { name: 'Block' }).check()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Renamed', level: 1 })).toBeVisible()

    const traits = { email: 'someone@gmail.com' }
    await sendCalls(console.origin, [{ type: 'identify', messageId: 'blocked', userId: 'userId123', traits }])
    await page.getByRole('list', { name: 'Blocked messages' }).getByRole('link', { name: 'gmail.com' }).click()
    await expect(page.getByText(/the connector blocks Users with free email providers/)).toBeVisible()
    await page.goto('/users')
    await expect(page.getByText('No Users yet')).toBeVisible()
  })
})

test.describe('the dialog with a new API key', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto('/connectors/new')
    await page.getByRole('button', { name: 'Segment.com Connector' }).click()
    await page.getByLabel('Connector name').fill('Segment workspace')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Finish' }).click()
  })

  test('asks before it closes without the key, and copies by Enter', async ({ page }) => {
    const dialog = page.getByRole('dialog', { name: 'API key' })
    const question = page.getByRole('alertdialog', { name: 'Close without copying the key?' })
    const copy = dialog.getByRole('button', { name: 'Copy API key' })
    await expect(copy).toBeFocused()
    await page.keyboard.press('Escape')
    await question.getByRole('button', { name: 'Cancel' }).click()
    await expect(copy).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await expect(question).toHaveCount(0)
  })

  test('shows the key to copy by hand if the clipboard refuses', async ({ page }) => {
    await page.evaluate(() => {
      navigator.clipboard.write = navigator.clipboard.writeText = () => Promise.reject(new Error('NotAllowedError'))
    })
    const apiKey = (await page.getByTestId('api-key').textContent()) ?? ''
    await page.getByRole('button', { name: 'Copy API key' }).click()
    const refusal = page.getByRole('dialog', { name: 'Not copied' })
    await expect(refusal).toContainText('The browser does not let this page use the clipboard')
    await expect(refusal).toContainText(apiKey)
  })
})
