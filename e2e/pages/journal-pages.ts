import { expect, type Locator, type Page } from '@playwright/test'

/** The screens of the product, by what a person sees on them. */

export class SignInPage {
  constructor(readonly page: Page) {}

  async enter(login: string, password = `${login}-2026`): Promise<void> {
    await this.page.getByLabel('Логин', { exact: true }).fill(login)
    await this.page.getByLabel('Пароль', { exact: true }).fill(password)
    await this.page.getByRole('button', { name: 'Войти' }).click()
    await expect(badge(this.page)).toBeVisible()
  }
}

/** Where things are: ✓ at the school, ↑ on this device … */
export function badge(page: Page): Locator {
  return page.locator('a[href="/unsent"]').first()
}

export class LessonPage {
  constructor(readonly page: Page) {}

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
  }

  async expectAbsent(name: string): Promise<void> {
    await expect(this.attendance(name)).toContainText('Н')
  }

  async allPresent(): Promise<void> {
    await this.page.getByRole('button', { name: 'Все присутствуют' }).click()
  }

  async topic(words: string): Promise<void> {
    const field = this.page.getByLabel('Тема урока')
    await field.fill(words)
    await field.blur()
  }

  async homework(words: string): Promise<void> {
    const field = this.page.getByLabel('Домашнее задание')
    await field.fill(words)
    await field.blur()
  }
}
