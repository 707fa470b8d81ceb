import { isSchoolDay } from 'shared/calendar/calendar'
import { assigneeOf, lessonsOf, type Lesson } from 'shared/calendar/lessons'
import { addDays, instantAt } from 'shared/calendar/zone'
import type { Day } from 'shared/journal/ids'
import { membersOf, type Directory, type Section, type Student } from 'shared/people/directory'
import { byName } from 'shared/people/names'
import { must } from 'shared/plain/must'
import { absencesOf, comesLate, type Away } from './absences'
import { chanceOf } from './chance'
import { gapsOfDay, rareGap, type Gap } from './gaps'
import type { HeldLesson } from './held'
import { plannedLesson } from './plans'

export interface Filling {
  directory: Directory
  seed: string
  today: Day
  /** ms: a lesson that ends later is still to be filled. */
  until: number
  /**
   * `full`: a journal as it is kept, with its gaps. `bare`: attendance, topic and homework of the days before today, and
   * nothing else, for stories that begin with their own marks.
   */
  style: 'full' | 'bare'
}

type AwayOn = (student: string, grade: number, lesson: Lesson) => Away | null

/** A lesson that was held, and how many of its section were before it. */
interface Place {
  section: Section
  index: number
  lesson: Lesson
  /** The lesson after the next one. */
  later: Day | null
}

/**
 * The lessons held until now, in order of time, each with who was there and what it was about. One after the other: a
 * large school's year of them does not fit into memory.
 */
export function* heldLessons(filling: Filling): Generator<HeldLesson> {
  const { directory, seed, style } = filling
  const isBare = style === 'bare'
  const isAway = isAwayIn(directory)
  const awayOn = isBare ? () => null : absences(filling)
  const gapOf = isBare ? () => null : gaps(filling)
  const students = new Map<Section, Student[]>()
  for (const { section, index, lesson, later } of placesOf(filling)) {
    const teacher = assigneeOf(lesson)
    if (teacher === null) continue
    const schoolClass = must(directory.classes.get(section.class), section.class)
    const { grade } = schoolClass
    const members = students.get(section) ?? inOrderOfNames(membersOf(section, directory))
    students.set(section, members)
    const away = awayFrom(lesson, members, grade, awayOn)
    const isLate = ({ id }: Student) => !away.has(id) && comesLate(id, lesson.id, lesson.slot, seed)
    yield {
      lesson,
      section,
      schoolClass,
      teacher,
      students: members,
      away,
      late: isBare ? [] : members.filter(isLate).map(({ id }) => id),
      gap: gapOf(lesson),
      plan: plannedLesson({ grade, subject: section.subject, section: section.id, index }, seed),
      dueLater: later,
      evening: eveningOf(lesson, grade, directory, (date) => isAway(teacher, date)),
      chance: chanceOf(seed, 'lesson', lesson.id),
      seed,
    }
  }
}

function placesOf({ directory, today, until, style }: Filling): Place[] {
  const isBare = style === 'bare'
  const places: Place[] = []
  for (const section of directory.sections.values()) {
    // Three weeks further, for homework given until a later lesson.
    const lessons = lessonsOf(section, directory.calendar.year.start, addDays(today, 21), directory).filter(
      ({ cancelled }) => !cancelled,
    )
    for (const [index, lesson] of lessons.entries()) {
      if (lesson.end > until || lesson.date > today || (isBare && lesson.date === today)) break
      places.push({ section, index, lesson, later: lessons[index + 2]?.date ?? null })
    }
  }
  return places.sort((a, b) => a.lesson.start - b.lesson.start)
}

function inOrderOfNames(students: Student[]): Student[] {
  return students.sort((a, b) => byName(a.name, b.name) || (a.id < b.id ? -1 : 1))
}

function gaps({ directory, seed, today }: Filling): (lesson: Lesson) => Gap | null {
  const yesterday = lastSchoolDay(addDays(lastSchoolDay(today, directory), -1), directory)
  const ofYesterday = gapsOfDay(yesterday, directory)
  return (lesson) => ofYesterday.get(lesson.id) ?? rareGap(lesson, seed)
}

/** This day, or the last one before it on which anybody has classes; the year's first day where there is none. */
function lastSchoolDay(date: Day, { classes, calendar }: Directory): Day {
  const grades = new Set([...classes.values()].map(({ grade }) => grade))
  let day = date
  while (day > calendar.year.start && ![...grades].some((grade) => isSchoolDay(day, grade, calendar))) {
    day = addDays(day, -1)
  }
  return day
}

function awayFrom(
  lesson: Lesson,
  students: readonly Student[],
  grade: number,
  awayOn: AwayOn,
): Map<string, Away> {
  const away = new Map<string, Away>()
  for (const { id } of students) {
    const missed = awayOn(id, grade, lesson)
    if (missed) away.set(id, missed)
  }
  return away
}

function absences({ directory, seed, today }: Filling): AwayOn {
  const days = new Map<number, Day[]>()
  const known = new Map<string, Map<Day, Away>>()
  const recall = (student: string, grade: number) => {
    const ofGrade = days.get(grade) ?? schoolDays(grade, today, directory)
    days.set(grade, ofGrade)
    const missed = known.get(student) ?? absencesOf(student, grade, ofGrade, seed)
    known.set(student, missed)
    return missed
  }
  return (student, grade, { date, slot }) => {
    const away = recall(student, grade).get(date)
    return away && slot >= away.from && slot <= away.to ? away : null
  }
}

// A fortnight further than today, for those who are ill now and come back then.
function schoolDays(grade: number, today: Day, { calendar }: Directory): Day[] {
  const days: Day[] = []
  const last = addDays(today, 14)
  for (let date = calendar.year.start; date <= last; date = addDays(date, 1)) {
    if (isSchoolDay(date, grade, calendar)) days.push(date)
  }
  return days
}

// Written works are marked the next afternoon; before a day off, or when the teacher falls ill, the same evening.
function eveningOf(
  lesson: Lesson,
  grade: number,
  directory: Directory,
  isAway: (date: Day) => boolean,
): number {
  const next = addDays(lesson.date, 1)
  const isTomorrow = isSchoolDay(next, grade, directory.calendar) && !isAway(next)
  return instantAt(isTomorrow ? next : lesson.date, '16:00', directory.school.zone)
}

/** Whether a member of staff was away on a day: somebody stood in for them. */
export function isAwayIn(directory: Directory): (person: string, date: Day) => boolean {
  const days = new Set<string>()
  for (const [lesson, { teacher }] of directory.substitutions) {
    const [, id = '', date = ''] = lesson.split(':')
    const own = directory.sections.get(id)?.teacher
    if (own && own !== teacher) days.add(`${own} ${date}`)
  }
  return (person, date) => days.has(`${person} ${date}`)
}
