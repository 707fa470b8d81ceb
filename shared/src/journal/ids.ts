import * as z from 'zod/mini'

/** A person, class, section or device: opaque ASCII, never reused, for life (I2). */
export const plainId = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/))
/** The hash of an entry's canonical content: 43 characters of base64url. */
export const entryId = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/))
/** `journal-<school>-<year>`: one CouchDB database a school and school year (I3). */
export const databaseName = z.string().check(z.regex(/^journal-[a-z0-9]{1,30}-\d{4}$/))
const dayPattern = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
/** `YYYY-MM-DD`, a day of the calendar, in the school's zone. */
export const day = z.string().check(z.regex(dayPattern), z.refine(isRealDay))

export type EntryId = string
export type PersonId = string
export type Day = string

/** The sheets this version knows, by the prefix of their id. */
export type SheetAddress =
  | { type: 'lesson'; section: string; date: Day; slot: number }
  | { type: 'roster' | 'families' | 'timetable'; class: string }
  | { type: 'school' | 'staff' | 'calendar' | 'policy' }

export type SheetType = SheetAddress['type']

// A slot has one spelling: `:02` beside `:2` would be a second sheet of the same lesson.
const lessonPattern = /^lesson:([A-Za-z0-9][A-Za-z0-9_-]{0,39}):(\d{4}-\d{2}-\d{2}):(0|[1-9]\d?)$/
const classPattern = /^(roster|families|timetable):([A-Za-z0-9][A-Za-z0-9_-]{0,39})$/
const singles = new Set(['school', 'staff', 'calendar', 'policy'])

/** Rule I1: a lesson's id is its section, date and slot as first published. */
export function lessonId(section: string, date: Day, slot: number): string {
  return `lesson:${section}:${date}:${slot}`
}

/** Reads a sheet's id; null when no sheet can have it. */
export function addressOf(sheet: string): SheetAddress | null {
  const lesson = lessonPattern.exec(sheet)
  if (lesson) {
    const [section, date, slot] = lesson.slice(1) as [string, string, string]
    return isRealDay(date) ? { type: 'lesson', section, date, slot: Number(slot) } : null
  }
  const ofClass = classPattern.exec(sheet)
  if (ofClass) {
    const [type, schoolClass] = ofClass.slice(1) as ['roster' | 'families' | 'timetable', string]
    return { type, class: schoolClass }
  }
  return singles.has(sheet) ? { type: sheet as 'school' | 'staff' | 'calendar' | 'policy' } : null
}

/** Whether the calendar has this day: `2026-02-30` has the shape of one and is none. */
export function isRealDay(date: string): boolean {
  if (!dayPattern.test(date)) return false
  // Engines differ on the 31st of February: some say no date, some the 3rd of March. So it is counted here.
  const [year = 0, month = 0, dayOfMonth = 0] = [date.slice(0, 4), date.slice(5, 7), date.slice(8)].map(
    Number,
  )
  return dayOfMonth <= daysOf(month, year)
}

function daysOf(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
