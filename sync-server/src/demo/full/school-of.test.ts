import { lessonsOf } from 'shared/calendar/lessons'
import { directoryCells } from 'shared/people/directory-cells'
import { membersOf, type Directory } from 'shared/people/directory'
import { viewerOf } from 'shared/people/viewer'
import { groupBy } from 'shared/plain/group-by'
import curriculum from '../data/curriculum.json' with { type: 'json' }
import { directoryAfter, foundingDrafts, type DemoSchool } from '../school'
import { busiestTeacherOf } from './busiest'
import { makeSchoolOf } from './school-of'
import { mostHours } from './staffing'

const directoryOfSchool = (school: DemoSchool): Directory =>
  directoryAfter([...foundingDrafts(school, 0), ...school.later])

const school = makeSchoolOf({ classes: 40, seed: 'zvonok' })
const directory = directoryOfSchool(school)
const { classes, students, staff, guardians, sections, week, substitutions } = directory

test('40 classes: 1,000 students, 60 staff, 1,500 guardians', () => {
  expect([classes.size, students.size, staff.size, guardians.size]).toEqual([40, 1000, 60, 1500])
  const parallels = Array.from(
    { length: 11 },
    (_, i) => [...classes.values()].filter(({ grade }) => grade === i + 1).length,
  )
  expect(parallels).toEqual([4, 4, 4, 4, 4, 4, 4, 4, 4, 2, 2])
  for (const own of groupBy([...students.values()], (student) => student.class).values()) {
    expect(own.length).toBeGreaterThanOrEqual(18)
    expect(own.length).toBeLessThanOrEqual(32)
  }
})

test('every cell has the shape that the journal admits, and an entry holds no more than it may', () => {
  for (const { sheet, set } of [...foundingDrafts(school, 0), ...school.later]) {
    const shapes = directoryCells[sheet.split(':')[0] as keyof typeof directoryCells]
    expect(set.length).toBeLessThanOrEqual(200)
    for (const { cell, value } of set) {
      const shape = shapes.find(({ pattern }) => pattern.test(cell))
      expect(shape?.value.safeParse(value).success ? [] : [sheet, cell, value]).toEqual([])
    }
  }
})

/** Whatever may be in one place at a time: teacher, room, student. */
function clashes(schoolWeek: Directory): string[] {
  const busy = new Map<string, string>()
  const found: string[] = []
  for (const [id, places] of schoolWeek.week) {
    const section = schoolWeek.sections.get(id)
    if (!section) continue
    const who = membersOf(section, schoolWeek).map((student) => student.id)
    for (const { weekday, slot, room, from, to } of places) {
      for (const half of from > '2026-12-31' ? [2] : to ? [1] : [1, 2]) {
        for (const one of [section.teacher ?? '', `room ${room}`, ...who]) {
          const place = `${one} ${half} ${weekday} ${slot}`
          if (busy.has(place)) found.push(`${place}: ${busy.get(place)} and ${id}`)
          busy.set(place, id)
        }
      }
    }
  }
  return found
}

test.each([1, 7, 10, 26, 80])(
  'a school of %d classes has no teacher, room or student twice at a time',
  (count) => {
    expect(clashes(directoryOfSchool(makeSchoolOf({ classes: count, seed: `of ${count}` })))).toEqual([])
  },
)

test.each(Array.from({ length: 3 }, (_, i) => `seed ${i}`))(
  'nor has one of 40 of another making (%s), with 60 staff still',
  (seed) => {
    const other = directoryOfSchool(makeSchoolOf({ classes: 40, seed }))
    expect(clashes(other)).toEqual([])
    expect(other.staff.size).toBe(60)
  },
)

/** The hours that a class of this grade may have: above the ninth by its profile. */
function plansOf(grade: number): object[] {
  const byGrade: Record<string, object | undefined> = curriculum.hours
  const byProfile: Record<string, Record<string, object>>[] = Object.values(curriculum.profiles).map(
    ({ hours }) => ({ hours }),
  )
  const plan = byGrade[grade]
  return plan ? [plan] : byProfile.flatMap(({ hours }) => hours?.[grade] ?? [])
}

test('every section has its weekly hours, and a class its whole plan without a free lesson', () => {
  const half = (id: string) =>
    (week.get(id) ?? []).some(({ from, to }) => to !== null || from > '2026-12-31') ? 0.5 : 1
  for (const { id, grade } of classes.values()) {
    const own = [...sections.values()].filter((section) => section.class === id)
    const hours = new Map<string, number>()
    for (const section of own)
      hours.set(section.subject, (week.get(section.id)?.length ?? 0) * half(section.id))
    expect(plansOf(grade)).toContainEqual(Object.fromEntries(hours))
    const places = groupBy(
      own.flatMap((section) => week.get(section.id) ?? []),
      ({ weekday }) => weekday,
    )
    for (const day of places.values()) {
      const slots = [...new Set(day.map(({ slot }) => slot))].sort((a, b) => a - b)
      expect(slots).toEqual(slots.map((_slot, i) => i + 1))
      expect(slots.length).toBeLessThanOrEqual(7)
    }
    expect(
      [...places.values()].reduce((sum, day) => sum + new Set(day.map(({ slot }) => slot)).size, 0),
    ).toBe(Number(Object.entries(curriculum.most).find(([of]) => Number(of) === grade)?.[1]))
  }
})

test('nobody teaches too much, and the busiest is who signs in as such', () => {
  const { person, hours } = busiestTeacherOf(directory)
  expect(hours).toBeLessThanOrEqual(mostHours)
  expect(hours).toBeGreaterThan(27)
  expect(school.accounts.find(({ login }) => login === 'busiest')?.person).toBe(person)
})

