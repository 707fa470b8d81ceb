import { expect, type Page } from '@playwright/test'
import { lessonId } from 'shared/journal/ids'
import type { SheetDocument } from 'shared/journal/document'
import { flatten } from 'shared/journal/ledger'
import { must } from 'shared/plain/must'
import { killBrowser } from '../app/browser-processes'
import { Device, phone } from '../device'
import { badge, LessonPage, SignInPage } from '../pages/journal-pages'
import { SchoolSide, type Student } from '../school'
import type { Random } from '../simulate/random'
import type { Stack } from '../stack'
import type { Complaint } from './check-journal'
import { browserTeacher } from './kill-school'

/** A mark that was tapped on the screen and seen on the browser's disk. */
interface Tapped {
  sheet: string
  cell: string
  mark: string
}

/** Teaches English to the first group of 5А, and writes nowhere else; nobody else writes there. */
const teacher = browserTeacher
const section = 'eng1-5a'
const lessons = [
  lessonId(section, '2026-09-14', 1),
  lessonId(section, '2026-09-11', 3),
  lessonId(section, '2026-09-07', 1),
]
/** The machine has more to do than this browser. */
const patient = { timeout: 60_000 }
const marks = ['5', '4', '3', '2']

/** A teacher in a real Chromium whose every process is killed while they write. */
export class KillBrowser {
  readonly confirmed: Tapped[] = []
  deaths = 0
  #next = 0
  #isNew = true
  /** The lesson on the screen. */
  #open = ''

  private constructor(
    readonly stack: Stack,
    readonly device: Device,
    readonly students: readonly Student[],
  ) {}

  static async open(stack: Stack): Promise<KillBrowser> {
    const school = await SchoolSide.as(stack, teacher)
    const device = await Device.buy(phone)
    await device.turnOff()
    const cell = (await school.sheets()).flatMap(({ cells }) => cells[`section:${section}`] ?? [])[0]
    const { members } = must(cell, section).value as unknown as { members: string[] }
    const students = (await school.students()).filter(({ id }) => members.includes(id))
    return new KillBrowser(stack, device, students)
  }

  /** Taps a few marks, each seen on the disk before the next, and one more; then every process is killed. */
  async writeAndDie(random: Random): Promise<string> {
    await this.#enter()
    const { page } = this.device
    const taps = random.int(2, 6)
    for (let i = 0; i < taps; i += 1) {
      const before = await rowsOnDisk(page)
      const tapped = await this.#tap()
      if (tapped && (await untilMore(page, before))) this.confirmed.push(tapped)
    }
    await this.#tap()
    await killBrowser(this.device.profile)
    this.deaths += 1
    // It may have noticed already that nothing is left to close.
    await this.device.turnOff().catch(() => {})
    return `${taps} marks on the disk, one more tapped`
  }

  /** Turns the browser on once more and waits until it says that everything is at the school. */
  async settle(): Promise<void> {
    await this.#enter()
    // What was made before a restart without a contact has an uncertain moment, and waits at the school for a deputy (T3).
    await expect(badge(this.device.page)).toContainText(/Всё в школе|(ждёт|ждут) завуча/, patient)
    await this.device.turnOff()
  }

  /** I1: each mark that was on the disk is in the ledger once. */
  check(docs: ReadonlyMap<string, SheetDocument>): Complaint[] {
    return this.confirmed.flatMap(({ sheet, cell, mark }) => {
      const links = flatten(docs.get(sheet)?.links ?? [])
      const of = links.filter(
        (link) =>
          link.type === 'entry' &&
          link.entry.changes.some((change) => change.cell === cell && change.value === mark),
      )
      const ids = new Set(of.flatMap((link) => (link.type === 'entry' ? [link.entry.id] : [])))
      return ids.size === 1
        ? []
        : [{ rule: 'I1', says: `the browser's ${mark} in ${cell} is in the ledger ${ids.size} times` }]
    })
  }

  async scrap(): Promise<void> {
    await this.device.scrap()
  }

  async #enter(): Promise<void> {
    await this.device.turnOn()
    this.#open = ''
    const { page } = this.device
    await page.goto(this.stack.url)
    await new SignInPage(page).try(teacher, `${teacher}-2026`)
    await expect(badge(page)).toBeVisible(patient)
    if (this.#isNew) {
      await expect(badge(page)).toContainText(/Всё в школе|Обновлено/, patient)
      await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state)
    }
    this.#isNew = false
  }

  // Each student is given each mark once, so that a mark tells by itself whether it arrived, and how often.
  async #tap(): Promise<Tapped | null> {
    const turn = this.#next
    this.#next += 1
    const student = must(this.students[turn % this.students.length], 'a student')
    const page = Math.floor(turn / this.students.length)
    const mark = must(marks[page % marks.length], 'a mark')
    const sheet = lessons[Math.floor(page / marks.length)]
    if (!sheet) return null
    if (sheet !== this.#open) await new LessonPage(this.device.page).open(sheet)
    this.#open = sheet
    await new LessonPage(this.device.page).mark(`${student.last} ${student.first}`, mark)
    return { sheet, cell: `mark:answer:${student.id}`, mark }
  }
}

/** How many rows the browser's store of entries holds. A reading transaction waits for the writing ones before it. */
async function rowsOnDisk(page: Page): Promise<number> {
  // No named function in here: the loader would ask the page for a helper of its own.
  return page.evaluate(async () => {
    let rows = 0
    for (const { name } of await indexedDB.databases()) {
      if (!name?.includes('entries')) continue
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.addEventListener('success', () => resolve(opening.result))
        opening.addEventListener('error', () => reject(opening.error ?? new Error('it does not open')))
      })
      if (database.objectStoreNames.contains('docs'))
        rows += await new Promise<number>((resolve, reject) => {
          const counting = database.transaction('docs').objectStore('docs').count()
          counting.addEventListener('success', () => resolve(counting.result))
          counting.addEventListener('error', () => reject(counting.error ?? new Error('it does not count')))
        })
      database.close()
    }
    return rows
  })
}

async function untilMore(page: Page, before: number): Promise<boolean> {
  for (let left = 60; left > 0; left -= 1) {
    if ((await rowsOnDisk(page)) > before) return true
    await page.waitForTimeout(25)
  }
  return false
}
