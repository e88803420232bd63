import path from 'node:path'
import type { Page } from '@playwright/test'

const FOLDER = path.resolve(__dirname, '../../docs/images')

/** Takes a picture for the documentation, in both themes, if `npm run screenshots` asks for it. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS === undefined) {
    return
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.screenshot({ path: path.join(FOLDER, `${name}-${colorScheme}.png`), animations: 'disabled' })
  }
  await page.emulateMedia({ colorScheme: 'light' })
}
