import { chromium, type BrowserContext, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Screen {
  width: number
  height: number
}
export const phone: Screen = { width: 390, height: 844 }
export const tablet: Screen = { width: 1024, height: 768 }
export const desktop: Screen = { width: 1280, height: 800 }

/** A tablet, phone or computer: a real Chromium with a profile on disk that outlives a restart. */
export class Device {
  #context: BrowserContext | null = null
  #offline = false
  #hasCalendar = false

  private constructor(
    readonly profile: string,
    readonly screen: Screen,
  ) {}

  static async buy(screen: Screen = tablet): Promise<Device> {
    const device = new Device(await mkdtemp(join(tmpdir(), 'zvonok-device-')), screen)
    await device.turnOn()
    return device
  }

  get context(): BrowserContext {
    if (!this.#context) throw new Error('the device is off')
    return this.#context
  }

  /** The first tab. */
  get page(): Page {
    const [page] = this.context.pages()
    if (!page) throw new Error('no tab is open')
    return page
  }

  async turnOn(): Promise<void> {
    this.#context = await chromium.launchPersistentContext(this.profile, {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      viewport: this.screen,
      hasTouch: this.screen.width < 1200,
      locale: 'ru-RU',
      timezoneId: 'Europe/Moscow',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
    await this.#context.setOffline(this.#offline)
    if (this.#hasCalendar) await this.#context.addInitScript(shiftCalendar, calendarKey)
  }

  /**
   * Sets the calendar clock as somebody does in the settings: what `Date` says moves, the monotonic clock does not. The
   * first time it takes effect with the next page; a restart keeps it.
   */
  async setCalendar(hoursAhead: number): Promise<void> {
    if (!this.#hasCalendar) await this.context.addInitScript(shiftCalendar, calendarKey)
    this.#hasCalendar = true
    const ahead = String(hoursAhead * 3_600_000)
    await this.page.evaluate(([key, value]) => localStorage.setItem(key, value), [
      calendarKey,
      ahead,
    ] as const)
  }

  /** Closes the browser, as a teacher does who puts the tablet away; the network is as it was when it opens again. */
  async restart(): Promise<void> {
    await this.turnOff()
    await this.turnOn()
  }

  async turnOff(): Promise<void> {
    const context = this.#context
    this.#context = null
    await context?.close()
  }

  async loseNetwork(): Promise<void> {
    this.#offline = true
    await this.context.setOffline(true)
  }

  async meetNetwork(): Promise<void> {
    this.#offline = false
    await this.context.setOffline(false)
  }

  async scrap(): Promise<void> {
    await this.turnOff()
    await rm(this.profile, { recursive: true, force: true })
  }
}

const calendarKey = 'e2e-calendar-ahead'

/** Runs in the page before anything else; how far the calendar is ahead is read anew each time. */
function shiftCalendar(key: string): void {
  const real = globalThis.Date
  const now = () => real.now() + Number(localStorage.getItem(key))
  globalThis.Date = new Proxy(real, {
    construct: (target, given, as) =>
      Reflect.construct(target, given.length > 0 ? given : [now()], as) as object,
    get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
  })
}
