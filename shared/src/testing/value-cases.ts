import { admitted, out, waitingFor } from '../journal/receipt'
import type { Json } from '../plain/json'
import { cellsOf, type Case } from './judging'
import { anEntry, salt, smallSchool } from './small-school'

type Wish = NonNullable<Parameters<typeof anEntry>[0]>

const text = { text: 'Дроби', salt }
const other = 'x'.repeat(43)
const by = (author: string, wish: Wish = {}) => anEntry({ author, ...wish })
const mark = (value: Json, wish: Wish = {}) => anEntry({ value, ...wish })
const grade1 = 'lesson:m1:2026-09-16:1'
const lenient = smallSchool({
  policy: {
    'policy:2026-09-01': {
      preset: 'product-default',
      overrides: { 'grade1.marks': null, 'grade1.homework': null },
    },
  },
})
const test = { type: 'test', title: null, weight: 1 }
const grade1Wishes: [string, Wish][] = [
  ['LES-11 marks', { cell: 'mark:answer:s9' }],
  ['LES-11 columns', { kind: 'set-column', cell: 'column:w', value: test }],
  ['LES-12 homework', { kind: 'set-homework', cell: 'homework', value: { none: true } }],
]
const listed = (from: string, to: string) => {
  const name = { last: 'Абрамов', first: 'Кирилл', middle: '', salt }
  return smallSchool({ 'roster:c5a': { 'student:s1': { name, from, to } } })
}

const contestedMark = {
  'mark:answer:s1': {
    value: '5',
    contested: true,
    heads: [
      { id: other, author: 't1', value: '5' },
      { id: 'y'.repeat(43), author: 't3', value: '4' },
    ],
  },
}
const onMark = () => ['mark:answer:s1']
const choose = (author: string, value: Json, base = [other, 'y'.repeat(43)]) =>
  by(author, { kind: 'choose', value, base })

