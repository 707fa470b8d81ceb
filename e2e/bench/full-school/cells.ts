import { lessonId, type Day } from 'shared/journal/ids'
import type { Json } from 'shared/plain/json'

/**
 * A school of any number of classes, as cells of its directory: in each class 25 students and a section in each of the
 * eight lessons of the day. A teacher has eight sections, one in each of eight classes, at eight different hours, so a
 * teacher's share of the journal is the same in every school however many classes it has.
 */
export const slots = [1, 2, 3, 4, 5, 6, 7, 8]
export const studentsAClass = 25
const weekdays = [1, 2, 3, 4, 5]
const salt = 'AAAAAAAAAAAAAAAAAAAAAA'

export const classId = (k: number) => `c${k}`
export const sectionId = (k: number, slot: number) => `c${k}s${slot}`
export const teacherId = (k: number) => `t${k}`
/** Keeps the directory. */
export const office = 'office'
export const studentId = (k: number, i: number) => `c${k}p${i}`

/** Who teaches this section. There are as many teachers as classes. */
export function teacherOf(k: number, slot: number, classes: number): string {
  return teacherId((k + classes - (slot - 1)) % classes)
}

/** The lesson that this teacher gives on this day in this slot. */
export function lessonOfTeacher(
  teacher: number,
  slot: number,
  day: Day,
  classes: number,
): { sheet: string; class: number } {
  const k = (teacher + slot - 1) % classes
  return { sheet: lessonId(sectionId(k, slot), day, slot), class: k }
}

function name(last: string): Json {
  return { last, first: 'Мария', middle: 'Викторовна', salt }
}

function bells(): Json {
  const two = (n: number) => String(n).padStart(2, '0')
  const at = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
  return slots.map((slot) => ({
    slot,
    start: at(8 * 60 + (slot - 1) * 55),
    end: at(8 * 60 + (slot - 1) * 55 + 45),
  }))
}

/** The sheets of the directory, each with its cells. */
export function* directorySheets(classes: number): Generator<[sheet: string, cells: Record<string, Json>]> {
  yield ['school', { school: { name: 'Большая школа', short: 'Школа', zone: 'Europe/Moscow' } }]
  yield ['policy', { 'policy:2026-09-01': { preset: 'product-default', overrides: {} } }]
  yield [
    'calendar',
    {
      year: { start: '2026-09-01', end: '2027-05-26' },
      'terms:all': {
        grades: [1, 11],
        terms: [
          { id: 'q1', name: '1 четверть', start: '2026-09-01', end: '2026-10-23' },
          { id: 'q2', name: '2 четверть', start: '2026-11-02', end: '2026-12-29' },
          { id: 'q3', name: '3 четверть', start: '2027-01-11', end: '2027-03-19' },
          { id: 'q4', name: '4 четверть', start: '2027-03-29', end: '2027-05-26' },
        ],
      },
      holidays: [{ date: '2026-11-04', name: 'День народного единства' }],
      'bells:b': bells(),
    },
  ]
  const all = Array.from({ length: classes }, (_, k) => k)
  yield [
    'staff',
    Object.fromEntries([
      [`person:${office}`, { name: name('Администратор'), roles: ['admin'] }],
      ...all.map((k) => [`person:${teacherId(k)}`, { name: name(`Учитель-${k}`), roles: ['teacher'] }]),
    ]),
  ]
  for (const k of all) {
    yield [`roster:${classId(k)}`, rosterCells(k, classes)]
    yield [`timetable:${classId(k)}`, timetableCells(k)]
  }
}

function rosterCells(k: number, classes: number): Record<string, Json> {
  const students = Array.from({ length: studentsAClass }, (_, i): [string, Json] => [
    `student:${studentId(k, i)}`,
    { name: name(`Ученик-${k}-${i}`) },
  ])
  const sections = slots.map((slot): [string, Json] => [
    `section:${sectionId(k, slot)}`,
    {
      subject: `subject${slot}`,
      name: `Предмет ${slot}`,
      short: `Пр. ${slot}`,
      group: null,
      teacher: teacherOf(k, slot, classes),
      members: null,
    },
  ])
  const own = { name: `${k}-й`, grade: 5, homeroom: null, bells: 'b' }
  return { class: own, ...Object.fromEntries([...students, ...sections]) }
}

function timetableCells(k: number): Record<string, Json> {
  return Object.fromEntries(
    slots.flatMap((slot) =>
      weekdays.map((weekday): [string, Json] => [
        `week:${sectionId(k, slot)}-${weekday}-${slot}`,
        { section: sectionId(k, slot), weekday, slot, room: '204', from: '2026-09-01', to: null },
      ]),
    ),
  )
}
