import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { join } from 'node:path'
import { desktop, phone, tablet, type Screen } from '../device'

const sizes: Screen[] = [desktop, tablet, phone]
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Everything the browser complains of while screens are looked at: errors, and files it was told not to load. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    // A network that is away is part of the story.
    if (message.type() === 'error' && !message.text().includes('net::ERR_')) complaints.push(message.text())
  })
  return complaints
}

/**
 * Looks at a screen in three sizes, light and dark: nothing sticks out at the side, axe finds nothing, and a picture of
 * it lies in `screens/` of the results.
 */
export async function look(page: Page, name: string): Promise<void> {
  const folder = join(test.info().project.outputDir, 'screens')
  for (const size of sizes) {
    await page.setViewportSize(size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const file = `${name}-${size.width}-${colorScheme}`
      await page.screenshot({ path: join(folder, `${file}.png`), fullPage: true })
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect.soft(overflow, `${file} is wider than the screen`).toBeLessThanOrEqual(0)
      const axe = new AxeBuilder({ page }).setLegacyMode(true)
      // In the dark only the colours are others.
      const { violations } = await (
        colorScheme === 'light' ? axe.withTags(rules) : axe.withRules(['color-contrast'])
      ).analyze()
      const found = violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary ?? ''}`).join('; ')}`,
      )
      expect.soft(found, `${file} for who uses it another way`).toEqual([])
    }
  }
  // The next screen opens on the desk again, not on a phone that then grows.
  await page.setViewportSize(desktop)
}
