import { addDays, dayOf, instantAt, weekdayOf } from './zone'

test('the end of a school day is midnight in the zone of the school, wherever the device is (OFF-15)', () => {
  expect(instantAt('2026-09-16', '15:10', 'Europe/Moscow')).toBe(Date.parse('2026-09-16T12:10:00Z'))
  expect(instantAt('2026-09-16', '24:00', 'Asia/Yekaterinburg')).toBe(Date.parse('2026-09-16T19:00:00Z'))
  expect(dayOf(Date.parse('2026-09-16T19:00:00Z'), 'Asia/Yekaterinburg')).toBe('2026-09-17')
  expect(dayOf(Date.parse('2026-09-16T18:59:59Z'), 'Asia/Yekaterinburg')).toBe('2026-09-16')
})

test('days are counted without a zone', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(weekdayOf('2026-09-16')).toBe(3)
  expect(weekdayOf('2026-09-20')).toBe(7)
})
