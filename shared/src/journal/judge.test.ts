import type { Json } from '../plain/json'
import { judgeIn, type Case } from '../testing/judging'
import { anEntry, lessonAt, mathLesson, salt, smallSchool } from '../testing/small-school'
import { lessonFactsOf } from './judge'
import { readEntry } from './kinds/kinds'
import { admitted, awaited, out, refusals, waitingFor, waitingForDeputy } from './receipt'
import { mondayLeaver, timeCases } from '../testing/time-cases'
import { valueCases as what } from '../testing/value-cases'

type Wish = NonNullable<Parameters<typeof anEntry>[0]>

const text = { text: 'Дроби', salt }
const by = (author: string, wish: Wish = {}) => anEntry({ author, ...wish })

const substituted = smallSchool({
  'timetable:c5a': { 'substitution:m5:2026-09-16:2': { teacher: 't3', cancelled: false, room: null } },
})
const cancelled = smallSchool({
  'timetable:c5a': { 'substitution:m5:2026-09-16:2': { teacher: null, cancelled: true, room: null } },
})
const policy = (overrides: Record<string, Json>) =>
  smallSchool({ policy: { 'policy:2026-09-01': { preset: 'product-default', overrides } } })

const who: Case[] = [
  { rule: 'ACC-13 a teacher writes on the lesson of an own section', entry: by('t1'), says: admitted },
  { rule: 'ACC-13 and on no other: A1 the right may yet come', entry: by('t3'), says: waitingFor('right') },
  { rule: 'ACC-14 a homeroom teacher reads, and sets no mark', entry: by('t2'), says: waitingFor('right') },
  { rule: 'ACC-15 a deputy reads all, and sets no mark', entry: by('d1'), says: waitingFor('right') },
  { rule: 'ACC-16 the director edits nothing', entry: by('h1'), says: waitingFor('right') },
  { rule: 'ACC-17 a psychologist edits nothing', entry: by('p1'), says: waitingFor('right') },
  { rule: 'an administrator sets no mark', entry: by('a1'), says: waitingFor('right') },
  { rule: 'ACC-18 no student writes', entry: by('s1'), says: out('not-for-families') },
  { rule: 'ACC-18, ACC-19 no guardian writes', entry: by('g1'), says: out('not-for-families') },
  { rule: 'somebody whom nobody knows does not write', entry: by('x1'), says: out('not-in-journal') },
  { rule: 'nobody writes in another’s name', entry: by('t1'), sender: 't2', says: out('not-author') },
  {
    rule: 'TIM-06 a substitute fills the lesson given to them',
    entry: by('t3'),
    school: substituted,
    says: admitted,
  },
  {
    rule: 'TIM-06 and no other lesson of the section',
    entry: by('t3', { sheet: 'lesson:m5:2026-09-15:2' }),
    school: substituted,
    says: waitingFor('right'),
  },
  {
    rule: 'OFF-07 the teacher who was replaced still writes: C4 ranks them',
    entry: by('t1'),
    school: substituted,
    says: admitted,
  },
  {
    rule: 'POL-M12 a reason is the homeroom teacher’s',
    entry: by('t2', { kind: 'set-attendance', cell: 'reason:s1', value: 'ill' }),
    says: admitted,
  },
  {
    rule: 'LES-10 a homeroom teacher corrects absences only together with the teacher',
    entry: by('t2', { kind: 'set-attendance', cell: 'absence:s1', value: 'absent' }),
    says: waitingFor('right'),
  },
  {
    rule: 'LES-10 or directly, where the policy says so',
    entry: by('t2', { kind: 'set-attendance', cell: 'absence:s1', value: 'absent' }),
    school: policy({ 'attendance.homeroomEdit': 'direct' }),
    says: admitted,
  },
  {
    rule: 'LES-20 a homeroom teacher writes remarks',
    entry: by('t2', { kind: 'set-remark', cell: 'remark:s1:r', value: { to: 'family', text } }),
    says: admitted,
  },
  ...['t3', 'd1', 'h1', 'q1'].flatMap((person) => [
    {
      rule: `POL-M12 a reason is not for ${person}, who is neither its teacher nor homeroom teacher`,
      entry: by(person, { kind: 'set-attendance', cell: 'reason:s1', value: 'ill' }),
      says: waitingFor('right'),
    },
    {
      rule: `LES-20 a remark neither`,
      entry: by(person, { kind: 'set-remark', cell: 'remark:s1:r', value: { to: 'family', text } }),
      says: waitingFor('right'),
    },
  ]),
  ...mondayLeaver,
]

