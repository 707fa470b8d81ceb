import { addressOf, lessonId, type Day, type SheetAddress } from '../journal/ids'
import type { Directory, Section } from '../people/directory'
import type { WeekLessonCell } from '../people/directory-cells'
import { isTeachingDay } from './calendar'
import { addDays, instantAt, weekdayOf } from './zone'

/** A lesson as the timetable gives it. One without entries has no sheet: it follows from here (I1). */
export interface Lesson {
  id: string
  section: string
  class: string
  date: Day
  slot: number
  /** ms since 1970; both 0 when the class has no bell for the slot. */
  start: number
  end: number
  room: string
  /** The section's own teacher. */
  teacher: string | null
  /** Who holds the lesson in the teacher's place, where somebody does (TIM-05). */
  substitute: string | null
  cancelled: boolean
}

/** The lessons of a section from one day to another, both included, in order. Cancelled ones are among them. */
export function lessonsOf(section: Section, from: Day, to: Day, directory: Directory): Lesson[] {
  const grade = directory.classes.get(section.class)?.grade
  const week = directory.week.get(section.id)
  if (grade === undefined || !week) return []
  const lessons: Lesson[] = []
  for (const date of daysBetween(from, to)) {
    const weekday = weekdayOf(date)
    const today = week.filter((place) => place.weekday === weekday && isInForce(place, date))
    if (today.length === 0 || !isTeachingDay(date, grade, directory.calendar)) continue
    today.sort((a, b) => a.slot - b.slot)
    for (const [i, place] of today.entries()) {
      // Two rows for one slot are one lesson: an id is never given twice (I1).
      if (place.slot !== today[i - 1]?.slot) lessons.push(lessonAt(section, place, date, directory))
    }
  }
  return lessons
}

// The day after 9999-12-31 is spelled `+010000-…`, which sorts before it: a loop while `date <= to` would not end there.
function* daysBetween(from: Day, to: Day): Generator<Day> {
  if (from > to) return
  for (let date = from; date !== to; date = addDays(date, 1)) yield date
  yield to
}

/** The lesson a sheet's address names, or null when the timetable has none there. */
export function lessonOf(
  address: Extract<SheetAddress, { type: 'lesson' }>,
  directory: Directory,
): Lesson | null {
  const section = directory.sections.get(address.section)
  if (!section) return null
  const lessons = rememberedFor(directory)
  const id = lessonId(address.section, address.date, address.slot)
  const known = lessons.get(id)
  if (known !== undefined) return known
  const day = lessonsOf(section, address.date, address.date, directory)
  const lesson = day.find(({ slot }) => slot === address.slot) ?? null
  if (lessons.size >= mostRemembered) lessons.clear()
  lessons.set(id, lesson)
  return lesson
}

// A class filled in one go asks for one lesson eighty times over. A directory that changes is another object.
const remembered = new WeakMap<Directory, Map<string, Lesson | null>>()
const mostRemembered = 2_000

function rememberedFor(directory: Directory): Map<string, Lesson | null> {
  let lessons = remembered.get(directory)
  if (!lessons) remembered.set(directory, (lessons = new Map()))
  return lessons
}

/** A person's lessons of one day, in order of time: own ones not given away, and those given to them. */
export function lessonsOfPerson(person: string, date: Day, directory: Directory): Lesson[] {
  const lessons: Lesson[] = []
  const given = new Set<string>()
  for (const [id, { teacher }] of directory.substitutions) {
    const address = teacher === person ? addressOf(id) : null
    if (address?.type === 'lesson' && address.date === date) given.add(address.section)
  }
  for (const section of directory.sections.values()) {
    if (section.teacher !== person && !given.has(section.id)) continue
    for (const lesson of lessonsOf(section, date, date, directory)) {
      if (lesson.teacher === person || lesson.substitute === person) lessons.push(lesson)
    }
  }
  return lessons.sort((a, b) => a.start - b.start || a.slot - b.slot || (a.id < b.id ? -1 : 1))
}

/** Who holds the page of this lesson (TIM-06): the substitute while there is one. */
export function assigneeOf(lesson: Lesson): string | null {
  return lesson.substitute ?? lesson.teacher
}

function isInForce(place: WeekLessonCell, date: Day): boolean {
  return place.from <= date && (place.to === null || date <= place.to)
}

function lessonAt(section: Section, place: WeekLessonCell, date: Day, directory: Directory): Lesson {
  const id = lessonId(section.id, date, place.slot)
  const bells = directory.calendar.bells.get(directory.classes.get(section.class)?.bells ?? '')
  const bell = bells?.find(({ slot }) => slot === place.slot)
  const { zone } = directory.school
  const substitution = directory.substitutions.get(id)
  return {
    id,
    section: section.id,
    class: section.class,
    date,
    slot: place.slot,
    start: bell ? instantAt(date, bell.start, zone) : 0,
    end: bell ? instantAt(date, bell.end, zone) : 0,
    room: substitution?.room ?? place.room,
    teacher: section.teacher,
    substitute:
      substitution?.teacher && substitution.teacher !== section.teacher ? substitution.teacher : null,
    cancelled: substitution?.cancelled ?? false,
  }
}
