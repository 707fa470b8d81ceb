import { must } from '../plain/must'
import { smallSchool, smallSchoolSheets, salt } from '../testing/small-school'
import { directoryOf, isEnrolled, isOnDuty, membersOf, policyOn } from './directory'

const name = { last: 'Абрамов', first: 'Кирилл', middle: '', salt }
const school = smallSchool()

test('I4 the directory is read from the journal’s own sheets', () => {
  expect(school.school.zone).toBe('Europe/Moscow')
  expect(school.sections.get('e5a')).toMatchObject({ class: 'c5a', members: ['s1', 's2'] })
  expect(school.students.get('s9')).toMatchObject({ class: 'c1b' })
  expect(school.guardians.get('g1')?.children).toEqual(['s1', 's9'])
  expect(school.week.get('m5')).toHaveLength(5)
  expect(school.versions).toMatchObject({ staff: 1, 'roster:c5a': 1 })
})

test('C1 it is the same in whatever order sheets and cells come', () => {
  const twoClasses = {
    'roster:c1b': { 'student:s1': { name, from: '2026-10-01' } },
    calendar: {
      'terms:b': { grades: [5, 5], terms: [{ id: 'x', name: 'x', start: '2026-09-01', end: '2026-09-02' }] },
    },
  }
  const sheets = smallSchoolSheets(twoClasses)
  const backwards = [...sheets]
    .reverse()
    .map((sheet) => ({ ...sheet, cells: Object.fromEntries(Object.entries(sheet.cells).reverse()) }))
  expect(directoryOf(backwards)).toEqual(directoryOf(sheets))
})

test('a student who changed class is where the later list has them', () => {
  const moved = smallSchool({ 'roster:c1b': { 'student:s1': { name, from: '2026-10-01' } } })
  const back = smallSchool({ 'roster:c5a': { 'student:s9': { name, from: '2026-10-01' } } })
  expect([moved.students.get('s1')?.class, back.students.get('s9')?.class]).toEqual(['c1b', 'c5a'])
})

test('a cell set to null is not there', () => {
  const without = smallSchool({ 'roster:c5a': { 'student:s1': null }, staff: { 'person:t1': null } })
  expect([without.students.has('s1'), without.staff.has('t1')]).toEqual([false, false])
})

test('sheets of lessons, and such as this version does not know, are passed over', () => {
  const sheets = [
    ...smallSchoolSheets(),
    { id: 'lesson:m5:2026-09-16:2', version: 3, cells: { topic: { value: 'x' } } },
    { id: 'thread:1', version: 1, cells: {} },
  ]
  expect(directoryOf(sheets)).toEqual(school)
})

test('I2 the students of a section are its members, or all its class', () => {
  const ids = (section: string) =>
    membersOf(must(school.sections.get(section), section), school).map(({ id }) => id)
  expect([ids('m5').sort(), ids('e5b')]).toEqual([['s1', 's2', 's3'], ['s3']])
})

test('POL-M20 the policy in force on a day is the newest that has begun', () => {
  const changed = smallSchool({
    policy: { 'policy:2026-10-01': { preset: 'product-default', overrides: { 'marks.scale': ['1', '2'] } } },
  })
  expect(
    ['2026-08-31', '2026-09-30', '2026-10-01'].map((date) => policyOn(date, changed).marks.scale),
  ).toEqual([
    ['2', '3', '4', '5'],
    ['2', '3', '4', '5'],
    ['1', '2'],
  ])
})

test.each([
  [{}, '2026-09-16', true],
  [{ from: '2026-09-16' }, '2026-09-16', true],
  [{ from: '2026-09-17' }, '2026-09-16', false],
  [{ to: '2026-09-16' }, '2026-09-16', true],
  [{ to: '2026-09-15' }, '2026-09-16', false],
])('ACC-26, STR-10 a duty or place %j on %s: %p', (dates, date, is) => {
  expect(isEnrolled({ id: 's', class: 'c', name, ...dates }, date)).toBe(is)
  expect(isOnDuty({ id: 't', roles: ['teacher'], name, ...dates }, date)).toBe(is)
})
