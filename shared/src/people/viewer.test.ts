import { smallSchool, salt } from '../testing/small-school'
import { isKnown, isStaff, readsAll, sectionsOfChild, viewerOf } from './viewer'

const name = { last: 'Орлова', first: '', middle: '', salt }
const school = smallSchool({
  'timetable:c1b': { 'substitution:m1:2026-09-16:1': { teacher: 't1', cancelled: false, room: null } },
})
const viewer = (person: string, directory = school, day = '2026-09-16') => viewerOf(person, day, directory)

test('ACC-09 one person may be several', () => {
  const both = smallSchool({ 'families:c5a': { 'guardian:t2': { name, children: ['s2'] } } })
  expect(viewer('t2', both)).toEqual({
    person: 't2',
    roles: ['teacher'],
    sections: [],
    substituted: [],
    homerooms: ['c5a'],
    children: ['s2'],
  })
})

test('who is who', () => {
  expect(viewer('t1')).toMatchObject({ sections: ['m5'], substituted: ['lesson:m1:2026-09-16:1'] })
  expect(viewer('g1').children).toEqual(['s1', 's9'])
  expect(viewer('s1').children).toEqual(['s1'])
  expect(
    ['t1', 'g1', 's1', 'x1'].map((person) => [isStaff(viewer(person)), isKnown(viewer(person))]),
  ).toEqual([
    [true, true],
    [false, true],
    [false, true],
    [false, false],
  ])
  expect(['d1', 'h1', 'a1', 't2', 'g1'].map((person) => readsAll(viewer(person)))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})

test('ACC-26 whose duty has ended, or has not begun, is nobody; their children stay theirs', () => {
  const left = smallSchool({
    staff: { 'person:t1': { name, roles: ['teacher'], to: '2026-09-15' } },
    'families:c5a': { 'guardian:t1': { name, children: ['s3'] } },
  })
  expect(viewer('t1', left)).toMatchObject({ roles: [], sections: [], children: ['s3'] })
  expect(viewer('t1', left, '2026-09-15')).toMatchObject({ roles: ['teacher'], sections: ['m5'] })
})

test('I2 a child’s sections are those of its class and its subgroups', () => {
  expect(['s1', 's3', 's9', 'x1'].map((child) => sectionsOfChild(child, school))).toEqual([
    ['e5a', 'm5'],
    ['e5b', 'm5'],
    ['m1'],
    [],
  ])
})
