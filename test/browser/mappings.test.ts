import { expect, test } from './console-test'
import { outcomeOf, sendCalls } from './events'

test.describe('the mappings of a destination', () => {
  test.use({ ready: true })
  test.beforeEach(async ({ page }) => {
    await page.goto('/connections/destinations')
    await page.getByRole('link', { name: 'Astrolabe', exact: true }).click()
    await page.getByRole('tab', { name: 'Mappings' }).click()
  })

  test('decide by an edited trigger and edited fields', async ({ page, console }) => {
    await page.getByRole('button', { name: 'Edit Track Event' }).click()
    await page.getByLabel('Trigger').fill('type = ')
    await expect(page.getByLabel('Trigger')).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByRole('button', { name: 'Save mapping' })).toBeDisabled()
    await page.getByLabel('Trigger').fill('type = "track" and event = "Kept"')
    await page.getByLabel('Event Name').fill('Renamed')
    await page.getByRole('button', { name: 'Save mapping' }).click()
    // Back in the list: until then, the editor shows the trigger too.
    await expect(page.getByRole('button', { name: 'Edit Track Event' })).toBeVisible()
    await expect(page.getByText('type = "track" and event = "Kept"')).toBeVisible()
    await page.reload()
    await expect(page.getByText('type = "track" and event = "Kept"')).toBeVisible()

    const call = { type: 'track', userId: 'userId123' }
    await sendCalls(console.origin, [
      { ...call, messageId: 'kept', event: 'Kept' },
      { ...call, messageId: 'other', event: 'Other' }
    ])
    expect(await outcomeOf(console.origin, 'kept')).toBe('delivered')
    expect(await outcomeOf(console.origin, 'other')).toBe('not subscribed')
    await page.goto('/messages/by-message-id/kept')
    await expect(page.getByText('Delivered: Astrolabe recorded event Renamed')).toBeVisible()
  })

  test('can be previewed on an example before they are saved', async ({ page }) => {
    await page.getByRole('button', { name: 'Edit Track Event' }).click()
    await expect(page.getByText('The trigger matches:')).toBeVisible()
    await page.getByLabel('Trigger').fill('event = "Other"')
    await expect(page.getByText('The trigger does not match:')).toBeVisible()
  })

  test('lead from a rejected event to the path that was meant', async ({ page, console }) => {
    await page.getByRole('button', { name: 'Edit Identify User' }).click()
    await page.getByLabel('User ID').fill('$.user_id')
    const hint = 'Did you mean "$.userId"?'
    await expect(page.getByRole('region', { name: 'Fields' }).getByText(hint)).toBeVisible()
    await page.getByRole('button', { name: 'Save mapping' }).click()

    await sendCalls(console.origin, [{ type: 'identify', messageId: 'typo', userId: 'userId123' }])
    expect(await outcomeOf(console.origin, 'typo')).toBe('rejected')
    await page.goto('/messages/by-message-id/typo')
    await expect(page.getByRole('alert')).toContainText(hint)
    await page.getByRole('alert').getByRole('link', { name: 'Edit mapping' }).click()
    await expect(page.getByLabel('User ID')).toHaveValue('$.user_id')
  })

  test('say at the trigger that Segment has no such type', async ({ page }) => {
    await page.getByRole('button', { name: 'Edit Track Event' }).click()
    const trigger = page.getByLabel('Trigger')
    await trigger.fill('type = "trak"')
    await expect(trigger).toHaveAccessibleDescription(/Segment has no type "trak". Did you mean "track"\?/)
    await expect(page.getByText('Segment has no type')).toHaveCount(1)
    await expect(page.getByRole('button', { name: 'Save mapping' })).toBeDisabled()
    await trigger.fill('type = "track"')
    await expect(page.getByRole('button', { name: 'Save mapping' })).toBeEnabled()
  })

  test('are added from a preset, switched off and deleted', async ({ page }) => {
    await page.getByRole('button', { name: 'New Mapping' }).click()
    const presets = page.getByRole('dialog').getByRole('button').filter({ hasText: 'Engage' })
    const texts = await presets.allTextContents()
    expect(new Set(texts.map((text) => text.replace(/^.*(?=Engage)/, ''))).size).toBe(6)
    await presets.filter({ hasText: 'Entered' }).first().click()
    await page.getByRole('switch', { name: 'Enable Batching' }).click()
    await page.getByRole('button', { name: 'Save mapping' }).click()
    const rows = page.getByRole('tabpanel').getByRole('listitem')
    await expect(rows).toHaveCount(4)
    await rows.last().getByRole('switch').click()
    await expect(rows.last().getByRole('switch')).not.toBeChecked()
    await rows
      .last()
      .getByRole('button', { name: /^Delete/ })
      .click()
    await page.getByRole('button', { name: 'Delete mapping' }).click()
    await expect(rows).toHaveCount(3)
  })
})
