import { addressOf, isRealDay, lessonId } from './ids'

test('I1 a lesson’s id is its section, day and slot, and reads back', () => {
  expect(addressOf(lessonId('m5', '2026-09-16', 2))).toEqual({
    type: 'lesson',
    section: 'm5',
    date: '2026-09-16',
    slot: 2,
  })
  expect(addressOf('lesson:m5:2026-09-16:0')).toMatchObject({ slot: 0 })
})

test.each([
  'lesson:m5:2026-09-16:02',
  'lesson:m5:2026-09-16:',
  'lesson:m5:2026-09-31:2',
  'lesson:м5:2026-09-16:2',
  'lesson::2026-09-16:2',
  'lesson:m5:2026-09-16:2\n',
  'lesson:m5:2026-09-16:2:x',
  'roster:',
  'roster:5А',
  'rosters:c5a',
  'school:1',
  '',
  '__proto__',
  'Staff',
])('no sheet has the id %j', (id) => expect(addressOf(id)).toBeNull())

test('the directory’s sheets', () => {
  expect(addressOf('roster:c5a')).toEqual({ type: 'roster', class: 'c5a' })
  expect(['school', 'staff', 'calendar', 'policy'].map((id) => addressOf(id)?.type)).toEqual([
    'school',
    'staff',
    'calendar',
    'policy',
  ])
})

test.each([
  ['2026-02-28', true],
  ['2026-02-29', false],
  ['2028-02-29', true],
  ['2026-02-31', false],
  ['2026-04-31', false],
  ['2026-13-01', false],
  ['2026-00-10', false],
  ['2026-9-1', false],
  ['', false],
])('%s is a day of the calendar: %p', (date, real) => expect(isRealDay(date)).toBe(real))
