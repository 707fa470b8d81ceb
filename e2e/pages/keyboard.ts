import { expect, type Locator, type Page } from '@playwright/test'

interface Focused {
  name: string
  /** Something around it tells that the keyboard is here, and it is on the screen. */
  isSeen: boolean
}

/** A person who has no mouse: presses keys, and looks where they are after each. */
export class Keyboard {
  constructor(readonly page: Page) {}

  /** Goes on by Tab until the thing of this name has the focus. */
  async to(name: string | RegExp, most = 60): Promise<void> {
    const passed: string[] = []
    for (let i = 0; i < most; i += 1) {
      await this.page.keyboard.press('Tab')
      const focused = await this.look()
      if (typeof name === 'string' ? focused.name === name : name.test(focused.name)) return
      passed.push(focused.name)
    }
    throw new Error(`the keyboard does not reach ${String(name)}: ${passed.join(' | ')}`)
  }

  /** The same for what has no name of its own. */
  async toThe(place: Locator, most = 120): Promise<void> {
    for (let i = 0; i < most; i += 1) {
      await this.page.keyboard.press('Tab')
      await this.look()
      if (await place.evaluate((element) => element === document.activeElement)) return
    }
    throw new Error('the keyboard does not reach the place')
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key)
      await this.look()
    }
  }

  async type(words: string): Promise<void> {
    await this.page.keyboard.type(words)
  }

  /** Where the keyboard is; fails where nobody could see that. */
  async look(): Promise<Focused> {
    const focused = await this.page.evaluate((): Focused => {
      const element = document.activeElement
      if (!(element instanceof HTMLElement) || element === document.body) return { name: '', isSeen: true }
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      const { left, right, top, bottom } = element.getBoundingClientRect()
      const isOnScreen = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight
      const label = 'labels' in element ? (element.labels as NodeListOf<HTMLLabelElement> | null)?.[0] : null
      const name = element.getAttribute('aria-label') ?? label?.textContent ?? element.textContent
      return {
        name: name.trim(),
        isSeen: isOnScreen && outlineStyle !== 'none' && parseFloat(outlineWidth) > 0,
      }
    })
    expect(focused.isSeen, `the focus on «${focused.name}» cannot be seen`).toBe(true)
    return focused
  }
}
