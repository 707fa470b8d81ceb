import { lessonOf, type Lesson } from 'shared/calendar/lessons'
import { neighboursOf } from 'shared/calendar/neighbours'
import { addressOf } from 'shared/journal/ids'
import { lessonFactsOf } from 'shared/journal/judge'
import {
  isEnrolled,
  membersOf,
  policyOn,
  type Directory,
  type SchoolClass,
  type Section,
} from 'shared/people/directory'
import { listNames } from 'shared/people/list-names'
import { byName } from 'shared/people/names'
import type { Policy } from 'shared/policy/policy'

/** What stands on a lesson's page before anybody has written on it: who, where, when, by what rules. */
export interface LessonPage {
  lesson: Lesson
  section: Section
  schoolClass: SchoolClass
  policy: Policy
  /** On the list of this day, by surname. */
  students: { id: string; name: string }[]
  /** Groups that this class is split into in some subject, where the page has the whole class. */
  groupings: Grouping[]
  /** LES-11, LES-12: in grade 1 neither is shown at all. */
  hasMarks: boolean
  hasHomework: boolean
  previous: Lesson | null
  next: Lesson | null
}

export interface Grouping {
  subject: string
  name: string
  groups: { name: string; members: string[] }[]
}

/** Null when the timetable has no such lesson. */
export function lessonPageOf(id: string, directory: Directory): LessonPage | null {
  const address = addressOf(id)
  const lesson = address?.type === 'lesson' ? lessonOf(address, directory) : null
  const facts = lesson && lessonFactsOf(lesson, directory, {})
  if (!facts) return null
  const { section, schoolClass } = facts
  const policy = policyOn(facts.lesson.date, directory)
  const listed = membersOf(section, directory)
    .filter((student) => isEnrolled(student, facts.lesson.date))
    .sort((a, b) => byName(a.name, b.name))
  const names = listNames(listed)
  const isBanned = (what: 'marks' | 'homework') =>
    schoolClass.grade === 1 && policy.grade1[what] === 'forbidden'
  return {
    lesson: facts.lesson,
    section,
    schoolClass,
    policy,
    students: listed.map((student) => ({ id: student.id, name: names.get(student.id) ?? '' })),
    groupings: section.members ? [] : groupingsOf(section.class, directory),
    hasMarks: !isBanned('marks'),
    hasHomework: !isBanned('homework'),
    ...neighboursOf(facts.lesson, section, directory),
  }
}

function groupingsOf(schoolClass: string, directory: Directory): Grouping[] {
  const found = new Map<string, Grouping>()
  for (const section of directory.sections.values()) {
    if (section.class !== schoolClass || !section.members || !section.group) continue
    const grouping = found.get(section.subject) ?? {
      subject: section.subject,
      name: section.name,
      groups: [],
    }
    grouping.groups.push({ name: section.group, members: section.members })
    found.set(section.subject, grouping)
  }
  for (const { groups } of found.values()) groups.sort((a, b) => a.name.localeCompare(b.name, 'ru'))
  return [...found.values()]
}

/** The students in the order asked for: one list by surname, or one list a group, then who is in none. */
export function arrange(
  students: LessonPage['students'],
  grouping: Grouping | null,
): { name: string | null; students: LessonPage['students'] }[] {
  if (!grouping) return [{ name: null, students }]
  const lists = grouping.groups.map(({ name, members }) => ({
    name: name as string | null,
    students: students.filter(({ id }) => members.includes(id)),
  }))
  const grouped = new Set(grouping.groups.flatMap(({ members }) => members))
  const rest = students.filter(({ id }) => !grouped.has(id))
  return [...lists, { name: null, students: rest }].filter((list) => list.students.length > 0)
}
