import { must } from '../plain/must'
import { lessonAt, smallSchool } from '../testing/small-school'
import { neighboursOf } from './neighbours'

function around(id: string, school = smallSchool()) {
  const lesson = lessonAt(id, school)
  const { previous, next } = neighboursOf(lesson, must(school.sections.get(lesson.section), id), school)
  return [previous?.date, next?.date]
}

test('the lesson before and after, over the weekend too', () => {
  expect(around('lesson:m5:2026-09-16:2')).toEqual(['2026-09-15', '2026-09-17'])
  expect(around('lesson:m5:2026-09-18:2')).toEqual(['2026-09-17', '2026-09-21'])
})

test('the first lesson of the year has none before it; holidays are passed over', () => {
  expect(around('lesson:m5:2026-09-01:2')).toEqual([undefined, '2026-09-02'])
  expect(around('lesson:m5:2026-10-23:2')).toEqual(['2026-10-22', '2026-11-02'])
})

test('a cancelled lesson is passed over', () => {
  const school = smallSchool({
    'timetable:c5a': { 'substitution:m5:2026-09-17:2': { teacher: null, cancelled: true, room: null } },
  })
  expect(around('lesson:m5:2026-09-16:2', school)).toEqual(['2026-09-15', '2026-09-18'])
})