test('the groups of a subject are the whole class, nobody twice', () => {
  const divided = [...sections.values()].filter(({ members }) => members)
  const together = groupBy(divided, (section) => `${section.class} ${section.subject}`)
  expect(new Set(divided.map(({ subject }) => subject))).toEqual(new Set(['eng', 'inf', 'tech', 'pe']))
  for (const [key, groups] of together) {
    const all = groups.flatMap(({ members }) => members ?? [])
    const own = [...students.values()].filter((student) => student.class === key.split(' ')[0])
    expect(groups).toHaveLength(2)
    expect(groups.every(({ members }) => (members?.length ?? 0) > 0)).toBe(true)
    expect(all.sort()).toEqual(own.map(({ id }) => id).sort())
  }
})

test('every class has a homeroom teacher of its own who teaches it', () => {
  const leaders = [...classes.values()].map(({ homeroom }) => homeroom)
  expect(new Set(leaders).size).toBe(40)
  for (const { id, homeroom } of classes.values()) {
    expect(
      [...sections.values()].some((section) => section.class === id && section.teacher === homeroom),
    ).toBe(true)
  }
})

test('every student has one guardian or two; siblings share them, and are in other grades or twins in one class', () => {
  const of = new Map<string, number>()
  let [siblings, twins] = [0, 0]
  for (const { children } of guardians.values()) {
    for (const child of children) of.set(child, (of.get(child) ?? 0) + 1)
    const grades = children.map((child) => classes.get(students.get(child)?.class ?? '')?.grade)
    const places = new Set(children.map((child) => students.get(child)?.class))
    if (children.length > 1) siblings++
    if (places.size < children.length) twins++
    expect(new Set(grades).size).toBe(places.size)
  }
  const counts = groupBy([...students.keys()], (student) => of.get(student) ?? 0)
  expect([...counts.keys()].sort()).toEqual([1, 2])
  expect(counts.get(1)?.length).toBeGreaterThan(100)
  expect(siblings).toBeGreaterThan(200)
  expect(twins).toBeGreaterThan(0)
})

test('some teachers are guardians too, deputies teach, and a part-timer has half a load', () => {
  const viewers = [...staff.keys()].map((person) => viewerOf(person, '2026-09-16', directory))
  expect(
    viewers.filter(({ sections: own, children }) => own.length > 0 && children.length > 0).length,
  ).toBeGreaterThanOrEqual(3)
  expect(
    viewers.filter(({ roles, sections: own }) => roles.includes('deputy') && own.length > 0),
  ).toHaveLength(3)
  const partTimer = school.accounts.find(({ login }) => login === 'part-time')?.person
  const own = [...sections.values()].filter(({ teacher }) => teacher === partTimer)
  expect(own.reduce((sum, { id }) => sum + (week.get(id)?.length ?? 0), 0)).toBeLessThan(16)
  expect(new Set(own.map(({ subject }) => subject)).size).toBe(2)
})

test('TIM-05 who stands in is nowhere else at that time, on any day of the year', () => {
  expect(substitutions.size).toBeGreaterThan(500)
  const all = [...sections.values()].flatMap((section) =>
    lessonsOf(section, '2026-09-01', '2027-05-31', directory),
  )
  const known = new Set(all.map(({ id }) => id))
  expect([...substitutions.keys()].filter((id) => !known.has(id))).toEqual([])
  const busy = new Map<string, string>()
  const found: string[] = []
  for (const { id, date, slot, teacher, substitute, cancelled } of all) {
    if (cancelled) continue
    const place = `${substitute ?? teacher} ${date} ${slot}`
    if (busy.has(place)) found.push(`${place}: ${busy.get(place)} and ${id}`)
    busy.set(place, id)
  }
  expect(found).toEqual([])
})

test('one sign-in for every part, each of somebody else', () => {
  const logins = school.accounts.map(({ login }) => login)
  expect(logins.length).toBeGreaterThanOrEqual(10)
  expect(logins.length).toBeLessThanOrEqual(20)
  expect(new Set(school.accounts.map(({ person }) => person)).size).toBe(logins.length)
  const parts = new Set(school.accounts.flatMap(({ roles }) => roles))
  expect(parts).toEqual(
    new Set([
      'director',
      'deputy',
      'admin',
      'secretary',
      'psychologist',
      'teacher',
      'homeroom',
      'guardian',
      'student',
    ]),
  )
  const ofTwo = school.accounts.find(({ login }) => login === 'guardian-of-two')?.person
  expect(guardians.get(ofTwo ?? '')?.children).toHaveLength(2)
})

test('two schools share no id, login, name or database', () => {
  const second = makeSchoolOf({ classes: 40, seed: 'zvonok', school: 2 })
  const other = directoryOfSchool(second)
  const ids = (one: Directory) =>
    [one.staff, one.students, one.guardians, one.classes, one.sections].flatMap((people) => [
      ...people.keys(),
    ])
  const own = new Set(ids(directory))
  expect(ids(other).filter((id) => own.has(id))).toEqual([])
  expect(second.db).not.toBe(school.db)
  expect(second.name).not.toBe(school.name)
  const logins = new Set(school.accounts.map(({ login }) => login))
  expect(second.accounts.filter(({ login }) => logins.has(login))).toEqual([])
  expect(second.accounts.map(({ login }) => login)).toContain('busiest-2')
})

test('the same size and seed make the same school, another seed another', () => {
  expect(JSON.stringify(makeSchoolOf({ classes: 40, seed: 'zvonok' }))).toBe(JSON.stringify(school))
  expect(JSON.stringify(makeSchoolOf({ classes: 40, seed: 'other' }))).not.toBe(JSON.stringify(school))
})
