import type { Json } from '../../plain/json'
import { judgeIn, moscow } from '../../testing/judging'
import { anEntry, salt, smallSchool } from '../../testing/small-school'
import { admitted, waitingFor, waitingForDeputy } from '../receipt'
import { entryOf } from './entry-schema'
import { kinds, parseEntry, entrySchema, type Kind } from './kinds'
import { lessonCellOf, lessonCells } from './lesson-cells'
import { columnOf } from './set-mark'

const text = { text: 'Дроби', salt }
const name = { last: 'Абрамов', first: 'Кирилл', middle: '', salt }
const reads = (kind: Kind, cell: string, value: Json) => parseEntry(anEntry({ kind, cell, value })) !== null

test.each<[Kind, string, Json]>([
  ['take-attendance', 'taken', true],
  ['take-attendance', 'taken', null],
  ['take-attendance', 'absence:s1', null],
  ['set-attendance', 'absence:s1', 'absent'],
  ['set-attendance', 'absence:s1', 'late'],
  ['set-attendance', 'absence:s1', 'present'],
  ['set-attendance', 'reason:s1', 'unexcused'],
  ['set-attendance', 'taken', true],
  ['set-column', 'column:w', { type: 'control', title: text, weight: 2 }],
  ['set-column', 'column:w', null],
  ['set-mark', 'mark:answer:s1', '5'],
  ['set-topic', 'topic', text],
  ['set-topic', 'topic', null],
  ['set-homework', 'homework', { text, due: '2026-09-18' }],
  ['set-homework', 'homework', { none: true }],
  ['set-remark', 'remark:s1:r', { to: 'staff', text }],
  ['choose', 'topic', text],
  ['choose', 'mark:answer:s1', '4'],
  ['undo', 'absence:s1', null],
  ['keep-directory', 'student:s1', { name, from: '2026-09-01' }],
  ['keep-directory', 'student:s1', null],
  ['keep-directory', 'bells:b', [{ slot: 1, start: '08:30', end: '09:15' }]],
  [
    'keep-directory',
    'policy:2026-09-01',
    { preset: 'product-default', overrides: { 'marks.scale': ['1', '2', '3', '4', '5'] } },
  ],
])('%s sets %s to %j', (kind, cell, value) => {
  expect(reads(kind, cell, value)).toBe(true)
})

test.each<[Kind, string, Json]>([
  ['take-attendance', 'taken', false],
  ['take-attendance', 'reason:s1', 'ill'],
  ['set-attendance', 'absence:s1', 'ill'],
  ['set-attendance', 'absence:', 'absent'],
  ['set-attendance', 'absence:s1:x', 'absent'],
  ['set-column', 'column:w', { type: 'poem', title: null, weight: 1 }],
  ['set-column', 'column:w', { type: 'control', title: null, weight: 0 }],
  ['set-column', 'column:w', { type: 'control', title: null, weight: 1e9 }],
  ['set-mark', 'mark:s1', '5'],
  ['set-mark', 'mark:answer:s1', '5'.repeat(13)],
  ['set-topic', 'topic', { text: 'x' }],
  ['set-topic', 'topic', { text: '', salt }],
  ['set-topic', 'topic', { text: 'x'.repeat(501), salt }],
  ['set-topic', 'topic', { text: 'x', salt: 'short' }],
  ['set-topic', 'topic', { commitment: 'x'.repeat(43) }],
  ['set-homework', 'homework', { text, due: '2026-02-30' }],
  ['set-homework', 'homework', { none: true, text }],
  ['set-remark', 'remark:s1:r', { to: 'all', text }],
  ['choose', 'student:s1', null],
  ['undo', 'student:s1', null],
  ['keep-directory', 'mark:answer:s1', '5'],
  ['keep-directory', 'student:s1', { name: 'Абрамов' }],
  ['keep-directory', 'class', { name: '12А', grade: 12, homeroom: null, bells: 'b' }],
  ['keep-directory', 'year', { start: '2026-02-30', end: '2027-05-26' }],
  ['keep-directory', 'bells:b', [{ slot: 1, start: '8:30', end: '25:15' }]],
  ['keep-directory', 'policy:2026-13-01', { preset: 'product-default', overrides: {} }],
  ['keep-directory', 'policy:2026-09-01', { preset: 'product-default', overrides: { 'marks.scale': 5 } }],
])('%s does not set %s to %j', (kind, cell, value) => {
  expect(reads(kind, cell, value)).toBe(false)
})

