import type { SheetDocument } from 'shared/journal/document'
import { lessonId, type Day } from 'shared/journal/ids'
import { must } from 'shared/plain/must'
import type { Founded, Signer } from '../../../sync-server/src/journal/port'
import type { StoreFactory } from '../../../sync-server/src/store/store'
import { lessonOfTeacher, sectionId, slots, teacherId, teacherOf } from './cells'
import { db } from './found-school'
import { lessonPush } from './lesson-entries'

/** The school days from 1 September until yesterday. */
export const pastDays: Day[] = [1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15].map(
  (day) => `2026-09-${String(day).padStart(2, '0')}`,
)
/** Whose pulls are measured. */
export const measuredTeacher = 0
const bulk = 500

/** What the measured teacher wrote since 1 September: forty entries a lesson, received on its own day after the last bell. */
export function* measuredEntries(classes: number, signer: Pick<Signer, 'timeToken'>): Generator<Founded> {
  const device = { person: teacherId(measuredTeacher), device: 'tablet', cookie: '' }
  let before = 0
  for (const day of pastDays) {
    const now = Date.parse(`${day}T13:00:00Z`)
    for (const slot of slots) {
      const { sheet, class: k } = lessonOfTeacher(measuredTeacher, slot, day, classes)
      const { entries } = lessonPush({ device, sheet, class: k, signer, before, now })
      before += entries.length
      for (const entry of entries) yield { entry, received: now }
    }
  }
}

/**
 * Lessons of everybody else, so many a class: copies of one real sheet under their own ids, cut down to what a small
 * lesson has. No device that is measured ever holds them.
 */
export async function fillOtherLessons(stores: StoreFactory, classes: number): Promise<void> {
  const store = await stores.open<SheetDocument>(db)
  const template = await smallSheet(classes, (id) => store.get([id]))
  let docs: SheetDocument[] = []
  const write = async () => {
    const outcomes = await store.write(docs.map((doc) => ({ doc, rev: null })))
    for (const [id, { is }] of outcomes) if (is !== 'written') throw new Error(`${id} is not written: ${is}`)
    docs = []
  }
  for (const day of pastDays) {
    for (let k = 0; k < classes; k++) {
      for (const slot of slots) {
        if (teacherOf(k, slot, classes) === teacherId(measuredTeacher)) continue
        docs.push({ ...template, _id: lessonId(sectionId(k, slot), day, slot) })
        if (docs.length === bulk) await write()
      }
    }
  }
  await write()
}

async function smallSheet(
  classes: number,
  get: (id: string) => Promise<Map<string, { doc: SheetDocument }>>,
): Promise<SheetDocument> {
  const { sheet } = lessonOfTeacher(measuredTeacher, 1, pastDays[0] ?? '', classes)
  const { doc } = must((await get(sheet)).get(sheet), sheet)
  const links = doc.links.slice(0, 3)
  const cells = Object.fromEntries(Object.entries(doc.cells).slice(0, 3))
  return { ...doc, links, cells, standings: {} }
}
