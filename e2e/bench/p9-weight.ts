import type { Page } from '@playwright/test'
import { gzipSync } from 'node:zlib'
import { badge, SignInPage } from '../pages/journal-pages'
import { door, noteUsable, today, usableAt } from './browser/app'
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
      const { stack, login } = busy
      await noteUsable(page, door, today)
      await page.goto(stack.url)
      const atDoor = await scriptsBy(page, await usableAt(page, door))
      await new SignInPage(page).enter(login)
      const atToday = await scriptsBy(page, await usableAt(page, today))
      await badge(page)
        .getByText(/Всё в школе|Обновлено/)
        .first()
        .waitFor({ timeout: 60_000 })
      for (const [path, shows] of screens) {
        await page.evaluate((to) => history.pushState(null, '', to), path)
        await page.locator(shows).first().waitFor()
      }
      await page.waitForTimeout(2500)
      const everything = await scriptsBy(page, Number.POSITIVE_INFINITY)
      const [first, second, all] = [
        await kilobytes(stack.url, atDoor),
        await kilobytes(stack.url, atToday),
        await kilobytes(stack.url, everything),
      ]
      const parts = [first / goals.door, second / goals.today, all / goals.all]
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
          'An empty cache; every script that the page has asked for until the screen is painted, gzipped at the usual level, in kB of ' +
          '1,000 bytes. What is asked for after the screen has been painted is not counted to it, nor what the service worker fetches for later. The ratio is the worst part by its goal. ' +
          'Bytes do not vary: one run.',
        more: {
          door: first,
          today: second,
          all,
          'goal door': goals.door,
          'goal today': goals.today,
          'goal all': goals.all,
        },
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

/** The scripts that this page had asked for by a moment of its own clock (ms). */
function scriptsBy(page: Page, moment: number): Promise<string[]> {
  return page.evaluate((by) => {
    const asked = performance.getEntriesByType('resource').filter(({ name, startTime }) => {
      return startTime <= by && new URL(name).pathname.endsWith('.js')
    })
    return [...new Set(asked.map(({ name }) => new URL(name).pathname))]
  }, moment)
}

async function kilobytes(url: string, paths: readonly string[]): Promise<number> {
  const bodies = await Promise.all(
    paths.map(async (path) => Buffer.from(await (await fetch(url + path)).arrayBuffer())),
  )
  return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) / 1000
}
