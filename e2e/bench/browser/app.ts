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
  var usableAt: Record<string, number> | undefined
}

/**
 * Notes in each page to come when screens are usable: ms from the start of the navigation until one stands in the
 * document and the frame that shows it has been painted.
 */
export async function noteUsable(page: Page, ...screens: Usable[]): Promise<void> {
  await page.addInitScript(
    (wanted) => {
      const noted: Record<string, number> = {}
      globalThis.usableAt = noted
      // No function here may have a name: the runner's compiler would call a helper that the page does not have.
      for (const selector of wanted)
        void (async () => {
          while (!document.querySelector(selector)) await new Promise(requestAnimationFrame)
          await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
          noted[selector] = performance.now()
        })()
    },
    screens.map(({ selector }) => selector),
  )
}

export async function usableAt(page: Page, { selector }: Usable): Promise<number> {
  const found = await page.waitForFunction((wanted) => globalThis.usableAt?.[wanted], selector, {
    timeout: 60_000,
  })
  return (await found.jsonValue()) as number
}
