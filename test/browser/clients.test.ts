import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { build } from 'esbuild'
import { expect, test } from './console-test'

/** Inside the project, so that the snippet finds the client. */
const FOLDER = path.resolve(__dirname, '../../build/browser-snippets')

test.describe("Segment's clients, with the snippets of the source's page", () => {
  test.use({ ready: true })

  test('lets analytics.js send from a web page, live in the debugger, to its User', async ({ page, context }) => {
    const snippet = await copySnippet(page, 'Browser')
    await page.goto('/debugger')
    await expect(page.getByText('No messages yet')).toBeVisible()

    const shop = await context.newPage()
    await shop.route('**/shop', (route) =>
      route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>Shop</title>${snippet}` })
    )
    await shop.goto('/shop')

    await expectRows(page, ['page', 'identify', 'group', 'track'])
    await followToUser(page)
  })

  test('lets analytics.js send from a web page with a bundler', async ({ page, context }) => {
    const contents = await copySnippet(page, 'Browser (npm)')
    const options = { bundle: true, write: false, format: 'iife' } as const
    const { outputFiles } = await build({ ...options, stdin: { contents, resolveDir: __dirname } })
    await page.goto('/debugger')

    const shop = await context.newPage()
    await shop.route('**/shop', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<!doctype html><title>Shop</title><script src="shop.js"></script>'
      })
    )
    await shop.route('**/shop.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: outputFiles[0].text })
    )
    await shop.goto('/shop')

    await expectRows(page, ['page', 'identify', 'group', 'track'])
    await followToUser(page)
  })

  test('lets analytics-node send from a server, live in the debugger, to its User', async ({ page }, { testId }) => {
    const snippet = await copySnippet(page, 'Node.js')
    await page.goto('/debugger')
    await expect(page.getByText('No messages yet')).toBeVisible()

    const script = path.join(FOLDER, `${testId}.mjs`)
    await mkdir(FOLDER, { recursive: true })
    await writeFile(script, snippet)
    await promisify(execFile)(process.execPath, [script])
    await rm(script)

    await expectRows(page, ['identify', 'group', 'track'])
    await followToUser(page)
  })
})

async function copySnippet(page: Page, client: string): Promise<string> {
  await page.goto('/connections/sources')
  await page.getByRole('link', { name: 'My Website' }).click()
  await page.getByRole('button', { name: client, exact: true }).click()
  await page.getByRole('button', { name: 'Copy code' }).click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  return page.evaluate(() => navigator.clipboard.readText())
}

async function expectRows(page: Page, types: string[]): Promise<void> {
  const rows = page.getByRole('list', { name: 'Messages' }).getByRole('listitem')
  await expect(rows).toHaveCount(types.length)
  for (const type of types) {
    await expect(rows.filter({ hasText: type })).not.toHaveCount(0)
  }
}

async function followToUser(page: Page): Promise<void> {
  await page.getByRole('list', { name: 'Messages' }).getByRole('link', { name: 'User Registered' }).click()
  await expect(page.getByText('Delivered: Astrolabe recorded event User Registered')).toBeVisible()
  await page.getByRole('table', { name: 'What changed in Astrolabe' }).getByRole('link').click()
  await page.getByRole('link', { name: 'userId123' }).click()
  await expect(page.getByRole('table', { name: 'Traits' })).toContainText('john.doe@example.com')
  await expect(page.getByRole('link', { name: '0e8c78ea9d97a7b8185e8632' })).toBeVisible()
}