/** What may be set in a cell, on what it may rest, and what may be chosen. */
export const valueCases: Case[] = [
  ...['2', '3', '4', '5', null].map((value) => ({
    rule: `POL-M13 ${value} is on the scale`,
    entry: mark(value),
    says: admitted,
  })),
  ...['н/а', 'Н/А', 'н/a', 'осв.', 'осв', '5 ', ' 5', '５', '6', '1', '5-', 'зачёт', 'Ⅴ'].map((value) => ({
    rule: `LES-15 «${value}» is not`,
    entry: mark(value),
    says: out('forbidden-value'),
  })),
  {
    rule: 'LES-11 no marks in grade 1',
    entry: by('t5', { sheet: grade1, cell: 'mark:answer:s9' }),
    says: out('grade1-mark'),
  },
  {
    rule: 'LES-11 nor columns for them',
    entry: by('t5', {
      sheet: grade1,
      kind: 'set-column',
      cell: 'column:w',
      value: test,
    }),
    says: out('grade1-mark'),
  },
  {
    rule: 'LES-12 no homework in grade 1',
    entry: by('t5', { sheet: grade1, kind: 'set-homework', cell: 'homework', value: { none: true } }),
    says: out('grade1-homework'),
  },
  ...grade1Wishes.flatMap(([what, wish]) => [
    {
      rule: `${what}: a wrong one may be taken away`,
      entry: by('t5', { ...wish, sheet: grade1, value: null }),
      says: admitted,
    },
    {
      rule: `${what} where the policy lets grade 1 have them`,
      entry: by('t5', { sheet: grade1, ...wish }),
      school: lenient,
      says: admitted,
    },
  ]),
  {
    rule: 'a topic is kept in grade 1',
    entry: by('t5', { sheet: grade1, kind: 'set-topic', cell: 'topic', value: text }),
    says: admitted,
  },
  {
    rule: 'A1 somebody whom the school does not know',
    entry: mark('5', { cell: 'mark:answer:s77' }),
    says: out('no-such-person'),
  },
  {
    rule: 'A1 a student of another class may yet come into this one',
    entry: mark('5', { cell: 'mark:answer:s9' }),
    says: waitingFor('student'),
  },
  {
    rule: 'A1 a student of the other subgroup too',
    entry: by('t3', { sheet: 'lesson:e5a:2026-09-16:1', cell: 'mark:answer:s3' }),
    says: waitingFor('student'),
  },
  ...(['absence:s1', 'reason:s1', 'remark:s1:r', 'mark:answer:s1'] as const).flatMap((cell) => [
    {
      rule: `STR-10, STR-11 ${cell} waits for a student who came to the class later`,
      entry: mark(null, { cell }),
      school: listed('2026-09-17', '2027-05-26'),
      says: waitingFor('student'),
    },
    {
      rule: `STR-11 ${cell} of one who left on the day itself is in`,
      entry: mark(null, { cell }),
      school: listed('2026-09-01', '2026-09-16'),
      says: admitted,
    },
  ]),
  {
    rule: 'A1 a mark waits for its column',
    entry: mark('5', { cell: 'mark:w:s1' }),
    says: waitingFor('column'),
  },
  {
    rule: 'C7 a removed column keeps its marks',
    entry: mark('5', { cell: 'mark:w:s1' }),
    cells: cellsOf({ 'column:w': null }),
    says: admitted,
  },
  {
    rule: 'C2 a base that nobody has heard of may yet arrive',
    entry: mark('5', { base: [other] }),
    says: waitingFor('base'),
  },
  {
    rule: 'C2 a base on another cell never',
    entry: mark('5', { base: [other] }),
    cellsOf: () => ['topic'],
    says: out('base-elsewhere'),
  },
  {
    rule: 'C2 a base on this cell is fine',
    entry: mark('5', { base: [other] }),
    cellsOf: onMark,
    says: admitted,
  },
  {
    rule: 'A5 what spans sheets waits for the entry that commits it',
    entry: mark('5', { batch: 'b1' }),
    says: waitingFor('batch'),
  },
  {
    rule: 'O4 a cell that no lesson has',
    entry: mark('5', { cell: 'weather' }),
    says: out('shape'),
  },
  {
    rule: 'A1 what can never become right is said before what may',
    entry: mark('н/а', { cell: 'mark:w:s1', base: [other] }),
    says: out('forbidden-value'),
  },
  {
    rule: 'C5 one of its authors settles a contested cell',
    entry: choose('t1', '4'),
    cells: contestedMark,
    cellsOf: onMark,
    says: admitted,
  },
  {
    rule: 'C5 or a deputy, however late',
    entry: choose('d1', '4'),
    cells: contestedMark,
    cellsOf: onMark,
    made: Date.parse('2026-10-16T06:40:00Z'),
    says: admitted,
  },
  {
    rule: 'C5 and nobody else',
    entry: choose('t2', '4'),
    cells: contestedMark,
    cellsOf: onMark,
    says: waitingFor('right'),
  },
  {
    rule: 'C5 with one of the values in it',
    entry: choose('d1', '3'),
    cells: contestedMark,
    cellsOf: onMark,
    says: out('nothing-to-choose'),
  },
  {
    rule: 'C5 that the chooser saw',
    entry: choose('d1', '4', [other]),
    cells: contestedMark,
    cellsOf: onMark,
    says: out('nothing-to-choose'),
  },
  {
    rule: 'C5 only while there is something to choose',
    entry: choose('t1', '4'),
    cellsOf: onMark,
    says: out('nothing-to-choose'),
  },
  {
    rule: 'C5 a choice that came before the values that it settles waits for them',
    entry: choose('d1', '4'),
    says: waitingFor('base'),
  },
  {
    rule: 'C5 a choice among what has not arrived waits',
    entry: choose('d1', '4'),
    cells: contestedMark,
    says: waitingFor('base'),
  },
]
