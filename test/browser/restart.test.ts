import { expect, test } from './console-test'
import { sendCalls } from './events'

test.describe('a page whose console stops', () => {
  test.use({ ready: true, expectedProblem: /ERR_(CONNECTION_REFUSED|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE)/ })

  test('says so, and follows the next console as soon as it is there', async ({ page, console }) => {
    const call = { type: 'track', userId: 'userId123' }
    await sendCalls(console.origin, [{ ...call, event: 'Before' }])
    await page.goto('/debugger')
    await expect(page.getByRole('link', { name: 'Before' })).toBeVisible()

    await console.stop()
    await expect(page.getByRole('alert').filter({ hasText: 'The console does not respond' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Before' })).toBeVisible()

    await console.restart()
    await expect(page.getByText('No messages yet')).toBeVisible()
    await expect(page.getByRole('alert')).toHaveCount(0)
    const notice = page.getByRole('status').filter({ hasText: 'The console was restarted' })
    await expect(notice).toContainText('is gone')
    await page.reload()
    await notice.getByRole('button', { name: 'Dismiss' }).click()
    await expect(notice).toHaveCount(0)
    await page.reload()
    await expect(page.getByText('No messages yet')).toBeVisible()
    await expect(notice).toHaveCount(0)
    await sendCalls(console.origin, [{ ...call, event: 'After' }])
    await expect(page.getByRole('link', { name: 'After' })).toBeVisible()
  })
})

test.describe('a page of something that is gone', () => {
  test.use({ ready: true, expectedProblem: /404/ })

  for (const noun of ['source', 'destination']) {
    test(`says so of a ${noun}, and leads to the others`, async ({ page }) => {
      await page.goto(`/connections/${noun}s/gone`)
      await expect(page.getByText(`The console does not have this ${noun}`)).toBeVisible()
      await expect(page.getByText(/It may have been deleted/)).toBeVisible()
      await expect(page.getByText('Send the call again')).toHaveCount(0)
    })
  }
})
