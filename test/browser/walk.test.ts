import { expect, test } from './console-test'
import { takePicture } from './pictures'

test.describe("the seed's Getting started, by its words", () => {
  test('leads from Add Connector to an enabled destination and a User', async ({ page }) => {
    const guide = page.getByRole('complementary', { name: 'Guide' })
    const click = (role: 'link' | 'button' | 'tab', name: string) => page.getByRole(role, { name, exact: true }).click()

    await page.goto('/')
    await expect(page.getByRole('heading', { name: 'Connectors', level: 1 })).toBeVisible()
    await expect(guide).toContainText('Obtain your Astrolabe API Key')

    // Obtain your Astrolabe API Key
    await click('link', 'Connectors')
    await click('link', 'Add Connector')
    await click('button', 'Segment.com Connector')
    await page.getByLabel('Connector name').fill('Segment workspace')
    await click('button', 'Continue')
    await expect(page.getByRole('group', { name: 'Users with free email providers' })).toBeVisible()
    await page.getByRole('radio', { name: 'Allow' }).check()
    await click('button', 'Finish')
    const dialog = page.getByRole('dialog', { name: 'API key' })
    await expect(dialog).toBeVisible()
    await takePicture(page, 'api-key')
    await dialog.getByRole('button', { name: 'Copy API key' }).click()
    await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible()
    const apiKey = await page.evaluate(() => navigator.clipboard.readText())
    expect(await dialog.getByTestId('api-key').textContent()).toBe(apiKey)
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(page.getByRole('heading', { name: 'Segment workspace', level: 1 })).toBeVisible()

    // Add Astrolabe Destination to your Segment Workspace
    await click('link', 'Connections')
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Catalog' }).click()
    await click('tab', 'Destinations')
    await page.getByRole('searchbox', { name: 'Search destinations' }).fill('Astrolabe')
    await click('link', 'Astrolabe')
    await click('link', 'Add destination')
    await page.getByRole('radio', { name: 'My Website' }).check()
    await page.getByLabel('Destination name').fill('Astrolabe production')
    await page.getByLabel('API Key', { exact: true }).focus()
    await page.keyboard.press('Control+V')
    await page.getByRole('switch', { name: 'Enable Destination' }).click()
    await click('button', 'Save Changes')
    await expect(page.getByRole('heading', { name: 'Astrolabe production', level: 1 })).toBeVisible()
    await expect(page.getByText('Enabled', { exact: true })).toBeVisible()
    await expect(page.getByRole('switch', { name: 'Enable Destination' })).toBeChecked()
    await expect(page.getByLabel('API Key', { exact: true })).toHaveValue('')
    expect(await page.content()).not.toContain(apiKey)
    await expect(guide).toContainText('14 of 14 done')
    await page.getByRole('button', { name: 'Dismiss' }).click()

    // The seed's first call, and its User
    await click('link', 'Test')
    await expect(page.getByText('1 of 3 mappings match')).toBeVisible()
    await takePicture(page, 'test')
    await click('button', 'Send event')
    await click('link', 'userId123')
    await expect(page.getByText('Delivered: Astrolabe created User userId123')).toBeVisible()
    await takePicture(page, 'message')
    await page
      .getByRole('table', { name: 'What changed in Astrolabe' })
      .getByRole('link', { name: 'userId123' })
      .click()
    await expect(page.getByRole('table', { name: 'Traits' })).toContainText('john.doe@example.com')
    expect(page.url()).not.toContain(apiKey)
  })
})
