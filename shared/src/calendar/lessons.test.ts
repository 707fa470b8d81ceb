import { smallSchool } from '../testing/small-school'
import type { Json } from '../plain/json'
import { must } from '../plain/must'
import { assigneeOf, lessonOf, lessonsOf, lessonsOfPerson } from './lessons'

const school = smallSchool()
const ids = (section: string, from: string, to: string, directory = school) =>
  lessonsOf(must(directory.sections.get(section), section), from, to, directory).map(({ id }) =>
    id.slice('lesson:'.length),
  )
const timetable = (cells: Record<string, Json>) => smallSchool({ 'timetable:c5a': cells })

test('the lessons of a week: school days only', () => {
  expect(ids('m5', '2026-09-14', '2026-09-20')).toEqual(
    ['14', '15', '16', '17', '18'].map((day) => `m5:2026-09-${day}:2`),
  )
})

test('none in the holidays, on a public holiday, outside of the terms', () => {
  expect(ids('m5', '2026-10-24', '2026-11-01')).toEqual([])
  expect(ids('m5', '2026-11-04', '2026-11-04')).toEqual([])
  expect(ids('m5', '2026-08-31', '2026-08-31')).toEqual([])
})

test('on a Saturday where the timetable has one', () => {
  const saturday = timetable({
    'week:sat': { section: 'm5', weekday: 6, slot: 1, room: '1', from: '2026-09-01', to: null },
  })
  expect(ids('m5', '2026-09-18', '2026-09-20', saturday)).toEqual(['m5:2026-09-18:2', 'm5:2026-09-19:1'])
})

test('a row of the week counts from its first day to its last', () => {
  const changed = timetable({
    'week:m5-3-2': { section: 'm5', weekday: 3, slot: 2, room: '204', from: '2026-09-01', to: '2026-09-16' },
    'week:m5-3-3': { section: 'm5', weekday: 3, slot: 3, room: '204', from: '2026-09-17', to: null },
  })
  expect(ids('m5', '2026-09-16', '2026-09-16', changed)).toEqual(['m5:2026-09-16:2'])
  expect(ids('m5', '2026-09-23', '2026-09-23', changed)).toEqual(['m5:2026-09-23:3'])
})

test('I1 two rows for one slot are one lesson; two slots are two, in order', () => {
  const row = (slot: number) => ({ section: 'm5', weekday: 3, slot, room: '1', from: '2026-09-01', to: null })
  expect(ids('m5', '2026-09-16', '2026-09-16', timetable({ 'week:x': row(2), 'week:y': row(1) }))).toEqual([
    'm5:2026-09-16:1',
    'm5:2026-09-16:2',
  ])
})

test('begins and ends by the bells of the class, in the school’s zone (OFF-15)', () => {
  const east = smallSchool({ school: { school: { name: 'Ш', short: 'Ш', zone: 'Asia/Yekaterinburg' } } })
  const at = (directory: typeof school) =>
    lessonOf({ type: 'lesson', section: 'm5', date: '2026-09-16', slot: 2 }, directory)
  expect(at(school)).toMatchObject({
    start: Date.parse('2026-09-16T06:25:00Z'),
    end: Date.parse('2026-09-16T07:10:00Z'),
    room: '204',
    teacher: 't1',
  })
  expect(at(east)?.start).toBe(Date.parse('2026-09-16T04:25:00Z'))
  expect(lessonOf({ type: 'lesson', section: 'm5', date: '2026-09-16', slot: 3 }, school)).toBeNull()
})

test('TIM-05, TIM-06 the substitute holds the lesson while there is one; the own teacher is none', () => {
  const given = timetable({
    'substitution:m5:2026-09-16:2': { teacher: 't3', cancelled: false, room: '310' },
    'substitution:m5:2026-09-17:2': { teacher: 't1', cancelled: false, room: null },
    'substitution:m5:2026-09-18:2': { teacher: null, cancelled: true, room: null },
  })
  const lessons = lessonsOf(must(given.sections.get('m5'), 'm5'), '2026-09-16', '2026-09-18', given)
  expect(lessons.map(({ substitute, room, cancelled }) => ({ substitute, room, cancelled }))).toEqual([
    { substitute: 't3', room: '310', cancelled: false },
    { substitute: null, room: '204', cancelled: false },
    { substitute: null, room: '204', cancelled: true },
  ])
  expect(lessons.map(assigneeOf)).toEqual(['t3', 't1', 't1'])
})

test('a person’s day: own lessons, given away or not, and those given to them, in order of time', () => {
  const given = timetable({ 'substitution:m5:2026-09-16:2': { teacher: 't3', cancelled: false, room: null } })
  const day = (person: string) => lessonsOfPerson(person, '2026-09-16', given).map(({ id }) => id)
  expect(day('t1')).toEqual(['lesson:m5:2026-09-16:2'])
  expect(day('t3')).toEqual(['lesson:e5a:2026-09-16:1', 'lesson:m5:2026-09-16:2'])
  expect(day('d1')).toEqual([])
})
