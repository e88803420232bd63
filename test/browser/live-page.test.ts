import type { Page } from '@playwright/test'
import { expect, test } from './console-test'
import { keyOfFirst, outcomeOf, sendCalls, setFaults } from './events'

test.describe('a page that is open', () => {
  test.use({ ready: true })

  const identify = (plan: string) => [{ type: 'identify', userId: 'userId123', messageId: plan, traits: { plan } }]

  /** Changes the User, and waits until the page has heard of it: the feed reports in order. */
  async function changeUser(page: Page, origin: string, plan: string): Promise<void> {
    await sendCalls(origin, identify(plan))
    await outcomeOf(origin, plan)
    await setFaults(origin, ['status=500'])
    await expect(page.getByText('Faults are on.')).toBeVisible()
  }

  test('shows a change that its first response is too old for', async ({ page, console }) => {
    await sendCalls(console.origin, identify('basic'))
    await outcomeOf(console.origin, 'basic')
    const user = `users/${await keyOfFirst(console.origin, 'users')}`
    await page.route(
      `**/api/${user}`,
      async (route) => {
        const response = await route.fetch()
        await changeUser(page, console.origin, 'enterprise')
        await route.fulfill({ response })
      },
      { times: 1 }
    )
    await page.goto(`/${user}`)
    await expect(page.getByText('enterprise').first()).toBeVisible()
  })

  test('shows a row that the first response of its list is too old for', async ({ page, console }) => {
    await page.route(
      '**/api/users?*',
      async (route) => {
        const response = await route.fetch()
        await changeUser(page, console.origin, 'enterprise')
        await route.fulfill({ response })
      },
      { times: 1 }
    )
    await page.goto('/users')
    await expect(page.getByRole('link', { name: 'userId123' })).toBeVisible()
  })

  test('shows a change from before the live feed was there', async ({ page, console }) => {
    await sendCalls(console.origin, identify('basic'))
    await outcomeOf(console.origin, 'basic')
    const user = `users/${await keyOfFirst(console.origin, 'users')}`
    await page.route('**/api/live', async (route) => {
      await expect(page.getByText('basic').first()).toBeVisible()
      const feed = await fetch(`${console.origin}/api/live`)
      await sendCalls(console.origin, identify('enterprise'))
      await untilReported(feed, '"users"')
      await route.continue()
    })
    await page.goto(`/${user}`)
    await expect(page.getByText('enterprise').first()).toBeVisible()
  })

  test('does not take a connection from the others while it is in the background', async ({ context, console }) => {
    for (let count = 1; count <= 7; count++) {
      const page = await context.newPage()
      await page.goto('/users')
      await expect(page.getByText('No users yet')).toBeVisible()
      await setVisibility(page, 'hidden')
    }
    const [first] = context.pages()
    await sendCalls(console.origin, identify('basic'))
    await setVisibility(first, 'visible')
    await expect(first.getByRole('link', { name: 'userId123' })).toBeVisible()
  })

  async function untilReported({ body }: Response, change: string): Promise<void> {
    for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      if (text.includes(change)) {
        return
      }
    }
    throw new Error('The live feed ended.')
  }

  /** What a browser does when its user switches tabs. A headless one shows all of them. */
  async function setVisibility(page: Page, state: DocumentVisibilityState): Promise<void> {
    await page.evaluate((visibilityState) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: visibilityState })
      document.dispatchEvent(new Event('visibilitychange'))
    }, state)
  }
})
