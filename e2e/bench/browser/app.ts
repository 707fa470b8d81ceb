import type { Page } from '@playwright/test'
import { badge, SignInPage } from '../../pages/journal-pages'
import { openBrowser, type BenchBrowser } from './browser'
import type { BusyStack } from './busy-stack'

/** Signs in to the built application in a browser and waits for the year to be there and the shell to be kept. */
export async function signedInBrowser(
  { stack, login }: BusyStack,
  { remember, profile }: { remember: boolean; profile?: string },
): Promise<BenchBrowser> {
  const browser = await openBrowser(profile ? { profile } : {})
  const { page } = browser
  await page.goto(stack.url)
  if (remember) await page.getByRole('checkbox').first().check()
  await new SignInPage(page).enter(login)
  await badge(page)
    .getByText(/Всё в школе|Обновлено/)
    .first()
    .waitFor({ timeout: 60_000 })
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state)
  // The other screens are fetched a little later; none of it is to fall into what is measured.
  await page.waitForTimeout(2500)
  return browser
}

/** What has to be seen for a screen to be usable: a selector, and text in it. */
export interface Usable {
  selector: string
}
export const door: Usable = { selector: '.sign-in-enter' }
export const today: Usable = { selector: '.today a[href^="/lesson/"]' }

declare global {
  var usableAt: number | undefined
}

/**
 * Notes in each page to come when a screen is usable: ms from the start of the navigation until it stands in the
 * document and the frame that shows it has been painted.
 */
export async function noteUsable(page: Page, { selector }: Usable): Promise<void> {
  await page.addInitScript((wanted) => {
    const look = () => {
      if (!document.querySelector(wanted)) return requestAnimationFrame(look)
      const channel = new MessageChannel()
      channel.port1.addEventListener('message', () => (globalThis.usableAt = performance.now()))
      channel.port1.start()
      return channel.port2.postMessage(null)
    }
    requestAnimationFrame(look)
  }, selector)
}

export async function usableAt(page: Page): Promise<number> {
  const found = await page.waitForFunction(() => globalThis.usableAt, undefined, { timeout: 30_000 })
  return (await found.jsonValue()) as number
}
