import { lessonsOfPerson } from 'shared/calendar/lessons'
import { isSchoolDay } from 'shared/calendar/calendar'
import type { Json } from 'shared/plain/json'
import source from './data/school4.json' with { type: 'json' }
import { makeDemo } from './demo'
import { directoryOfEntries } from './judged-in-tests'

const now = Date.parse('2026-11-23T08:30:00Z')
const made = makeDemo('small', { seed: '1', today: '2026-11-23', now })
const demo = { ...made, entries: [...made.entries] }
const directory = directoryOfEntries(demo.entries)
const { classes, students, staff, guardians, sections, week, substitutions } = directory
const className = (id: string) => classes.get(id)?.name

/** The cells of a lesson's sheet as the entries leave them. */
function cellsOf(lesson: string): Record<string, Json> {
  const cells: Record<string, Json> = {}
  for (const { entry } of demo.entries) {
    if (entry.sheet === lesson) for (const { cell, value } of entry.changes) cells[cell] = value
  }
  return cells
}

test('the people are those of the source, with six more in the office', () => {
  expect([...students.values()].map(({ id, class: of }) => `${id} ${className(of)}`).sort()).toEqual(
    source.students.map(({ id, class: of }) => `${id} ${of}`),
  )
  expect(students.size).toBe(100)
  expect(guardians.size).toBe(169)
  expect([...staff.keys()].filter((id) => id.startsWith('t'))).toEqual(source.teachers.map(({ id }) => id))
  expect(staff.size).toBe(16 + 6)
  expect(
    new Set([...classes.values()].map(({ name, homeroom, bells }) => `${name} ${homeroom} ${bells}`)),
  ).toEqual(
    new Set(source.classes.map((schoolClass) => `${schoolClass.id} ${schoolClass.class_teacher} s1-40`)),
  )
})

test('two full namesakes in 5А stay two students', () => {
  const ivanovs = [...students.values()].filter(({ name }) => name.last === 'Иванов' && name.first === 'Иван')
  expect(ivanovs.map(({ id }) => id)).toEqual(['s0032', 's0033'])
})

test('65 sections with their subgroups, and every student of a division in one group of it', () => {
  expect(sections.size).toBe(65)
  const sizes = Object.fromEntries(
    [...sections.values()].filter(({ members }) => members).map(({ id, members }) => [id, members?.length]),
  )
  expect(sizes).toEqual({
    x12: 14,
    x13: 13,
    x20: 13,
    x21: 14,
    x28: 13,
    x29: 13,
    x33: 13,
    x34: 13,
    x41: 15,
    x42: 11,
    x48: 11,
    x49: 11,
    x53: 11,
    x54: 11,
    x61: 15,
    x62: 7,
  })
})

test('132 lessons a week, by class, place and room as in the source', () => {
  const rows = [...week.values()].flat().map(({ section, weekday, slot, room }) => {
    const of = sections.get(section)
    return `${className(of?.class ?? '')} ${weekday} ${slot} ${of?.subject} ${of?.group} ${room}`
  })
  const expected = source.timetable.map(
    (row) => `${row.class} ${row.day} ${row.period} ${row.subject_code} ${row.group} ${row.room}`,
  )
  expect(rows).toHaveLength(132)
  expect(rows.sort()).toEqual(expected.sort())
})

test('seven substitutions of the week of 16 November, one of them a cancelled lesson', () => {
  expect(substitutions.size).toBe(7)
  expect([...substitutions.values()].filter(({ cancelled }) => cancelled)).toHaveLength(1)
  expect(substitutions.get('lesson:x14:2026-11-16:4')).toEqual({
    teacher: 't08',
    cancelled: false,
    room: '204',
  })
  const byStandIn = demo.entries.filter(({ entry }) => entry.sheet === 'lesson:x14:2026-11-16:4')
  expect(byStandIn.some(({ entry }) => entry.author === 't08')).toBe(true)
  expect(byStandIn.some(({ entry }) => entry.kind === 'set-mark' && entry.author === 't02')).toBe(false)
  expect(demo.entries.some(({ entry }) => entry.sheet === 'lesson:x31:2026-11-17:2')).toBe(false)
})