const where: Case[] = [
  {
    rule: 'I3 another school’s journal is another journal',
    entry: anEntry({ db: 'journal-other-2026' }),
    says: out('wrong-database'),
  },
  { rule: 'no sheet can have this id', entry: anEntry({ sheet: 'lessons' }), says: out('no-such-sheet') },
  {
    rule: 'I1 a slot has one spelling',
    entry: anEntry({ sheet: 'lesson:m5:2026-09-16:02' }),
    says: out('no-such-sheet'),
  },
  {
    rule: 'a day that is none',
    entry: anEntry({ sheet: 'lesson:m5:2026-09-31:2' }),
    says: out('no-such-sheet'),
  },
  {
    rule: 'I3 a day of another school year',
    entry: anEntry({ sheet: 'lesson:m5:2027-09-16:2' }),
    says: out('outside-year'),
  },
  ...['2026-06-30', '2027-09-01'].map((date) => ({
    rule: `I3 ${date} is a day of another school year`,
    entry: anEntry({ sheet: `lesson:m5:${date}:2` }),
    says: out('outside-year'),
  })),
  ...['2026-07-01', '2027-06-16', '2027-08-31'].map((date) => ({
    rule: `A1 the calendar may yet grow: ${date} waits`,
    entry: anEntry({ sheet: `lesson:m5:${date}:2` }),
    says: waitingFor('lesson'),
  })),
  {
    rule: 'I1 a lesson that the timetable has not waits for it',
    entry: anEntry({ sheet: 'lesson:m5:2026-09-16:3' }),
    says: waitingFor('lesson'),
  },
  { rule: 'I1 a cancelled lesson too', entry: anEntry(), school: cancelled, says: waitingFor('lesson') },
  {
    rule: 'a section that nobody knows',
    entry: anEntry({ sheet: 'lesson:zz:2026-09-16:2' }),
    says: waitingFor('lesson'),
  },
  {
    rule: 'what belongs to the office is not kept on a lesson',
    entry: anEntry({ kind: 'keep-directory', cell: 'student:s1', value: null }),
    says: out('kind-on-wrong-sheet'),
  },
]

const judged = (cases: readonly Case[]) =>
  cases.map((given) => ({ ...given, said: judgeIn(given.entry, given).admission }))

describe('who', () => {
  test.each(who)('$rule', ({ entry, says, ...situation }) =>
    expect(judgeIn(entry, situation).admission).toEqual(says),
  )
})
describe('where', () => {
  test.each(where)('$rule', ({ entry, says, ...situation }) =>
    expect(judgeIn(entry, situation).admission).toEqual(says),
  )
})
describe('what', () => {
  test.each(what)('$rule', ({ entry, says, ...situation }) =>
    expect(judgeIn(entry, situation).admission).toEqual(says),
  )
})
describe('when', () => {
  test.each(timeCases)('$rule', ({ entry, says, ...situation }) =>
    expect(judgeIn(entry, situation).admission).toEqual(says),
  )
})

test('every refusal, every fact waited for and every doubt is reached by a case', () => {
  const said = judged([...who, ...where, ...what, ...timeCases]).map((given) => given.said)
  const strangers = [readEntry({ ...anEntry(), kind: 'set-weather' }), readEntry({ ...anEntry(), n: 77_777 })]
  const refused = new Set([
    ...said.flatMap((answer) => (answer.is === 'out' ? [answer.why] : [])),
    ...strangers.flatMap((answer) => (answer.is === 'refused' ? [answer.why] : [])),
  ])
  const waitedFor = new Set(said.flatMap((answer) => (answer.is === 'waiting' ? [answer.for] : [])))
  const doubted = new Set(
    said.flatMap((answer) => (answer.is === 'waiting' && answer.why ? [answer.why] : [])),
  )
  expect([...refused].sort()).toEqual([...refusals].sort())
  expect([...waitedFor].sort()).toEqual([...awaited].sort())
  // POL-M11: `closed-term` is reached once closings are entries; then this line is what fails.
  expect([...doubted].sort()).toEqual(['before-lesson', 'late', 'late-delivery', 'time-unknown'])
})

