import { addressOf, type Day } from '../journal/ids'
import type { Json } from '../plain/json'
import type { Calendar } from '../calendar/calendar'
import { defaultPolicy, resolvePolicy, type Policy } from '../policy/policy'
import type {
  BellsCell,
  ClassCell,
  GuardianCell,
  HolidaysCell,
  PolicyCell,
  SchoolCell,
  SectionCell,
  StaffCell,
  StudentCell,
  SubstitutionCell,
  TermsCell,
  WeekLessonCell,
  YearCell,
} from './directory-cells'

export type StaffMember = StaffCell & { id: string }
export type SchoolClass = ClassCell & { id: string }
export type Student = StudentCell & { id: string; class: string }
export type Section = SectionCell & { id: string; class: string }
export type Guardian = Omit<GuardianCell, 'children'> & { id: string; children: string[] }

/** What a journal knows of its people, classes, timetable, calendar and policy: read from its own sheets (I4). */
export interface Directory {
  school: SchoolCell
  staff: Map<string, StaffMember>
  classes: Map<string, SchoolClass>
  sections: Map<string, Section>
  students: Map<string, Student>
  guardians: Map<string, Guardian>
  /** Weekly lessons by section. */
  week: Map<string, WeekLessonCell[]>
  /** Substitutions and cancellings by lesson id. */
  substitutions: Map<string, SubstitutionCell>
  calendar: Calendar
  /** Policies in force, the newest first. */
  policies: { from: Day; policy: Policy }[]
  /** The version of each sheet that went into this (A4). */
  versions: Record<string, number>
}

/** A directory sheet as far as the directory reads it. */
export interface DirectorySheet {
  id: string
  version: number
  cells: Readonly<Record<string, { value: Json }>>
}

const emptySchool: SchoolCell = { name: '', short: '', zone: 'Europe/Moscow' }

/**
 * Reads the directory out of its sheets, the same in whatever order they come. Sheets of lessons are passed over; the
 * shapes were checked at admission.
 */
export function directoryOf(sheets: Iterable<DirectorySheet>): Directory {
  const directory: Directory = {
    school: emptySchool,
    staff: new Map(),
    classes: new Map(),
    sections: new Map(),
    students: new Map(),
    guardians: new Map(),
    week: new Map(),
    substitutions: new Map(),
    calendar: { year: { start: '', end: '' }, terms: [], holidays: [], bells: new Map() },
    policies: [],
    versions: {},
  }
  for (const sheet of [...sheets].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const address = addressOf(sheet.id)
    if (!address || address.type === 'lesson') continue
    directory.versions[sheet.id] = sheet.version
    const schoolClass = 'class' in address ? address.class : ''
    for (const cell of Object.keys(sheet.cells).sort()) {
      const value = sheet.cells[cell]?.value ?? null
      if (value !== null) readCell(directory, schoolClass, cell, value)
    }
  }
  directory.policies.sort((a, b) => (a.from < b.from ? 1 : -1))
  return directory
}

function readCell(directory: Directory, schoolClass: string, cell: string, value: Json): void {
  const [name = '', id = ''] = cell.split(':')
  const { calendar } = directory
  switch (name) {
    case 'school':
      directory.school = value as SchoolCell
      return
    case 'person':
      directory.staff.set(id, { id, ...(value as StaffCell) })
      return
    case 'class':
      directory.classes.set(schoolClass, { id: schoolClass, ...(value as ClassCell) })
      return
    case 'student': {
      // Somebody who changed class stands on both lists: the later one says where they are.
      const student = { id, class: schoolClass, ...(value as StudentCell) }
      const known = directory.students.get(id)
      if (!known || (student.from ?? '') >= (known.from ?? '')) directory.students.set(id, student)
      return
    }
    case 'section':
      directory.sections.set(id, { id, class: schoolClass, ...(value as SectionCell) })
      return
    case 'guardian': {
      // A guardian of children in two classes stands on both families' sheets.
      const guardian = value as GuardianCell
      const children = new Set([...(directory.guardians.get(id)?.children ?? []), ...guardian.children])
      directory.guardians.set(id, { id, ...guardian, children: [...children].sort() })
      return
    }
    case 'week': {
      const lesson = value as WeekLessonCell
      const lessons = directory.week.get(lesson.section)
      if (lessons) lessons.push(lesson)
      else directory.week.set(lesson.section, [lesson])
      return
    }
    case 'substitution':
      directory.substitutions.set(`lesson:${cell.slice('substitution:'.length)}`, value as SubstitutionCell)
      return
    case 'year':
      calendar.year = value as YearCell
      return
    case 'terms':
      calendar.terms.push(value as TermsCell)
      return
    case 'holidays':
      calendar.holidays = value as HolidaysCell
      return
    case 'bells':
      calendar.bells.set(id, value as BellsCell)
      return
    case 'policy':
      directory.policies.push({ from: id, policy: policyFrom(value as PolicyCell) })
  }
}

function policyFrom({ preset, overrides }: PolicyCell): Policy {
  return resolvePolicy(preset, overrides)
}

/** The policy in force on a day (A3); the product's own defaults before any was chosen. */
export function policyOn(date: Day, directory: Directory): Policy {
  return directory.policies.find(({ from }) => from <= date)?.policy ?? defaultPolicy
}

/** The students of a section, in no order: members of its subgroup, or all its class. */
export function membersOf(section: Section, directory: Directory): Student[] {
  if (section.members) return section.members.flatMap((id) => directory.students.get(id) ?? [])
  return [...directory.students.values()].filter((student) => student.class === section.class)
}

/** Whether the student is on the class's list on this day (STR-10, STR-11). */
export function isEnrolled(student: Student, date: Day): boolean {
  return (!student.from || student.from <= date) && (!student.to || date <= student.to)
}

/** Whether a member of staff is on duty on this day (ACC-26). */
export function isOnDuty(member: StaffMember, date: Day): boolean {
  return (!member.from || member.from <= date) && (!member.to || date <= member.to)
}
