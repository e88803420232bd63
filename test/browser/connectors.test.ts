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
    await expect(page.getByRole('switch', { name: 'Enable Destination' })).not.toBeChecked()

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
