import { addDays, dayOf, instantAt, isZone, timeOf, weekdayOf } from './zone'

test('the end of a school day is midnight in the zone of the school, wherever the device is (OFF-15)', () => {
  expect(instantAt('2026-09-16', '15:10', 'Europe/Moscow')).toBe(Date.parse('2026-09-16T12:10:00Z'))
  expect(instantAt('2026-09-16', '24:00', 'Asia/Yekaterinburg')).toBe(Date.parse('2026-09-16T19:00:00Z'))
  expect(dayOf(Date.parse('2026-09-16T19:00:00Z'), 'Asia/Yekaterinburg')).toBe('2026-09-17')
  expect(dayOf(Date.parse('2026-09-16T18:59:59Z'), 'Asia/Yekaterinburg')).toBe('2026-09-16')
})

test('whatever was asked before, a moment before midnight is another day than midnight', () => {
  const zones = [
    'Europe/Kaliningrad',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'America/St_Johns',
    'Asia/Kamchatka',
  ]
  for (const zone of zones) {
    for (const [before, day] of [
      ['2026-03-28', '2026-03-29'],
      ['2026-09-15', '2026-09-16'],
      ['2026-12-31', '2027-01-01'],
    ] as const) {
      const midnight = instantAt(day, '00:00', zone)
      for (const off of [-900_000, -1, 0, 1, 899_999, -1, 0])
        expect([zone, off, dayOf(midnight + off, zone)]).toEqual([zone, off, off < 0 ? before : day])
    }
  }
  expect(dayOf(Number.NaN, 'Europe/Moscow')).toContain('NaN')
  expect(dayOf(Date.parse('1969-12-31T21:00:00Z'), 'Europe/Moscow')).toBe('1970-01-01')
})

test('days are counted without a zone', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(weekdayOf('2026-09-16')).toBe(3)
  expect(weekdayOf('2026-09-20')).toBe(7)
})

test('on a day when clocks are put forward or back, times are still those of the school', () => {
  const berlin = (date: string, time: string) => instantAt(date, time, 'Europe/Berlin')
  expect([
    berlin('2026-03-29', '01:30'),
    berlin('2026-03-29', '08:30'),
    berlin('2026-03-29', '24:00'),
  ]).toEqual(['00:30', '06:30', '22:00'].map((utc) => Date.parse(`2026-03-29T${utc}:00Z`)))
  expect(berlin('2026-10-25', '08:30')).toBe(Date.parse('2026-10-25T07:30:00Z'))
})

test('a time of day reads back', () => {
  expect(timeOf(instantAt('2026-09-16', '09:05', 'Asia/Vladivostok'), 'Asia/Vladivostok')).toBe('09:05')
})

test.each([
  ['Europe/Moscow', true],
  ['Asia/Yekaterinburg', true],
  ['Asia/Khabarovsk', false],
  ['Moscow', false],
  ['', false],
])('%s is a zone that clocks know: %p', (zone, is) => expect(isZone(zone)).toBe(is))
