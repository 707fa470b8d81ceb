import { lessonId } from '../journal/ids'
import { smallSchool } from '../testing/small-school'
import { must } from '../plain/must'
import { lessonsOf } from './lessons'

const forever = smallSchool({
  calendar: { year: { start: '0000-01-01', end: '9999-12-31' } },
})
const section = must(forever.sections.get('m5'), 'm5')

describe('lessons at the ends of the calendar', () => {
  // An entry on `lesson:…:9999-12-31:…` kept the server busy for good.
  test.each([
    ['0000-01-01', '0000-01-04'],
    ['9999-12-29', '9999-12-31'],
    ['9999-12-31', '9999-12-31'],
    ['2026-09-17', '2026-09-16'],
  ])('from %s to %s are told, and there is an end of them', (from, to) => {
    const days = lessonsOf(section, from, to, forever).map(({ date }) => date)
    expect(days.every((date) => date >= from && date <= to)).toBe(true)
  })

  test('a day of the year is among them from its first to its last', () => {
    const ids = lessonsOf(section, '2026-09-16', '2026-09-17', smallSchool()).map(({ id }) => id)
    expect(ids).toEqual([lessonId('m5', '2026-09-16', 2), lessonId('m5', '2026-09-17', 2)])
  })
})
