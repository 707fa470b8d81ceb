import { dayLabel, longDayLabel, momentLabel, weekdayLabel } from './dates'

const zone = 'Europe/Moscow'
const now = Date.parse('2026-09-16T15:00:00Z')

describe('dates as schools write them', () => {
  test('a day has its weekday and no year', () => {
    expect(dayLabel('2026-09-16', 'ru')).toBe('ср, 16 сентября')
    expect(longDayLabel('2026-09-16', 'ru')).toBe('среда, 16 сентября')
    expect(weekdayLabel('2026-09-16', 'en')).toBe('Wed')
  })

  test.each([
    ['today: the time alone', '2026-09-16T07:42:00Z', '10:42'],
    ['this week: the weekday with it', '2026-09-15T13:05:00Z', 'вт, 16:05'],
    ['earlier: the date', '2026-09-09T13:05:00Z', '9 сентября, 16:05'],
    [
      'OFF-15 today is the school’s today: 00:10 in Moscow is yesterday in Greenwich',
      '2026-09-15T21:10:00Z',
      '00:10',
    ],
  ])('%s', (_rule, instant, says) => {
    expect(momentLabel(Date.parse(instant), now, zone, 'ru')).toBe(says)
  })
})
