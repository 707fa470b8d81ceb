import { viewerOf } from '../people/viewer'
import { salt, smallSchool } from '../testing/small-school'
import { isInScope, scopeHash, scopeOf } from './scope'

const day = '2026-09-16'
const school = smallSchool()
const scope = (person: string, directory = school, open: string[] = []) =>
  scopeOf(viewerOf(person, day, directory), directory, day, open)
const starts = (person: string, directory = school, open: string[] = []) =>
  scope(person, directory, open).map(({ start }) => start)
const shared = ['calendar', 'policy', 'school', 'staff']

test.each<[string, string, string[]]>([
  [
    'ACC-13 a teacher: own sections with their class',
    't1',
    [...shared, 'lesson:m5:', 'roster:c5a', 'timetable:c5a'],
  ],
  [
    'ACC-14 a homeroom teacher: every section of the class',
    't2',
    [...shared, 'families:c5a', 'lesson:e5a:', 'lesson:e5b:', 'lesson:m5:', 'roster:c5a', 'timetable:c5a'],
  ],
  [
    'ACC-15 a deputy: the directory, no lesson until one is opened',
    'd1',
    [...shared, 'families:', 'roster:', 'timetable:'],
  ],
  ['ACC-16 the director: the directory', 'h1', [...shared, 'roster:', 'timetable:']],
  ['an administrator: the directory', 'a1', [...shared, 'families:', 'roster:', 'timetable:']],
  ['a secretary: the directory', 'q1', [...shared, 'families:', 'roster:', 'timetable:']],
  ['ACC-17 a psychologist: what everybody holds', 'p1', shared],
  [
    'ACC-19 a family: the sections of its own children',
    'g1',
    [
      'calendar',
      'families:c1b',
      'families:c5a',
      'lesson:e5a:',
      'lesson:m1:',
      'lesson:m5:',
      'roster:c1b',
      'roster:c5a',
      'school',
      'staff',
      'timetable:c1b',
      'timetable:c5a',
    ],
  ],
  [
    'ACC-19 a student: the own sections',
    's3',
    ['calendar', 'lesson:e5b:', 'lesson:m5:', 'roster:c5a', 'school', 'staff', 'timetable:c5a'],
  ],
  ['nobody: nothing', 'x1', []],
])('P-5 %s', (_rule, person, says) => {
  expect(starts(person)).toEqual([...says].sort())
})

test('TIM-06 a substitute holds the one lesson, with the class list', () => {
  const given = smallSchool({
    'timetable:c1b': { 'substitution:m1:2026-09-16:1': { teacher: 't1', cancelled: false, room: null } },
  })
  const held = scope('t1', given)
  expect(isInScope('lesson:m1:2026-09-16:1', held)).toBe(true)
  expect(isInScope('lesson:m1:2026-09-17:1', held)).toBe(false)
  expect(isInScope('roster:c1b', held)).toBe(true)
})

test('P-5 who substitutes in a section of their own holds its lesson once', () => {
  const substituted = { 'substitution:m5:2026-09-16:2': { teacher: 't1', cancelled: false, room: null } }
  expect(starts('t1', smallSchool({ 'timetable:c5a': substituted }))).toEqual(starts('t1'))
})

test('P-5 so does a homeroom teacher who substitutes in a section of the class', () => {
  const substituted = { 'substitution:m5:2026-09-16:2': { teacher: 't2', cancelled: false, room: null } }
  expect(starts('t2', smallSchool({ 'timetable:c5a': substituted }))).toEqual(starts('t2'))
})

test('a guardian of a child whom the school has no more holds what every family does', () => {
  const name = { last: 'Белкин', first: 'Павел', middle: '', salt }
  const gone = smallSchool({ 'families:c5a': { 'guardian:g2': { name, children: ['s77'] } } })
  expect(starts('g2', gone)).toEqual(['calendar', 'school', 'staff'])
})

test('P-5 a deputy holds a section that was opened; a teacher cannot open another’s', () => {
  expect(starts('d1', school, ['m5', 'zz'])).toContain('lesson:m5:')
  expect(starts('d1', school, ['zz'])).not.toContain('lesson:zz:')
  expect(starts('t1', school, ['e5a'])).toEqual(starts('t1'))
  expect(starts('g1', school, ['e5b'])).toEqual(starts('g1'))
})

test('P-5 who keeps the office beside teaching holds what the office holds', () => {
  const name = { last: 'Орлова', first: 'Мария', middle: '', salt }
  const both = smallSchool({ staff: { 'person:t1': { name, roles: ['teacher', 'secretary'] } } })
  expect(starts('t1', both)).toEqual(
    [...shared, 'families:', 'lesson:m5:', 'roster:', 'timetable:'].toSorted(),
  )
})

test('a range ends with its own ids', () => {
  const held = scope('t1')
  expect(
    ['lesson:m5:2026-09-16:2', 'lesson:m55:2026-09-16:2', 'lesson:m', 'roster:c5ab'].map((id) =>
      isInScope(id, held),
    ),
  ).toEqual([true, false, false, false])
})

test('P-1 the hash tells whose scope it is', () => {
  const hash = (person: string, open: string[] = []) =>
    scopeHash(viewerOf(person, day, school), scope(person, school, open))
  expect(hash('t1')).toBe(hash('t1'))
  expect(new Set([hash('t1'), hash('t2'), hash('g1'), hash('g2'), hash('d1'), hash('d1', ['m5'])]).size).toBe(
    6,
  )
})

test('P-1 the hash tells of whom and in what roles the same ranges are seen', () => {
  const viewer = viewerOf('g1', day, school)
  const held = scope('g1')
  const hashes = [viewer, { ...viewer, children: ['s1'] }, { ...viewer, roles: ['teacher' as const] }].map(
    (who) => scopeHash(who, held),
  )
  expect(new Set([...hashes, scopeHash(viewer, held.slice(1))]).size).toBe(4)
  expect(hashes.every((hash) => /^[\w-]{16}$/.test(hash))).toBe(true)
})
