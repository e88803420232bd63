import type { Locator, Page } from '@playwright/test'
import { expect, test } from './console-test'

test.describe('the keyboard alone', () => {
  test('walks the way from Add Connector to a User', async ({ page }) => {
    const press = (key: string) => page.keyboard.press(key)
    const link = (name: string) => page.getByRole('link', { name, exact: true })
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    const follow = async (target: Locator) => {
      await tabTo(page, target)
      await press('Enter')
    }
    // A screen reader announces the title, and Tab goes on from there.
    const arriveAt = (title: string) => expect(page.getByRole('heading', { name: title, level: 1 })).toBeFocused()

    await page.goto('/connectors')
    await follow(link('Add Connector'))
    await arriveAt('Add Connector')
    await follow(button('Segment.com Connector'))
    await expect(page.getByLabel('Connector name')).toBeFocused()
    await page.keyboard.type('Segment workspace')
    await follow(button('Continue'))
    await expect(page.getByRole('radio', { name: 'Allow' })).toBeFocused()
    await press('ArrowDown')
    await expect(page.getByRole('radio', { name: 'Block' })).toBeChecked()
    await follow(button('Finish'))
    await expect(button('Copy API key')).toBeFocused()
    await press('Enter')
    await expect(button('Copied')).toBeVisible()
    await follow(button('Done'))
    await arriveAt('Segment workspace')

    await follow(link('Catalog'))
    await arriveAt('Catalog')
    await tabTo(page, page.getByRole('tab', { name: 'Sources' }))
    await press('ArrowRight')
    // The focus moves a moment after the key.
    await expect(page.getByRole('tab', { name: 'Destinations' })).toBeFocused()
    await press('Enter')
    await tabTo(page, page.getByRole('searchbox', { name: 'Search destinations' }))
    await page.keyboard.type('Astrolabe')
    await follow(link('Astrolabe'))
    await arriveAt('Astrolabe')
    await follow(link('Add destination'))
    await arriveAt('Add destination')
    await tabTo(page, page.getByRole('radio', { name: 'My Website' }))
    await press('Space')
    await tabTo(page, page.getByLabel('Destination name'))
    await page.keyboard.type('Astrolabe production')
    await tabTo(page, page.getByLabel('API Key', { exact: true }))
    await press('Control+V')
    await tabTo(page, page.getByRole('switch', { name: 'Enable Destination' }))
    await press('Space')
    await follow(button('Save Changes'))
    await expect(page.getByText('Enabled', { exact: true })).toBeVisible()
    await arriveAt('Astrolabe production')

    await follow(link('Test'))
    await arriveAt('Test')
    // The editor is no trap: Tab leaves it.
    await tabTo(page, page.getByRole('textbox', { name: 'Event as JSON' }))
    await follow(button('Send event'))
    await follow(link('userId123'))
    await expect(page.getByText('Delivered: Astrolabe created User userId123')).toBeVisible()
    await arriveAt('userId123')
    await follow(page.getByRole('table', { name: 'What changed in Astrolabe' }).getByRole('link'))
    await expect(page.getByRole('table', { name: 'Traits' })).toContainText('john.doe@example.com')
  })
})

/** Presses Tab until the target has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      return
    }
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}
