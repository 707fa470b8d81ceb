import { lessonsOf } from 'shared/calendar/lessons'
import { timeOf } from 'shared/calendar/zone'
import { fullName } from 'shared/people/names'
import { makeDemo } from './demo'
import { directoryOfEntries } from './judged-in-tests'

const now = Date.parse('2026-09-16T07:00:00Z')
const made = makeDemo('fixture', { seed: '1', today: '2026-09-16', now })
const demo = { ...made, entries: [...made.entries] }
const directory = directoryOfEntries(demo.entries)

function wednesday(schoolClass: string) {
  return [...directory.sections.values()]
    .filter((section) => section.class === schoolClass)
    .flatMap((section) => lessonsOf(section, '2026-09-16', '2026-09-16', directory))
    .sort((a, b) => a.start - b.start)
}

test.each([
  ['c5a', '14:10'],
  ['c3v', '12:20'],
  ['c1b', '11:15'],
])('on Wednesday 16 September the classes of %s end at %s', (schoolClass, end) => {
  expect(timeOf(wednesday(schoolClass).at(-1)?.end ?? 0, 'Europe/Moscow')).toBe(end)
})

test('lesson 2 of 5А on that day is mathematics with Орлова, 09:25 to 10:10', () => {
  const second = wednesday('c5a').filter(({ slot }) => slot === 2)
  expect(second.map(({ id, teacher }) => [id, teacher])).toEqual([['lesson:math-5a:2026-09-16:2', 'orlova']])
  expect(timeOf(second[0]?.start ?? 0, 'Europe/Moscow')).toBe('09:25')
})

test('a week of 5А has the hours that the scenarios give', () => {
  const hours = Object.fromEntries(
    [...directory.week].filter(([id]) => id.endsWith('-5a')).map(([id, rows]) => [id, rows.length]),
  )
  expect(hours).toMatchObject({ 'math-5a': 5, 'eng1-5a': 3, 'eng2-5a': 3, 'pe-5a': 2, 'odnknr-5a': 1 })
})

test('no class is in two places at once, but for its two English groups', () => {
  for (const schoolClass of ['c5a', 'c3v', 'c1b']) {
    const places = [...directory.week.values()]
      .flat()
      .filter(
        ({ section }) => directory.sections.get(section)?.class === schoolClass && section !== 'eng2-5a',
      )
      .map(({ weekday, slot }) => `${weekday} ${slot}`)
    expect(new Set(places).size).toBe(places.length)
  }
})

test('26 students in 5А, and a mother of two in two classes', () => {
  expect([...directory.students.values()].filter((student) => student.class === 'c5a')).toHaveLength(26)
  expect(directory.guardians.get('abramova')?.children).toEqual(['abramov', 'abramova-liza'])
})

test('no id belongs to two people', () => {
  const ids = [...directory.staff.keys(), ...directory.students.keys(), ...directory.guardians.keys()]
  expect(new Set(ids).size).toBe(ids.length)
})

test('everybody whom a scenario names can sign in', () => {
  const names = demo.accounts.map(({ name }) => name)
  for (const { name } of directory.staff.values()) expect(names).toContain(fullName(name))
  expect(demo.accounts.map(({ login }) => login)).toEqual(
    expect.arrayContaining([
      'abramov',
      'belkina',
      'voronin',
      'guseva',
      'ezhov',
      'zhukova',
      'rakhimov',
      'abramova-liza',
      'sokolov',
    ]),
  )
  expect(demo.accounts.map(({ login }) => login)).toEqual(
    expect.arrayContaining(['abramova', 'voronin-p', 'rakhimova']),
  )
})

test('earlier lessons are filled without a mark or an absence, today is untouched', () => {
  const lessons = demo.entries.filter(({ entry }) => entry.sheet.startsWith('lesson:'))
  expect(new Set(lessons.map(({ entry }) => entry.kind))).toEqual(
    new Set(['take-attendance', 'set-topic', 'set-homework']),
  )
  expect(
    lessons.flatMap(({ entry }) => entry.changes).filter(({ cell }) => cell.startsWith('absence:')),
  ).toEqual([])
  expect(lessons.filter(({ entry }) => entry.sheet.includes('2026-09-16'))).toEqual([])
  expect(new Set(lessons.map(({ entry }) => entry.sheet)).size).toBe(134)
})
