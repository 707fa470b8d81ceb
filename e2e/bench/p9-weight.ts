import type { Page, Response } from '@playwright/test'
import { gzipSync } from 'node:zlib'
import { badge, SignInPage } from '../pages/journal-pages'
import { openBrowser } from './browser/browser'
import { longSection } from './browser/busy-school'
import { busyStack } from './browser/busy-stack'
import type { Figure } from './figure'

/** kB of gzipped script by then. */
const goals = { door: 110, today: 230, all: 300 }

export const weight: Figure = {
  name: 'P9',
  title: 'gzipped script that is loaded by the door, by Today, and by all of a teacher’s screens',
  goal: 1,
  async run({ log }) {
    const busy = await busyStack(log)
    const browser = await openBrowser()
    try {
      const { page } = browser
      const scripts = watchScripts(page)
      const { stack, login } = busy
      await page.goto(stack.url)
      await page.locator('.sign-in-enter').waitFor()
      const door = await scripts.kilobytes()
      await new SignInPage(page).enter(login)
      await page.locator('.today a[href^="/lesson/"]').first().waitFor()
      const today = await scripts.kilobytes()
      await badge(page)
        .getByText(/Всё в школе|Обновлено/)
        .first()
        .waitFor({ timeout: 60_000 })
      for (const [path, shows] of screens) {
        await page.evaluate((to) => history.pushState(null, '', to), path)
        await page.locator(shows).first().waitFor()
      }
      await page.waitForTimeout(2500)
      const all = await scripts.kilobytes()
      const parts = [door / goals.door, today / goals.today, all / goals.all]
      const ratio = Math.max(...parts)
      return {
        ratio,
        ours: all,
        reference: goals.all,
        unit: 'kB',
        goal: 1,
        met: ratio <= 1,
        runs: 1,
        spread: [ratio, ratio],
        says:
          'An empty cache; every script that the page itself has asked for by then, gzipped at the usual level, in kB of ' +
          '1,000 bytes. What the service worker fetches for later is not counted. The ratio is the worst part by its goal. ' +
          'Bytes do not vary: one run.',
        more: { door, today, all, 'goal door': goals.door, 'goal today': goals.today, 'goal all': goals.all },
      }
    } finally {
      await browser.close()
      await busy.stop()
    }
  },
}

const screens = [
  ['/week', '.week, main h1'],
  [`/lesson/${encodeURIComponent(`lesson:${longSection}:2027-05-24:1`)}`, 'li fieldset button'],
  [`/journal/${longSection}`, '.journal-grid td'],
  ['/unsent', 'main h1'],
  ['/account', 'main h1'],
  ['/', '.today'],
] as const

function watchScripts(page: Page) {
  const seen: Response[] = []
  page.on('response', (response) => {
    const isScript = response.request().resourceType() === 'script'
    // What comes out of the worker's cache has come over the network once, for the worker.
    if (isScript && !response.fromServiceWorker()) seen.push(response)
    else if (isScript) cached.push(response)
  })
  const cached: Response[] = []
  return {
    async kilobytes(): Promise<number> {
      const sizes = new Map<string, number>()
      for (const response of [...seen, ...cached]) {
        if (response.request().serviceWorker()) continue
        sizes.set(response.url(), gzipSync(await response.body()).length)
      }
      return [...sizes.values()].reduce((sum, size) => sum + size, 0) / 1000
    },
  }
}
