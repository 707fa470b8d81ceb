import { expect, type Locator, type Page } from '@playwright/test'

/** The screens of the product, by what a person sees on them. */

export class SignInPage {
  constructor(readonly page: Page) {}

  async enter(login: string, password = `${login}-2026`): Promise<void> {
    await this.try(login, password)
    await expect(badge(this.page)).toBeVisible()
  }

  /** Fills the form and sends it, whatever comes of it. */
  async try(login: string, password: string): Promise<void> {
    await this.page.getByLabel('Логин', { exact: true }).fill(login)
    await this.page.getByLabel('Пароль', { exact: true }).fill(password)
    await this.page.getByRole('button', { name: 'Войти' }).click()
  }
}

/** Opens the school's address, signs in and waits until everything is here and the browser keeps the application. */
export async function signInAt(page: Page, url: string, login: string): Promise<void> {
  await page.goto(url)
  await new SignInPage(page).enter(login)
  await expect(badge(page)).toContainText(/Всё в школе|Обновлено/)
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state)
}

/** Signs out, as one does on a shared tablet. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Профиль' }).click()
  await page.getByRole('button', { name: 'Выйти', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Войти' })).toBeVisible()
}

/** Where things are: ✓ at the school, ↑ on this device … */
export function badge(page: Page): Locator {
  return page.locator('a[href="/unsent"]').first()
}

export class LessonPage {
  constructor(readonly page: Page) {}

  // What a tap changes is told before the next frame is painted: until then the badge says what was true before the tap.
  async #painted(): Promise<void> {
    await this.page.evaluate(
      () =>
        new Promise<void>((done) => requestAnimationFrame(() => void requestAnimationFrame(() => done()))),
    )
  }

  async open(lesson: string): Promise<void> {
    await this.page.evaluate(
      (path) => {
        history.pushState(null, '', path)
      },
      `/lesson/${encodeURIComponent(lesson)}`,
    )
    await expect(this.page.getByRole('heading', { level: 1 })).toContainText('·')
  }

  student(name: string): Locator {
    return this.page.getByRole('listitem').filter({ hasText: name })
  }

  async mark(name: string, mark: string): Promise<void> {
    await this.student(name)
      .getByRole('group', { name: `Отметка: ${name}` })
      .getByRole('button', { name: mark })
      .click()
    await this.#painted()
  }

  async expectMark(name: string, mark: string): Promise<void> {
    const pressed = this.student(name).locator('button[aria-pressed="true"]')
    await expect(pressed).toHaveText(mark)
  }

  attendance(name: string): Locator {
    return this.student(name).getByRole('button', { name: `${name}: ` })
  }

  async absent(name: string): Promise<void> {
    await this.attendance(name).click()
    await this.#painted()
  }

  async expectAbsent(name: string): Promise<void> {
    await expect(this.attendance(name)).toContainText('Н')
  }

  /** Gives the reason of an absence in the panel of the student. */
  async reason(name: string, reason: string): Promise<void> {
    await this.page.getByRole('button', { name: `Ещё: ${name}` }).click()
    await this.page.getByRole('dialog').getByRole('button', { name: reason }).click()
    await this.#painted()
  }

  async expectAttendance(name: string, letter: string): Promise<void> {
    await expect(this.attendance(name)).toContainText(letter)
  }

  async allPresent(): Promise<void> {
    await this.page.getByRole('button', { name: 'Все присутствуют' }).click()
    await this.#painted()
  }

  async topic(words: string): Promise<void> {
    const field = this.page.getByLabel('Тема урока')
    await field.fill(words)
    await field.blur()
    await this.#painted()
  }

  async homework(words: string): Promise<void> {
    const field = this.page.getByLabel('Домашнее задание')
    await field.fill(words)
    await field.blur()
    await this.#painted()
  }
}

/** «Мои записи»: what is not at school yet, and what needs its author. */
export class UnsentPage {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await badge(this.page).click()
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText('Мои записи')
  }

  /** The entries under one heading. */
  group(title: string): Locator {
    return this.page.getByRole('region', { name: title }).getByRole('listitem')
  }

  async sendNow(): Promise<void> {
    await this.page.getByRole('button', { name: 'Отправить сейчас' }).click()
  }

  async setAgain(): Promise<void> {
    await this.page.getByRole('button', { name: 'Поставить снова' }).click()
  }
}