test('substitutions are not known before their day', () => {
  const before = makeDemo('small', {
    seed: '1',
    today: '2026-11-13',
    now: Date.parse('2026-11-13T12:00:00Z'),
  })
  expect(directoryOfEntries([...before.entries]).substitutions.size).toBe(0)
})

test('the calendar knows the breaks of each grade', () => {
  const { calendar } = directory
  expect(isSchoolDay('2026-10-26', 10, calendar)).toBe(false)
  expect(isSchoolDay('2027-02-16', 1, calendar)).toBe(false)
  expect(isSchoolDay('2027-02-16', 5, calendar)).toBe(true)
  expect(isSchoolDay('2027-05-26', 9, calendar)).toBe(false)
  expect(isSchoolDay('2027-05-26', 5, calendar)).toBe(true)
})

test('lessons of today that ended are filled, later ones are not', () => {
  // Monday, 11:30 in Moscow: three lessons are over.
  const today = [
    ...new Set(demo.entries.map(({ entry }) => entry.sheet).filter((id) => id.includes(':2026-11-23:'))),
  ]
  expect(new Set(today.map((id) => id.split(':')[3]))).toEqual(new Set(['1', '2', '3']))
})

test('yesterday left something to do for a teacher with a full day', () => {
  const lessons = lessonsOfPerson('t14', '2026-11-20', directory)
  const missing = lessons.map(({ id }) => {
    const cells = cellsOf(id)
    return ['taken', 'topic', 'homework'].filter((cell) => cells[cell] === undefined).join(' ')
  })
  expect(missing.filter(Boolean).length).toBeGreaterThan(0)
})

test('LES-11, LES-12 grade 1 has attendance and topics, no marks, works or homework', () => {
  const ofFirst = demo.entries.filter(({ entry }) => /^lesson:x[1-9]:/.test(entry.sheet))
  expect(ofFirst.length).toBeGreaterThan(400)
  expect(new Set(ofFirst.map(({ entry }) => entry.kind))).toEqual(
    new Set(['take-attendance', 'set-attendance', 'set-topic', 'set-remark']),
  )
})

test('marks are spread as the model says, and a term is enough for an average', () => {
  const marks = demo.entries.flatMap(({ entry }) =>
    entry.changes.filter(({ cell }) => cell.startsWith('mark:')),
  )
  const share = (mark: string) => marks.filter(({ value }) => value === mark).length / marks.length
  expect(share('5')).toBeGreaterThan(0.26)
  expect(share('5')).toBeLessThan(0.42)
  expect(share('2')).toBeGreaterThan(0.02)
  expect(share('2')).toBeLessThan(0.1)
  const ofMath = demo.entries.filter(({ entry }) => entry.sheet.startsWith('lesson:x14:2026-1'))
  const marked = new Set(
    ofMath.flatMap(({ entry }) =>
      entry.changes.flatMap(({ cell }) => (cell.startsWith('mark:') ? [cell.split(':')[2]] : [])),
    ),
  )
  expect(marked.size).toBe(27)
})

test('nobody absent has a mark of that lesson', () => {
  const absent = new Set<string>()
  const marked = new Set<string>()
  for (const { entry } of demo.entries) {
    for (const { cell, value } of entry.changes) {
      const [name, second, third] = cell.split(':')
      if (name === 'absence' && value === 'absent') absent.add(`${entry.sheet} ${second}`)
      if (name === 'absence' && value !== 'absent') absent.delete(`${entry.sheet} ${second}`)
      if (name === 'mark' && value !== null) marked.add(`${entry.sheet} ${third}`)
    }
  }
  expect(absent.size).toBeGreaterThan(500)
  expect([...marked].filter((place) => absent.has(place))).toEqual([])
})

test('the whole autumn has more than twelve thousand entries', () => {
  const { entries } = makeDemo('small', { seed: '3', today: '2026-11-23', now })
  expect([...entries].length).toBeGreaterThan(12_000)
})
