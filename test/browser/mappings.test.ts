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

  test('keep what was edited, and ask before it is lost', async ({ page }) => {
    const edit = page.getByRole('button', { name: 'Edit Track Event' })
    await edit.click()
    await page.getByLabel('Event Name').fill('Renamed')
    await page.getByRole('tab', { name: 'Settings' }).click()
    await page.getByRole('tab', { name: 'Mappings' }).click()
    await expect(page.getByText('edited, not saved yet')).toHaveCount(1)
    await edit.click()
    await expect(page.getByLabel('Event Name')).toHaveValue('Renamed')
    const question = new Promise<string>((resolve) => {
      page.once('dialog', (dialog) => void dialog.dismiss().then(() => resolve(dialog.type())))
    })
    await page.evaluate(() => setTimeout(() => window.location.reload()))
    expect(await question).toBe('beforeunload')

    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByLabel('Event Name')).toHaveValue('Renamed')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Discard changes' }).click()
    await edit.click()
    await expect(page.getByLabel('Event Name')).toHaveValue('$.event')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(edit).toBeVisible()
  })

  test('are not saved with a field that is not valid JSON', async ({ page }) => {
    await page.getByRole('button', { name: 'Edit Track Event' }).click()
    const field = page.getByLabel('Event Name')
    const save = page.getByRole('button', { name: 'Save mapping' })
    await field.fill('{"@path": "$.event"')
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(field).toHaveAccessibleDescription(/This is not valid JSON/)
    await expect(save).toBeDisabled()
    await field.fill('{"@path": "$.name"}')
    await expect(field).toHaveAttribute('aria-invalid', 'false')
    await save.click()
    await page.getByRole('button', { name: 'Edit Track Event' }).click()
    await expect(field).toHaveValue('$.name')
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

test.describe('the filters of a destination', () => {
  test.use({ ready: true, expectedProblem: /422/ })
  test.beforeEach(async ({ page }) => {
    await page.goto('/connections/destinations')
    await page.getByRole('link', { name: 'Astrolabe', exact: true }).click()
    await page.getByRole('tab', { name: 'Filters' }).click()
  })

  test('remove fields of live events, as the message shows', async ({ page, console }) => {
    await page.getByRole('button', { name: 'New Filter' }).click()
    await page.getByLabel('Title').fill('No email')
    await page.getByLabel('Condition').fill('type = ')
    await page.getByLabel('Action').selectOption('Remove fields')
    await page.getByLabel('Fields').fill('properties.email\ncontext.ip')
    await page.getByRole('button', { name: 'Save filter' }).click()
    const condition = page.getByLabel('Condition')
    await expect(condition).toHaveAccessibleDescription(/^The condition breaks at its end. Something is missing\./)
    await condition.fill('type = "track"')
    await expect(condition).toHaveAttribute('aria-invalid', 'false')
    await page.getByRole('button', { name: 'Save filter' }).click()
    await expect(page.getByText('Remove properties.email, context.ip when type = "track"')).toBeVisible()

    const properties = { email: 'a@b.example', plan: 'pro' }
    await sendCalls(console.origin, [{ type: 'track', messageId: 'changed', userId: 'u', event: 'Kept', properties }])
    expect(await outcomeOf(console.origin, 'changed')).toBe('delivered')
    await page.goto('/messages/by-message-id/changed')
    await expect(page.getByText('It removes properties.email.')).toBeVisible()
  })

  test('drop events, are edited, switched off and deleted', async ({ page, console }) => {
    const send = async (messageId: string) => {
      await sendCalls(console.origin, [{ type: 'track', messageId, userId: 'u', event: 'Any' }])
      return outcomeOf(console.origin, messageId)
    }
    await page.getByRole('button', { name: 'New Filter' }).click()
    await page.getByLabel('Title').fill('Nothing')
    await page.getByRole('button', { name: 'Save filter' }).click()
    const row = page.getByRole('tabpanel').getByRole('listitem')
    await expect(row).toContainText('Drop the event')
    expect(await send('dropped')).toBe('filtered')

    await page.getByRole('button', { name: 'Edit Nothing' }).click()
    await page.getByLabel('Action').selectOption('Sample: keep a share of the events')
    const percent = page.getByLabel('Percent')
    await expect(page.getByRole('button', { name: 'Save filter' })).toBeDisabled()
    await percent.fill('700')
    await expect(percent).toHaveAccessibleDescription(/^Write a number from 0 to 100\./)
    await percent.fill('7')
    await page.getByRole('button', { name: 'Save filter' }).click()
    await expect(row).toContainText('Keep 7% of the events')

    await row.getByRole('switch').click()
    await expect(row.getByRole('switch')).not.toBeChecked()
    expect(await send('delivered')).toBe('delivered')

    await page.getByRole('button', { name: 'Delete Nothing' }).click()
    await page.getByRole('button', { name: 'Delete filter' }).click()
    await expect(page.getByText('No filters')).toBeVisible()

    await page.goto('/messages/by-message-id/dropped')
    await expect(page.getByText('The filter "Nothing" drops it. No mapping runs.')).toBeVisible()
  })
})
