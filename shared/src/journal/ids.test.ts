import * as z from 'zod/mini'
import { addressOf, databaseName, day, entryId, isRealDay, lessonId, plainId } from './ids'

test('I1 a lesson’s id is its section, day and slot, and reads back', () => {
  expect(addressOf(lessonId('m5', '2026-09-16', 2))).toEqual({
    type: 'lesson',
    section: 'm5',
    date: '2026-09-16',
    slot: 2,
  })
  const slots = [0, 9, 10, 99].map((slot) => addressOf(lessonId('m5', '2026-09-16', slot)))
  expect(slots).toMatchObject([{ slot: 0 }, { slot: 9 }, { slot: 10 }, { slot: 99 }])
  const section = `A${'-_z9'.repeat(10)}`.slice(0, 40)
  expect(addressOf(lessonId(section, '2026-09-16', 2))).toMatchObject({ section })
})

test.each([
  'lesson:m5:2026-09-16:02',
  'lesson:m5:2026-09-16:',
  'lesson:m5:2026-09-31:2',
  'lesson:м5:2026-09-16:2',
  'lesson::2026-09-16:2',
  'lesson:m5:2026-09-16:2\n',
  'lesson:m5:2026-09-16:2:x',
  'lesson:m5:2026-09-16:100',
  'lesson:m5:2026-09-16:-1',
  'my-lesson:m5:2026-09-16:2',
  'lesson:-m5:2026-09-16:2',
  `lesson:${'m'.repeat(41)}:2026-09-16:2`,
  `roster:${'c'.repeat(41)}`,
  'roster:_c5a',
  'roster:c5a:2',
  'roster:c5а',
  'my-roster:c5a',
  'roster:',
  'roster:5А',
  'rosters:c5a',
  'school:1',
  '',
  '__proto__',
  'Staff',
])('no sheet has the id %j', (id) => expect(addressOf(id)).toBeNull())

test('the directory’s sheets', () => {
  expect(['roster', 'families', 'timetable'].map((type) => addressOf(`${type}:c5a`))).toEqual([
    { type: 'roster', class: 'c5a' },
    { type: 'families', class: 'c5a' },
    { type: 'timetable', class: 'c5a' },
  ])
  expect(addressOf(`roster:${'c'.repeat(40)}`)).toEqual({ type: 'roster', class: 'c'.repeat(40) })
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
  ['2000-02-29', true],
  ['2100-02-29', false],
  ...['01', '03', '05', '07', '08', '10', '12'].map((month): [string, boolean] => [`2026-${month}-31`, true]),
  ...['04', '06', '09', '11'].flatMap((month): [string, boolean][] => [
    [`2026-${month}-30`, true],
    [`2026-${month}-31`, false],
  ]),
  ['2026-01-32', false],
  ['2026-01-00', false],
  ['2026-09', false],
  ['12026-09-16', false],
  ['2026-09-161', false],
  ['2026-13-01', false],
  ['2026-00-10', false],
  ['2026-9-1', false],
  ['', false],
])('%s is a day of the calendar: %p', (date, real) => expect(isRealDay(date)).toBe(real))

describe('I2, I3 ids are opaque ASCII of a fixed form', () => {
  test.each<[string, z.ZodMiniType, string[], string[]]>([
    [
      'a person, class, section or device',
      plainId,
      ['1', 'Az_-9', 'x'.repeat(40)],
      ['', '-x', '_x', 'x'.repeat(41), 'x y', 'ж', 'x\n'],
    ],
    [
      'an entry',
      entryId,
      ['x'.repeat(43), 'Az_-9'.repeat(9).slice(0, 43)],
      ['x'.repeat(42), 'x'.repeat(44), '+'.repeat(43)],
    ],
    [
      'a journal',
      databaseName,
      ['journal-test-2026', `journal-${'a9'.repeat(15)}-2026`],
      [
        'my-journal-test-2026',
        'journal--2026',
        `journal-${'a'.repeat(31)}-2026`,
        'journal-Test-2026',
        'journal-test-206',
        'journal-test-20266',
        'journal-test',
      ],
    ],
    ['a day', day, ['2026-09-16'], ['2026-02-30', '16.09.2026', '']],
  ])('%s', (_what, schema, right, wrong) => {
    const reads = (id: string) => z.safeParse(schema, id).success
    expect(right.filter((id) => !reads(id))).toEqual([])
    expect(wrong.filter(reads)).toEqual([])
  })
})
