import { Dexie, type Table } from 'dexie'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { must } from 'shared/plain/must'
import { LessonScreen } from '../../../../client/src/features/lesson/lesson-screen'
import type { SealedRow } from '../../../../client/src/store/database'
import type { Journal } from '../../../../client/src/store/port'
import { JournalContext } from '../../../../client/src/store/use-journal'
import { enter, openAndSync } from './open-device'

interface Opened {
  journal: Journal
  /** The latest write that the screen has asked for. */
  written: () => Promise<unknown>
  plain: Table<SealedRow, string>
  row: SealedRow
}
let opened: Opened | null = null

/**
 * Opens a lesson's screen over the journal of a whole year, and beside it a table with nothing to it. The screen writes
 * to the product's journal; what it hands in and gets back is looked at on the way.
 */
export async function openLesson(login: string, lesson: string): Promise<void> {
  const entered = await enter(login)
  const { journal } = await openAndSync(entered)
  let latest: Promise<unknown> = Promise.resolve()
  const watched: Journal = {
    ...journal,
    write(draft) {
      const writing = journal.write(draft)
      latest = writing
      return writing
    },
  }
  const screen = createElement(LessonScreen, { id: lesson })
  createRoot(must(document.getElementById('root'), 'a root')).render(
    createElement(JournalContext, { value: watched }, screen),
  )
  await until(() => markButtons().length > 0)
  const db = new Dexie('bench-plain', { chromeTransactionDurability: 'strict' })
  db.version(1).stores({ rows: 'key, shelf' })
  await db.open()
  must(markButtons()[0], 'a mark').click()
  await latest
  const rows = await rowsOnDisk(`rxdb-dexie-zvonok-${entered.vault.id}--0--entries`)
  const bodies = rows.sort((a, b) => b.body.length - a.body.length)
  opened = {
    journal,
    written: () => latest,
    plain: db.table('rows'),
    row: must(bodies[0], 'a row on disk'),
  }
}

/** From the tap on a mark, through the screen and its rules, until the entry is durable on this device. */
export async function tap(turn: number): Promise<number> {
  const { written } = must(opened, 'an open lesson')
  await atRest()
  const buttons = markButtons().filter((button) => button.getAttribute('aria-pressed') !== 'true')
  const button = must(buttons[turn % buttons.length], 'a mark to give')
  const before = written()
  const began = performance.now()
  button.click()
  if (written() === before) throw new Error('the tap wrote nothing')
  await written()
  return performance.now() - began
}

/** The same without the screen: `journal.write` until it is durable. */
export async function write(sheet: string, student: string, turn: number): Promise<number> {
  const { journal } = must(opened, 'an open lesson')
  const set = [{ cell: `mark:answer:${student}`, value: String(2 + (turn % 4)) }]
  await atRest()
  const began = performance.now()
  await journal.write({ sheet, kind: 'set-mark', set })
  return performance.now() - began
}

/** A strict put of a row that the product left on disk, byte for byte, under a key of its own. */
export async function put(turn: number): Promise<number> {
  const { plain, row } = must(opened, 'an open lesson')
  await atRest()
  const began = performance.now()
  await plain.put({ ...row, key: `k${turn}` })
  return performance.now() - began
}

// Each side begins on a page that stands still: what the former turn changed on the screen has been painted.
async function atRest(): Promise<void> {
  for (let frame = 0; frame < 2; frame++)
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}

// Beside RxDB: a second database of the same name would close the one that is open.
async function rowsOnDisk(name: string): Promise<SealedRow[]> {
  const db = await new Dexie(name).open()
  const rows = await db.table<SealedRow & { _deleted: unknown }>('docs').toArray()
  db.close()
  return rows.map(({ key, shelf, body, tab }) => ({ key, shelf, body, tab }))
}

function markButtons(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('li fieldset button[aria-pressed]')]
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 50))
}
