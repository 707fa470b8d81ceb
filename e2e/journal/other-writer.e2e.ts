import { expect, test, type Page } from '@playwright/test'
import type { SheetDocument } from 'shared/journal/document'
import { flatten } from 'shared/journal/ledger'
import { must } from 'shared/plain/must'
import { MemorySchool, type BeforeWrite } from '../memory-school'
import { badge, LessonPage, signInAt } from '../pages/journal-pages'
import { duringLesson, mathLesson } from '../school'
import { devicesOfStory } from '../story'

const newDevice = devicesOfStory()
const child = 'Белкина Софья'
const excused = {
  sheet: mathLesson,
  kind: 'set-attendance' as const,
  set: [{ cell: 'reason:belkina', value: 'excused' }],
}

let beforeWrite: BeforeWrite
let school: MemorySchool

test.beforeEach(async () => {
  beforeWrite = async () => {}
  school = await MemorySchool.start(duringLesson, (writes) => beforeWrite(writes))
})

test.afterEach(() => school.stop())

async function openLesson(page: Page, login: string): Promise<LessonPage> {
  await signInAt(page, school.url, login)
  const lesson = new LessonPage(page)
  await lesson.open(mathLesson)
  return lesson
}

/** The lesson's ledger as it lies in the store: ids of its entries in order, and what else lies beside it. */
async function stored(): Promise<{ ids: string[]; conflicts: number }> {
  const store = await school.stores.open<SheetDocument>(school.db)
  const { doc, conflicts } = must((await store.get([mathLesson])).get(mathLesson), 'the lesson')
  const ids = [...flatten(doc.links)].flatMap((link) => (link.type === 'entry' ? [link.entry.id] : []))
  return { ids, conflicts: conflicts.length }
}

test('another server writes between this one’s read and write: both entries are in the ledger and on the screen', async () => {
  const lesson = await openLesson((await newDevice()).page, 'orlova')
  await lesson.absent(child)
  await expect(badge(lesson.page)).toContainText('Всё в школе')
  const other = await school.anotherServer()

  const writes: number[] = []
  const others: string[] = []
  beforeWrite = async (bulk) => {
    if (!bulk.some(({ doc }) => doc._id === mathLesson)) return
    writes.push(bulk.length)
    // Twice somebody is quicker.
    if (writes.length > 2) return
    const cell = writes.length === 1 ? 'reason:belkina' : 'reason:voronin'
    const draft = { ...excused, set: [{ cell, value: 'excused' }] }
    const { entry, receipt } = await school.write(other, 'klimova', draft)
    expect(receipt.admission).toEqual({ is: 'in' })
    others.push(entry.id)
  }
  await lesson.mark('Абрамов Кирилл', '5')
  await expect(badge(lesson.page)).toContainText('Всё в школе', { timeout: 30_000 })
  expect(others).toHaveLength(2)
  expect(writes).toHaveLength(3)
  await lesson.expectMark('Абрамов Кирилл', '5')
  await lesson.expectAttendance(child, 'У')

  const { ids, conflicts } = await stored()
  expect(conflicts).toBe(0)
  expect(ids).toHaveLength(4)
  expect(new Set(ids).size).toBe(4)
  expect(ids.slice(1, 3)).toEqual(others)
})

test('leaves of a split network under an open journal are merged, and the screen shows what each side wrote', async () => {
  const lesson = await openLesson((await newDevice()).page, 'orlova')
  await lesson.absent(child)
  await lesson.mark('Абрамов Кирилл', '5')
  await expect(badge(lesson.page)).toContainText('Всё в школе')

  const [one, two] = [await school.splitServer(), await school.splitServer()]
  const written = [
    await school.write(one.journal, 'klimova', excused),
    await school.write(two.journal, 'orlova', {
      sheet: mathLesson,
      kind: 'set-mark',
      set: [{ cell: 'mark:answer:guseva', value: '4' }],
    }),
  ]
  await lesson.mark('Воронин Артём', '3')
  await expect(badge(lesson.page)).toContainText('Всё в школе')

  // The network is whole again: the store has all three, side by side.
  for (const { stores } of [one, two]) {
    const store = await stores.open<SheetDocument>(school.db)
    const { doc, rev } = must((await store.get([mathLesson])).get(mathLesson), 'the lesson')
    await school.stores.plantLeaf(school.db, doc, rev)
  }
  expect((await stored()).conflicts).toBe(2)
  await school.journal.sweep()

  await lesson.expectAttendance(child, 'У')
  await lesson.expectMark('Гусева Дарья', '4')
  await lesson.expectMark('Воронин Артём', '3')
  await lesson.expectMark('Абрамов Кирилл', '5')
  await expect(badge(lesson.page)).toContainText('Всё в школе')
  const { ids, conflicts } = await stored()
  expect(conflicts).toBe(0)
  expect(ids).toHaveLength(5)
  expect(new Set(ids).size).toBe(5)
  expect(ids).toEqual(expect.arrayContaining(written.map(({ entry }) => entry.id)))

  const second = await openLesson((await newDevice()).page, 'klimova')
  await second.expectAttendance(child, 'У')
})
