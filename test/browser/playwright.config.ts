import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

/** Debian's browser. Elsewhere Playwright's own is used: `npx playwright install chromium`. */
const DEBIAN = '/usr/bin/chromium'

export default defineConfig({
  testDir: '.',
  outputDir: '../../build/browser',
  // Each worker has a console and a browser of its own.
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    launchOptions: {
      ...(existsSync(DEBIAN) ? { executablePath: DEBIAN } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync'
      ]
    }
  }
})
