import { expect, type Locator, type Page } from '@playwright/test'

/** What a person sees of a new version, and what tells a test that it is running. */
export class UpdatePage {
  constructor(readonly page: Page) {}

  get prompt(): Locator {
    return this.page.getByText('Готово обновление')
  }

  /** The browser asks for a newer version, as it does by itself every hour. */
  async lookForNewer(): Promise<void> {
    await this.page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready
      await registration.update()
    })
  }

  async accept(): Promise<void> {
    await this.page.getByRole('button', { name: 'Обновить' }).click()
  }

  /** The main script: its name carries the hash of its content. */
  async script(): Promise<string> {
    return (await this.page.locator('script[type="module"]').getAttribute('src')) ?? ''
  }

  /** Marks this load of the page; gone once it was loaded again. */
  async markLoad(): Promise<void> {
    await this.page.evaluate(() => document.documentElement.setAttribute('data-load', 'this-one'))
  }

  async expectSameLoad(): Promise<void> {
    await expect(this.page.locator('html')).toHaveAttribute('data-load', 'this-one')
  }

  async expectLoadedAgain(): Promise<void> {
    await expect(this.page.locator('html')).not.toHaveAttribute('data-load', 'this-one')
  }
}
