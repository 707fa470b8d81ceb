import { makeEntry, type Draft } from 'shared/journal/build'
import type { Entry } from 'shared/journal/entry'
import type { ClockReading } from 'shared/journal/made'
import {
  allPresent,
  setAttendance,
  setColumn,
  setHomework,
  setMark,
  setRemark,
  setTopic,
} from 'shared/journal/lesson-drafts'
import { overlay, type OwnEntry, type ShownSheet } from 'shared/journal/overlay'
import { foldRulesOf } from 'shared/journal/capacity'
import { defaultPolicy } from 'shared/policy/policy'
import { must } from 'shared/plain/must'
import type { Signer } from '../../../sync-server/src/journal/port'
import { studentId, studentsAClass } from './cells'
import { db, evening, type SignedInDevice } from './found-school'

const minute = 60_000
const salt = 'c2FsdHNhbHRzYWx0c2FsdA'
export const entriesALesson = 40

export interface LessonOfDevice {
  device: SignedInDevice
  sheet: string
  class: number
  signer: Pick<Signer, 'timeToken'>
  /** How many entries this device's author made on it before. */
  before?: number
  /** When the device comes back into the network (ms). */
  now?: number
}

/** What a device sends after a lesson without network: forty entries, made by the client's own builder, proven in time. */
export function lessonPush(lesson: LessonOfDevice): { entries: Entry[]; clock: ClockReading } {
  const { device, sheet, signer, before = 0, now = evening } = lesson
  const contacted = now - 20 * minute
  const reading = (time: number) => ({
    wall: time,
    mono: time - contacted + minute,
    boot: `boot-${device.device}`,
    jumps: 0,
  })
  const contact = {
    time: contacted,
    token: signer.timeToken(contacted),
    clock: reading(contacted),
  }
  const own: OwnEntry[] = []
  const rules = foldRulesOf(defaultPolicy)
  let shown: ShownSheet = { id: sheet, cells: {}, own: {} }
  const entries = draftsOf(lesson).map((draft, i) => {
    const made = { clock: reading(contacted + (i + 1) * 15_000), contact }
    // Only a cell that was set before has a base: nothing else is looked at.
    const isAgain = draft.set.some(({ cell }) =>
      own.some(({ entry }) => entry.changes.some((c) => c.cell === cell)),
    )
    if (isAgain) shown = overlay(sheet, null, own, rules)
    const entry = makeEntry(draft, shown, {
      db,
      author: device.person,
      device: device.device,
      n: before + i + 1,
      made,
    })
    own.push({ entry, receipt: null, capacity: 'teacher' })
    return entry
  })
  return { entries, clock: reading(now) }
}

function draftsOf({ sheet, class: k }: LessonOfDevice): Draft[] {
  const students = Array.from({ length: studentsAClass }, (_, i) => studentId(k, i))
  const [ill = '', late = '', away = '', ...present] = students
  const remark = { to: 'family' as const, text: { text: 'Забыл тетрадь и сменную обувь.', salt } }
  return [
    setTopic(sheet, 'Сложение и вычитание дробей с разными знаменателями', salt),
    setHomework(sheet, { text: { text: 'Учебник, § 14, № 231–238, повторить правила', salt } }),
    allPresent(sheet, {}, students),
    must(setAttendance(sheet, {}, ill, 'ill'), 'a change'),
    must(setAttendance(sheet, {}, late, 'late'), 'a change'),
    must(setAttendance(sheet, {}, away, 'absent'), 'a change'),
    setColumn(sheet, 'w1', { type: 'written', title: { text: 'Самостоятельная работа', salt }, weight: 2 }),
    setRemark(sheet, late, 'r1', remark),
    ...present.map((student, i) => setMark(sheet, 'w1', student, String(3 + (i % 3)))),
    ...present.slice(0, 8).map((student, i) => setMark(sheet, 'answer', student, String(4 + (i % 2)))),
    // Two slips of the pencil, put right.
    ...present.slice(0, 2).map((student) => setMark(sheet, 'answer', student, '3')),
  ]
}
