import { termOf, termsOf, type Term } from 'shared/calendar/calendar'
import { lessonsOf, type Lesson } from 'shared/calendar/lessons'
import { columnsOf, type WorkColumn } from 'shared/journal/columns'
import type { Day } from 'shared/journal/ids'
import { dueOf, lessonFactsOf } from 'shared/journal/judge'
import { markCell } from 'shared/journal/kinds/set-mark'
import { takenCell } from 'shared/journal/kinds/take-attendance'
import type { ShownSheet } from 'shared/journal/overlay'
import {
  membersOf,
  policyOn,
  type Directory,
  type SchoolClass,
  type Section,
  type Student,
} from 'shared/people/directory'
import { listNames } from 'shared/people/list-names'
import { byName } from 'shared/people/names'

/** A term of one section, before anything is written on it. */
export interface JournalPage {
  section: Section
  schoolClass: SchoolClass
  terms: Term[]
  term: Term
  lessons: Lesson[]
  /** Whoever is or was on the list in this term, by surname. */
  students: JournalStudent[]
  hasMarks: boolean
  hasHomework: boolean
  scale: string[]
}
export type JournalStudent = Pick<Student, 'id' | 'from' | 'to'> & { name: string }

/** Null when this person's device knows no such section, or its calendar no terms. `wanted` is a term's id. */
export function journalPageOf(
  id: string,
  wanted: string | undefined,
  today: Day,
  directory: Directory,
): JournalPage | null {
  const section = directory.sections.get(id)
  const schoolClass = section && directory.classes.get(section.class)
  if (!section || !schoolClass) return null
  const { grade } = schoolClass
  const terms = termsOf(grade, directory.calendar)
  const begun = terms.filter(({ start }) => start <= today)
  const term =
    terms.find((one) => one.id === wanted) ??
    termOf(today, grade, directory.calendar) ??
    begun.at(-1) ??
    terms[0]
  if (!term) return null
  const policy = policyOn(today < term.start ? term.start : today > term.end ? term.end : today, directory)
  const listed = membersOf(section, directory)
    .filter(({ from, to }) => (!from || from <= term.end) && (!to || to >= term.start))
    .sort((a, b) => byName(a.name, b.name))
  const names = listNames(listed)
  return {
    section,
    schoolClass,
    terms,
    term,
    lessons: lessonsOf(section, term.start, term.end, directory).filter(({ cancelled }) => !cancelled),
    students: listed.map(({ id: student, from, to }) => ({
      id: student,
      name: names.get(student) ?? '',
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
    })),
    hasMarks: !(grade === 1 && policy.grade1.marks === 'forbidden'),
    hasHomework: !(grade === 1 && policy.grade1.homework === 'forbidden'),
    scale: policy.marks.scale,
  }
}

/** One column of the grid: a work of a lesson. The first of a lesson shows attendance too. */
export interface GridColumn {
  key: string
  lesson: Lesson
  /** Null where there are no marks: the column is for attendance alone. */
  work: WorkColumn | null
  first: boolean
  time: 'closed' | 'open' | 'to-come'
}

/** Which lessons are past their deadline, and which have not begun, by lesson. */
export function lessonTimes(
  page: JournalPage,
  now: number,
  directory: Directory,
): Map<string, GridColumn['time']> {
  return new Map(page.lessons.map((lesson) => [lesson.id, timeOfLesson(lesson, page, now, directory)]))
}

export function gridColumns(
  page: JournalPage,
  times: ReadonlyMap<string, GridColumn['time']>,
  read: (id: string) => ShownSheet,
): GridColumn[] {
  return page.lessons.flatMap((lesson): GridColumn[] => {
    const time = times.get(lesson.id) ?? 'open'
    const works = page.hasMarks ? worksOn(read(lesson.id)) : []
    if (works.length === 0) return [{ key: lesson.id, lesson, work: null, first: true, time }]
    return works.map((work, i) => ({ key: `${lesson.id} ${work.id}`, lesson, work, first: i === 0, time }))
  })
}

const works = new WeakMap<ShownSheet, WorkColumn[]>()
function worksOn(sheet: ShownSheet): WorkColumn[] {
  const known = works.get(sheet) ?? columnsOf(sheet.cells)
  works.set(sheet, known)
  return known
}

function timeOfLesson(
  lesson: Lesson,
  { hasMarks }: JournalPage,
  now: number,
  directory: Directory,
): GridColumn['time'] {
  if (now < lesson.start) return 'to-come'
  const facts = lessonFactsOf(lesson, directory, {})
  const due = facts && (hasMarks ? dueOf(markCell, 'mark:answer:', facts) : dueOf(takenCell, 'taken', facts))
  return due !== null && due < now ? 'closed' : 'open'
}

/** Which column to show first: today's, or that of the last lesson that has begun. */
export function currentColumn(columns: readonly GridColumn[], today: Day): number {
  const at = columns.findIndex(({ lesson }) => lesson.date === today)
  if (at >= 0) return at
  const begun = columns.findLastIndex(({ time, first }) => time !== 'to-come' && first)
  return Math.max(0, begun)
}
