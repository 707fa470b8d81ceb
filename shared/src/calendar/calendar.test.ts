import { isSchoolDay, termOf, type Calendar } from './calendar'

const half = { id: 'h1', name: '1 полугодие', start: '2026-09-01', end: '2026-12-30' }
const quarter = { id: 'q1', name: '1 четверть', start: '2026-09-01', end: '2026-10-23' }
const calendar: Calendar = {
  year: { start: '2026-09-01', end: '2027-05-26' },
  terms: [
    { grades: [1, 9], terms: [quarter] },
    {
      grades: [10, 11],
      terms: [half],
      breaks: [{ name: 'Осенние каникулы', start: '2026-10-24', end: '2026-11-01' }],
    },
  ],
  holidays: [{ date: '2026-11-04', name: 'День народного единства' }],
  bells: new Map(),
}

test('a break inside a half-year has no lessons, and the term goes on after it', () => {
  expect(isSchoolDay('2026-10-23', 10, calendar)).toBe(true)
  expect(isSchoolDay('2026-10-26', 10, calendar)).toBe(false)
  expect(isSchoolDay('2026-11-02', 10, calendar)).toBe(true)
  expect(termOf('2026-10-26', 10, calendar)).toBe(half)
})

test('no lessons on a holiday, at the week-end, or between the quarters', () => {
  expect(isSchoolDay('2026-11-04', 10, calendar)).toBe(false)
  expect(isSchoolDay('2026-09-05', 5, calendar)).toBe(false)
  expect(isSchoolDay('2026-10-26', 5, calendar)).toBe(false)
  expect(isSchoolDay('2026-10-23', 5, calendar)).toBe(true)
})