test('the list of kinds is that of the schema', () => {
  const inSchema = entrySchema.def.options.map(({ shape }) => shape.kind.def.values[0])
  expect(inSchema).toEqual([...kinds])
})

test('every cell of a lesson has one rule', () => {
  const cells = [
    'taken',
    'absence:s1',
    'reason:s1',
    'column:w',
    'mark:w:s1',
    'topic',
    'homework',
    'remark:s1:r',
  ]
  expect(cells.map(lessonCellOf)).toEqual(lessonCells)
  expect(cells.map((cell) => lessonCells.filter(({ pattern }) => pattern.test(cell)).length)).toEqual(
    cells.map(() => 1),
  )
  expect(['student:s1', 'topics', 'mark:s1', 'toString', ''].map(lessonCellOf)).toEqual([
    null,
    null,
    null,
    null,
    null,
  ])
})

test('C7 every lesson has the column «ответ на уроке», other columns are cells', () => {
  expect(columnOf('answer', {})?.type).toBe('answer')
  expect(columnOf('w', {})).toBeNull()
  expect(columnOf('w', { 'column:w': { value: { type: 'test', title: null, weight: 1 } } })?.type).toBe(
    'test',
  )
  expect(columnOf('w', { 'column:w': { value: null } })).not.toBeNull()
  expect(columnOf('constructor', {})).toBeNull()
  expect(
    columnOf('answer', { 'column:answer': { value: { type: 'test', title: null, weight: 1 } } })?.type,
  ).toBe('test')
})

test('a kind without a cell is a fault of whoever wrote it', () => {
  expect(() => entryOf('set-nothing', [])).toThrow('set-nothing')
})

// Each cell that a lesson can have, with a value for it.
const cellsOfLesson: [kind: Kind, cell: string, value: Json][] = [
  ['take-attendance', 'taken', true],
  ['set-attendance', 'absence:s1', 'absent'],
  ['set-attendance', 'reason:s1', 'ill'],
  ['set-column', 'column:w', { type: 'control', title: null, weight: 1 }],
  ['set-mark', 'mark:answer:s1', '5'],
  ['set-topic', 'topic', text],
  ['set-homework', 'homework', { none: true }],
  ['set-remark', 'remark:s1:r', { to: 'family', text }],
]

const answers = (author: string, situation: Parameters<typeof judgeIn>[1]) =>
  cellsOfLesson.map(([kind, cell, value]) => {
    const { admission } = judgeIn(anEntry({ kind, cell, value, author }), situation)
    return [cell, admission]
  })

test('what is planned may be set before the lesson; what is seen in it waits for a deputy (A2)', () => {
  const planned = ['column:w', 'topic', 'homework']
  const early = waitingForDeputy('before-lesson')
  expect(answers('t1', { made: moscow('2026-09-15', '12:00') })).toEqual(
    cellsOfLesson.map(([, cell]) => [cell, planned.includes(cell) ? admitted : early]),
  )
})

test.each([
  ['withTeacher', ['reason:s1', 'remark:s1:r']],
  ['direct', ['taken', 'absence:s1', 'reason:s1', 'remark:s1:r']],
])('LES-10, LES-20, POL-M12 a homeroom teacher who corrects absences %s sets %j', (homeroomEdit, cells) => {
  const overrides = { 'attendance.homeroomEdit': homeroomEdit }
  const school = smallSchool({ policy: { 'policy:2026-09-01': { preset: 'product-default', overrides } } })
  expect(answers('t2', { school })).toEqual(
    cellsOfLesson.map(([, cell]) => [cell, cells.includes(cell) ? admitted : waitingFor('right')]),
  )
})
