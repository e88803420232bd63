import { expect, test } from './console-test'
import { outcomeOf, sendCalls, setFaults } from './events'

const USER = { userId: 'userId123' }

test.describe('the page of an event', () => {
  test.use({ ready: true })

  test('says that it was delivered, with the request and the response', async ({ page, console }) => {
    await sendCalls(console.origin, [{ ...USER, type: 'track', messageId: 'delivered', event: 'User Registered' }])
    await outcomeOf(console.origin, 'delivered')
    await page.goto('/messages/by-message-id/delivered')
    await expect(page.getByText('Delivered: Astrolabe recorded event User Registered')).toBeVisible()
    await page.getByText('Headers').first().click()
    await expect(page.getByRole('region', { name: 'Headers of the request' })).toContainText('Basic [secret]')
    await page.getByText('Headers').last().click()
    await expect(page.getByRole('region', { name: 'Headers of the response' })).toContainText('application/json')
  })

  test('shows its data at once, its client, and its User and Account', async ({ page, console }) => {
    const context = { groupId: 'account-1', library: { name: 'analytics-node', version: '3.1.0' } }
    await sendCalls(console.origin, [
      { ...USER, type: 'identify', messageId: 'user' },
      { ...USER, type: 'group', messageId: 'account', groupId: 'account-1' },
      { ...USER, type: 'track', messageId: 'data', event: 'User Registered', context }
    ])
    await outcomeOf(console.origin, 'data')
    await page.goto('/messages/by-message-id/data')
    await expect(page.getByText('analytics-node 3.1.0', { exact: true })).toBeVisible()
    const event = page.getByRole('region', { name: 'Event', exact: true }).last()
    const payload = page.getByRole('region', { name: 'Mapped payload' })
    await expect(event).toContainText('User Registered')
    await expect(payload).toContainText('User Registered')
    await expect(page.getByRole('region', { name: 'Body of the request' })).toContainText('User Registered')
    await expect(page.getByRole('region', { name: 'Body of the response' })).toBeVisible()
    const [left, right] = [await event.boundingBox(), await payload.boundingBox()]
    expect(left && right && left.x + left.width < right.x, 'the payload is beside the event').toBe(true)

    const others = page.getByText('The trigger does not match: type = "identify"')
    await expect(others).toBeHidden()
    await page.getByText('2 mappings don’t match').click()
    await expect(others).toBeVisible()

    await page.getByRole('link', { name: 'account-1', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'account-1', level: 1 })).toBeVisible()
    await page.goBack()
    await page.getByRole('link', { name: 'userId123', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'userId123', level: 1 })).toBeVisible()
  })

  test('names the entry of the integrations object that filtered it', async ({ page, console }) => {
    const call = { ...USER, type: 'track', messageId: 'filtered', event: 'Secret', integrations: { All: false } }
    await sendCalls(console.origin, [call])
    await outcomeOf(console.origin, 'filtered')
    await page.goto('/messages/by-message-id/filtered')
    await expect(page.getByText('Filtered: integrations.All is false', { exact: true })).toBeVisible()
    await expect(page.getByText('It keeps the event from this destination, so no mapping runs.')).toBeVisible()
    await expect(page.getByText('Nothing changed.')).toBeVisible()
  })

  test('says why the source refused a request, and offers nothing that needs a message', async ({ page, console }) => {
    const calls = [
      { ...USER, type: 'track', messageId: 'small', event: 'Small' },
      { ...USER, type: 'track', messageId: 'large', event: 'Large', properties: { text: 'x'.repeat(40_000) } }
    ]
    await expect(sendCalls(console.origin, calls)).rejects.toThrow('The source responded with 400.')
    await page.goto('/connections/sources/source-1/debugger')
    await page.getByRole('link', { name: /POST \/v1\/batch/ }).click()
    await expect(page.getByText('none of its messages: batch[1] is larger than 32 KB')).toBeVisible()
    await expect(page.getByRole('button', { name: /Send again|Copy as|Save as/ })).toHaveCount(0)
    const dot = page.getByText('Refused', { exact: true }).last().locator('span')
    await expect(dot).not.toHaveCSS('background-color', 'rgba(0, 0, 0, 0)')
  })

  test('says that no mapping matches, with each trigger', async ({ page, console }) => {
    await sendCalls(console.origin, [{ ...USER, type: 'page', messageId: 'unsubscribed', name: 'Pricing' }])
    await outcomeOf(console.origin, 'unsubscribed')
    await page.goto('/messages/by-message-id/unsubscribed')
    await expect(page.getByText(/^No mapping matches/)).toBeVisible()
    for (const trigger of ['type = "identify"', 'type = "group"', 'type = "track"']) {
      await expect(page.getByText(`The trigger does not match: ${trigger}`)).toBeVisible()
    }
  })

  test("says why Astrolabe rejected it, with Astrolabe's response", async ({ page, console }) => {
    await setFaults(console.origin, ['status=400'])
    await sendCalls(console.origin, [{ ...USER, type: 'track', messageId: 'rejected', event: 'Bad' }])
    await outcomeOf(console.origin, 'rejected')
    await page.goto('/messages/by-message-id/rejected')
    await expect(page.getByText(/^Rejected: The sandbox was told to respond with 400/)).toBeVisible()
    await expect(page.getByRole('region', { name: 'Body of the response' })).toContainText('respond with 400')
    await expect(page.getByRole('status').filter({ hasText: 'Faults are on.' })).toContainText('status=400')
  })

  test('leads from a rejected key to its field, as the Delivery page does', async ({ page, console }) => {
    await setFaults(console.origin, ['status=401'])
    await sendCalls(console.origin, [{ ...USER, type: 'track', messageId: 'unauthorized', event: 'Any' }])
    await outcomeOf(console.origin, 'unauthorized')
    for (const path of ['/messages/by-message-id/unauthorized', '/delivery', '/connections/destinations']) {
      await page.goto(path)
      if (path === '/connections/destinations') {
        await page.getByRole('link', { name: 'Astrolabe', exact: true }).click()
        await page.getByRole('tab', { name: 'Event Delivery' }).click()
      }
      await page.getByRole('link', { name: 'Check the API key' }).click()
      await expect(page.getByLabel('API Key')).toBeFocused()
    }
  })

  test('shows an attempt that failed, the wait after it, and the one that succeeded', async ({ page, console }) => {
    await setFaults(console.origin, ['status=503,times=1'])
    await sendCalls(console.origin, [{ ...USER, type: 'track', messageId: 'retried', event: 'Retried' }])
    await page.goto('/messages/by-message-id/retried')
    const attempts = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /^Attempt \d$/ }) })
    await expect(attempts).toHaveCount(2)
    await expect(attempts.first()).toContainText('The sandbox was told to respond with 503')
    await expect(attempts.first()).toContainText(/Waited .* before the next attempt/)
    await expect(attempts.last()).toContainText('Delivered')
    await expect(page.getByText(/^Delivered.*: Astrolabe recorded event Retried/)).toBeVisible()
  })

  test('says why Segment dropped it', async ({ page, console }) => {
    await sendCalls(console.origin, [{ ...USER, type: 'track', messageId: 'dropped' }])
    await page.goto('/debugger')
    await page.getByRole('list', { name: 'Messages' }).getByRole('link').click()
    await expect(page.getByText('Dropped by Segment: The track call has no event')).toBeVisible()
  })
})