test('A2 of several answers in one entry the one that no fact can mend comes first', () => {
  const changes = (cells: [string, Json][]) =>
    anEntry({ changes: cells.map(([cell, value]) => ({ cell, value, base: [] })) })
  const late = { made: Date.parse('2026-09-18T06:40:00Z') }
  expect(
    judgeIn(
      changes([
        ['mark:answer:s1', '5'],
        ['mark:w:s2', '5'],
        ['mark:answer:s3', '7'],
      ]),
      late,
    ).admission,
  ).toEqual(out('forbidden-value'))
  expect(
    judgeIn(
      changes([
        ['mark:answer:s1', '5'],
        ['mark:w:s2', '5'],
      ]),
      late,
    ).admission,
  ).toEqual(waitingFor('column'))
  expect(judgeIn(changes([['mark:answer:s1', '5']]), late).admission).toEqual(
    waitingForDeputy('late', Date.parse('2026-09-16T21:00:00Z')),
  )
})

test('A2 one late change makes the entry wait, though the others are in time', () => {
  const entry = anEntry({
    kind: 'set-attendance',
    changes: [
      { cell: 'reason:s1', value: 'ill', base: [] },
      { cell: 'absence:s1', value: 'absent', base: [] },
    ],
  })
  const late = { made: Date.parse('2026-09-18T06:40:00Z') }
  expect(judgeIn(entry, late).admission).toEqual(waitingForDeputy('late', Date.parse('2026-09-16T21:00:00Z')))
})

test('C2 one base on another cell, or not heard of, speaks for the whole entry', () => {
  const [here, elsewhere, unknown] = ['h', 'e', 'u'].map((letter) => letter.repeat(43))
  const cellsOf = (id: string) => (id === unknown ? null : [id === here ? 'mark:answer:s1' : 'topic'])
  const onBases = (...bases: (string | undefined)[]) =>
    anEntry({
      changes: bases.map((base, i) => ({
        cell: `mark:answer:s${i + 1}`,
        value: '5',
        base: base ? [base] : [],
      })),
    })
  expect(judgeIn(onBases(here, elsewhere), { cellsOf }).admission).toEqual(out('base-elsewhere'))
  expect(judgeIn(onBases(here, unknown), { cellsOf }).admission).toEqual(waitingFor('base'))
  expect(judgeIn(onBases(here, undefined), { cellsOf }).admission).toEqual(admitted)
})

test('a lesson whose section or class has gone has no facts to judge by', () => {
  const lesson = lessonAt(mathLesson, smallSchool())
  const without = (cell: string) => smallSchool({ 'roster:c5a': { [cell]: null } })
  expect(lessonFactsOf(lesson, without('section:m5'), {})).toBeNull()
  expect(lessonFactsOf(lesson, without('class'), {})).toBeNull()
})

test('TIM-06, C4 the capacity is what the author is on this lesson', () => {
  const capacities = (person: string, school = smallSchool()) => judgeIn(by(person), { school }).capacity
  expect(['t1', 't2', 't3', 'd1', 'h1'].map((person) => capacities(person))).toEqual([
    'assignee',
    'homeroom',
    'none',
    'deputy',
    'none',
  ])
  expect(['t1', 't3'].map((person) => capacities(person, substituted))).toEqual(['teacher', 'assignee'])
})

test('who writes where there is no lesson has no capacity there', () => {
  const nowhere = ['lessons', 'lesson:zz:2026-09-16:2', 'lesson:m5:2026-09-16:3']
  expect(nowhere.map((sheet) => judgeIn(by('t1', { sheet })).capacity)).toEqual(['none', 'none', 'none'])
})

test('a lesson named by the tests is a lesson of the school', () => {
  expect(judgeIn(anEntry({ sheet: mathLesson })).admission).toEqual(admitted)
})
