import { heldLessons } from 'shared/calendar/held-lessons'
import { assigneeOf, lessonsOfPerson, type Lesson } from 'shared/calendar/lessons'
import { addDays } from 'shared/calendar/zone'
import type { Day } from 'shared/journal/ids'
import { lessonFactsOf } from 'shared/journal/judge'
import type { Homework } from 'shared/journal/kinds/set-homework'
import { missingIn, type Missing } from 'shared/journal/missing'
import type { ShownSheet } from 'shared/journal/overlay'
import type { Directory } from 'shared/people/directory'
import { initialsName } from 'shared/people/names'

export type ReadSheet = (id: string) => ShownSheet

/** A lesson as the day of a teacher shows it. */
export interface DayLesson {
  lesson: Lesson
  className: string
  subject: string
  short: string
  group: string | null
  /** In whose hands it is, as seen by this person. */
  role: 'own' | 'substitute' | 'given-away' | 'cancelled'
  /** The other teacher: whose lesson it is, or who holds it. */
  other: string | null
  phase: 'over' | 'now' | 'to-come'
  /** What it lacks; nothing before it has begun, nor where somebody else holds it. */
  missing: Missing[]
  topic: string | null
  homework: Homework | null
}

/** The lessons of one person on one day, in order of time (TIM-01, DDL-19). */
export function dayLessons(
  person: string,
  date: Day,
  now: number,
  directory: Directory,
  read: ReadSheet,
): DayLesson[] {
  return lessonsOfPerson(person, date, directory).map((lesson) =>
    dayLesson(lesson, person, now, directory, read),
  )
}

/** Longer ago is the deputy's business: a list of a whole year would hide yesterday. */
const debtDays = 30

/** Held lessons before this day that still lack something, the oldest first (DDL-11, DDL-19). */
export function debtsBefore(
  today: Day,
  person: string,
  now: number,
  directory: Directory,
  read: ReadSheet,
): DayLesson[] {
  return heldLessons(person, addDays(today, -debtDays), addDays(today, -1), directory)
    .map((lesson) => dayLesson(lesson, person, now, directory, read))
    .filter(({ missing }) => missing.length > 0)
}

/** The next day after this one on which the person has a lesson; null when there is none in sight. */
export function nextDayWithLessons(person: string, date: Day, directory: Directory): Day | null {
  return heldLessons(person, addDays(date, 1), addDays(date, 21), directory)[0]?.date ?? null
}

function dayLesson(
  lesson: Lesson,
  person: string,
  now: number,
  directory: Directory,
  read: ReadSheet,
): DayLesson {
  const section = directory.sections.get(lesson.section)
  const { cells } = read(lesson.id)
  const facts = lessonFactsOf(lesson, directory, cells)
  const role = roleIn(lesson, person)
  const holds = role === 'own' || role === 'substitute'
  const other = role === 'substitute' ? lesson.teacher : role === 'given-away' ? lesson.substitute : null
  const member = other ? directory.staff.get(other) : undefined
  const topic = cells.topic?.value as { text: string } | null | undefined
  return {
    lesson,
    className: facts?.schoolClass.name ?? '',
    subject: section?.name ?? '',
    short: section?.short ?? '',
    group: section?.group ?? null,
    role,
    other: member ? initialsName(member.name) : null,
    phase: now < lesson.start ? 'to-come' : now <= lesson.end ? 'now' : 'over',
    missing: holds && facts && now >= lesson.start ? missingIn(cells, facts) : [],
    topic: topic?.text ?? null,
    homework: (cells.homework?.value ?? null) as Homework | null,
  }
}

function roleIn(lesson: Lesson, person: string): DayLesson['role'] {
  if (lesson.cancelled) return 'cancelled'
  if (assigneeOf(lesson) !== person) return 'given-away'
  return lesson.teacher === person ? 'own' : 'substitute'
}
