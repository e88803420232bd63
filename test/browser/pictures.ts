import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'

const FOLDER = path.resolve(__dirname, '../../docs/images')

/** As wide as the guide needs. A README shows it smaller, on screens of twice its density. */
const SCREEN = { width: 1200, height: 820, deviceScaleFactor: 1.5, mobile: false }

/** Takes a picture for the documentation, in both themes, if `npm run screenshots` asks for it. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS === undefined) {
    return
  }
  await mkdir(FOLDER, { recursive: true })
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setDeviceMetricsOverride', SCREEN)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // By the debugger, because Playwright itself writes no WebP, which is a third of the size.
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 60 })
    await writeFile(path.join(FOLDER, `${name}-${colorScheme}.webp`), Buffer.from(data, 'base64'))
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await session.send('Emulation.clearDeviceMetricsOverride')
  await session.detach()
}
