import type {
  BellsCell,
  ClassCell,
  GuardianCell,
  HolidaysCell,
  SchoolCell,
  SectionCell,
  StaffCell,
  StudentCell,
  TermsCell,
  WeekLessonCell,
  YearCell,
} from 'shared/people/directory-cells'
import type { PersonName } from 'shared/people/names'
import type { Json } from 'shared/plain/json'
import { chanceOf } from './chance'
import source from './data/fixture.json' with { type: 'json' }
import type { DemoAccount, DemoSchool } from './school'

type Cells = Record<string, Json>
type SourceClass = (typeof source.classes)[number]

interface SourceName {
  id: string
  last: string
  first: string
  middle: string
}

const name = 'Школа № 12'
const firstDay = '2026-09-01'
const bells = 'b45'
/** What stands for «English» in the week: both groups, at once. */
const divided: Record<string, string[]> = { eng: ['eng1', 'eng2'] }

/** The school of the acceptance scenarios: 5А, 3В and 1Б with the people, bells and hours that the stories count on. */
export function fixtureSchool(seed: string): DemoSchool {
  const cells: Record<string, Cells> = {
    school: { school: { name, short: name, zone: 'Europe/Moscow' } satisfies SchoolCell },
    calendar: calendarCells(),
    policy: { 'policy:2026-09-01': { preset: 'product-default', overrides: {} } },
    staff: Object.fromEntries(
      source.staff.map((person) => [
        `person:${person.id}`,
        {
          name: nameOf(person, seed),
          roles: [person.role as StaffCell['roles'][number]],
        } satisfies StaffCell,
      ]),
    ),
  }
  for (const schoolClass of source.classes) cells[`roster:${schoolClass.id}`] = rosterCells(schoolClass, seed)
  for (const schoolClass of source.classes) {
    cells[`families:${schoolClass.id}`] = guardianCells(schoolClass, seed)
    cells[`timetable:${schoolClass.id}`] = weekCells(schoolClass.id)
  }
  return { db: 'journal-fixture-2026', name, keeper: 'shilov', cells, later: [], accounts: accounts() }
}

function nameOf({ id, last, first, middle }: SourceName, seed: string): PersonName {
  return { last, first, middle, salt: chanceOf(seed, 'name', id).salt() }
}

function calendarCells(): Cells {
  const terms: TermsCell = {
    grades: [1, 11],
    terms: [
      { id: 'q1', name: '1 четверть', start: firstDay, end: '2026-10-23' },
      { id: 'q2', name: '2 четверть', start: '2026-11-02', end: '2026-12-29' },
      { id: 'q3', name: '3 четверть', start: '2027-01-11', end: '2027-03-26' },
      { id: 'q4', name: '4 четверть', start: '2027-04-05', end: '2027-05-26' },
    ],
  }
  const bell: BellsCell = [
    { slot: 1, start: '08:30', end: '09:15' },
    { slot: 2, start: '09:25', end: '10:10' },
    { slot: 3, start: '10:30', end: '11:15' },
    { slot: 4, start: '11:35', end: '12:20' },
    { slot: 5, start: '12:30', end: '13:15' },
    { slot: 6, start: '13:25', end: '14:10' },
    { slot: 7, start: '14:20', end: '15:05' },
  ]
  return {
    year: { start: firstDay, end: '2027-05-26' } satisfies YearCell,
    'terms:all': { ...terms, breaks: [] },
    holidays: [{ date: '2026-11-04', name: 'День народного единства' }] satisfies HolidaysCell,
    [`bells:${bells}`]: bell,
  }
}

function rosterCells({ id, name: label, grade, homeroom, students }: SourceClass, seed: string): Cells {
  const sections = source.sections.filter((section) => section.class === id)
  return {
    class: { name: label, grade, homeroom, bells } satisfies ClassCell,
    ...Object.fromEntries(
      students.map((student) => [
        `student:${student.id}`,
        { name: nameOf(student, seed), from: firstDay } satisfies StudentCell,
      ]),
    ),
    ...Object.fromEntries(
      sections.map(({ id: section, subject, name: title, short, group, teacher }) => [
        `section:${section}`,
        {
          subject,
          name: title,
          short,
          group,
          teacher,
          members: membersOf(group, students),
        } satisfies SectionCell,
      ]),
    ),
  }
}

// The first half of the list is the first group.
function membersOf(group: string | null, students: SourceClass['students']): string[] | null {
  if (group === null) return null
  const half = Math.ceil(students.length / 2)
  return (group.startsWith('1') ? students.slice(0, half) : students.slice(half)).map(({ id }) => id)
}

function guardianCells({ guardians }: SourceClass, seed: string): Cells {
  return Object.fromEntries(
    guardians.map((guardian) => [
      `guardian:${guardian.id}`,
      { name: nameOf(guardian, seed), children: guardian.children } satisfies GuardianCell,
    ]),
  )
}

function weekCells(schoolClass: string): Cells {
  const week: Record<string, string[]> = source.week
  const cells: Cells = {}
  for (const [day, line] of (week[schoolClass] ?? []).entries()) {
    for (const [place, subject] of line.split(' ').entries()) {
      for (const part of divided[subject] ?? [subject]) {
        const section = source.sections.find(
          ({ id, class: of }) => of === schoolClass && id.startsWith(`${part}-`),
        )
        if (!section) throw new Error(`no section for ${part} in ${schoolClass}`)
        const [weekday, slot] = [day + 1, place + 1]
        cells[`week:${section.id}-${weekday}-${slot}`] = {
          section: section.id,
          weekday,
          slot,
          room: section.room,
          from: firstDay,
          to: null,
        } satisfies WeekLessonCell
      }
    }
  }
  return cells
}

/** Everybody whom a scenario names can sign in; a login is also the person's id here. */
function accounts(): DemoAccount[] {
  const people = new Map<string, { name: string; roles: DemoAccount['roles'] }>()
  const add = ({ id, last, first, middle }: SourceName, ...roles: DemoAccount['roles']) =>
    people.set(id, { name: [last, first, middle].filter(Boolean).join(' '), roles })
  const homerooms = new Set(source.classes.map(({ homeroom }) => homeroom))
  for (const person of source.staff) {
    add(
      person,
      person.role as StaffCell['roles'][number],
      ...(homerooms.has(person.id) ? ['homeroom' as const] : []),
    )
  }
  for (const { students, guardians } of source.classes) {
    for (const student of students) add(student, 'student')
    for (const guardian of guardians) add(guardian, 'guardian')
  }
  return Object.entries(source.notes).flatMap(([login, note]) => {
    const person = people.get(login)
    return person ? [{ login, password: `${login}-2026`, person: login, ...person, note }] : []
  })
}
