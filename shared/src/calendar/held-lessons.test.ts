import { smallSchool } from '../testing/small-school'
import { heldLessons } from './held-lessons'

const ids = (person: string, school = smallSchool()) =>
  heldLessons(person, '2026-09-14', '2026-09-16', school).map(({ id }) => id)

test('a teacher holds the lessons of own sections, in order', () => {
  expect(ids('t1')).toEqual(['lesson:m5:2026-09-14:2', 'lesson:m5:2026-09-15:2', 'lesson:m5:2026-09-16:2'])
})

test('TIM-06 a lesson given away is held by the substitute and by nobody else', () => {
  const school = smallSchool({
    'timetable:c5a': { 'substitution:m5:2026-09-15:2': { teacher: 't3', cancelled: false, room: null } },
  })
  expect(ids('t1', school)).toEqual(['lesson:m5:2026-09-14:2', 'lesson:m5:2026-09-16:2'])
  expect(ids('t3', school)).toEqual([
    'lesson:e5a:2026-09-14:1',
    'lesson:e5a:2026-09-15:1',
    'lesson:m5:2026-09-15:2',
    'lesson:e5a:2026-09-16:1',
  ])
})

test('a cancelled lesson is not held', () => {
  const school = smallSchool({
    'timetable:c5a': { 'substitution:m5:2026-09-15:2': { teacher: null, cancelled: true, room: null } },
  })
  expect(ids('t1', school)).toHaveLength(2)
})
