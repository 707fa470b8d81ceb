import { weekdayOf, instantAt } from 'shared/calendar/zone'
import { lessonId } from 'shared/journal/ids'
import type { PersonName } from 'shared/people/names'
import type {
  ClassCell,
  GuardianCell,
  SchoolCell,
  SectionCell,
  StaffCell,
  StudentCell,
  SubstitutionCell,
  WeekLessonCell,
} from 'shared/people/directory-cells'
import type { Json } from 'shared/plain/json'
import { must } from 'shared/plain/must'
import { chanceOf } from './chance'
import source from './data/school4.json' with { type: 'json' }
import type { Draft } from './drafts'
import type { DemoSchool } from './school'
import { accounts, office } from './school77-people'
import { calendarCells } from './year'

const db = 'journal-school77-2026'
const zone = 'Europe/Moscow'
const bells = source.bells
const firstDay = '2026-09-01'
/** Class ids are ASCII for life; what people read is the name (I2). */
const classIds: Record<string, string> = { '1А': 'c1a', '5А': 'c5a', '9Б': 'c9b', '10А': 'c10a' }

type Cells = Record<string, Json>
type SourceLesson = (typeof source.lessons)[number]

/** The four-class school that the import files describe too, as it stood on 1 September. */
export function school77(seed: string): DemoSchool {
  const cells: Record<string, Cells> = {
    school: { school: { name: source.school.name, short: source.school.short, zone } satisfies SchoolCell },
    calendar: calendarCells(),
    policy: { 'policy:2026-09-01': { preset: 'product-default', overrides: {} } },
    staff: staffCells(seed),
  }
  for (const { id: name, grade, class_teacher } of source.classes) {
    const id = classId(name)
    cells[`roster:${id}`] = {
      class: { name, grade, homeroom: class_teacher, bells } satisfies ClassCell,
      ...studentCells(name, seed),
      ...sectionCells(name),
    }
  }
  for (const { id: name } of source.classes) {
    cells[`families:${classId(name)}`] = guardianCells(name, seed)
    cells[`timetable:${classId(name)}`] = weekCells(name)
  }
  return { db, name: source.school.name, keeper: 'a01', cells, later: substitutions(), accounts }
}

function classId(name: string): string {
  return must(classIds[name], name)
}

function sectionId(lesson: number): string {
  return `x${lesson}`
}

interface SourceName {
  id: string
  last: string
  first: string
  middle: string
}

function nameOf({ id, last, first, middle }: SourceName, seed: string): PersonName {
  return { last, first, middle, salt: chanceOf(seed, 'name', id).salt() }
}

function staffCells(seed: string): Cells {
  const teachers = source.teachers.map((teacher) => ({ ...teacher, roles: ['teacher' as const] }))
  return Object.fromEntries(
    [...teachers, ...office].map((person) => [
      `person:${person.id}`,
      { name: nameOf(person, seed), roles: person.roles } satisfies StaffCell,
    ]),
  )
}

function studentsOf(className: string) {
  return source.students.filter((student) => student.class === className)
}

function studentCells(className: string, seed: string): Cells {
  return Object.fromEntries(
    studentsOf(className).map((student) => [
      `student:${student.id}`,
      { name: nameOf(student, seed), from: firstDay } satisfies StudentCell,
    ]),
  )
}

function sectionCells(className: string): Cells {
  const lessons = source.lessons.filter((lesson) => lesson.class === className)
  return Object.fromEntries(
    lessons.map((lesson) => [
      `section:${sectionId(lesson.id)}`,
      {
        subject: lesson.subject,
        name: lesson.subject_name,
        short: lesson.subject_short,
        group: lesson.group,
        teacher: lesson.teacher,
        members: lesson.group === null ? null : membersOf(lesson),
      } satisfies SectionCell,
    ]),
  )
}

// The source numbers a division's groups from 0 in students and from 1 in lessons.
function membersOf({ class: className, subject, group_no }: SourceLesson): string[] {
  return studentsOf(className)
    .filter(({ subgroups }) => (subgroups as Record<string, number | undefined>)[subject] === group_no - 1)
    .map(({ id }) => id)
}

function guardianCells(className: string, seed: string): Cells {
  const students = new Set(studentsOf(className).map(({ id }) => id))
  return Object.fromEntries(
    source.guardians
      .filter(({ student }) => students.has(student))
      .map((guardian) => [
        `guardian:${guardian.id}`,
        { name: nameOf(guardian, seed), children: [guardian.student] } satisfies GuardianCell,
      ]),
  )
}

function weekCells(className: string): Cells {
  const rows = source.timetable.filter((row) => row.class === className)
  return Object.fromEntries(
    rows.map(({ day: weekday, period: slot, lesson, room }) => [
      `week:${sectionId(lesson)}-${weekday}-${slot}`,
      { section: sectionId(lesson), weekday, slot, room, from: firstDay, to: null } satisfies WeekLessonCell,
    ]),
  )
}

// The deputy enters a day's substitutions that morning, before the first lesson.
function substitutions(): Draft[] {
  return source.substitutions_week_2026_11_16.map((row, i) => {
    const place = must(
      source.timetable.find(
        (lesson) =>
          lesson.class === row.class &&
          lesson.day === weekdayOf(row.date) &&
          lesson.period === row.period &&
          lesson.group === row.group,
      ),
      `the lesson of substitution ${row.id}`,
    )
    const cancelled = row.type === 'отмена'
    const teacher = source.teachers.find(({ initials }) => initials === row.substitute)?.id ?? null
    const value: SubstitutionCell = { teacher, cancelled, room: row.room }
    const lesson = lessonId(sectionId(place.lesson), row.date, row.period)
    return {
      sheet: `timetable:${classId(row.class)}`,
      kind: 'keep-directory',
      set: [{ cell: `substitution:${lesson.slice('lesson:'.length)}`, value }],
      author: 'd01',
      at: instantAt(row.date, '07:40', zone) + i * 15_000,
    }
  })
}
