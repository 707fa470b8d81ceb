import { dueOf, lessonFactsOf } from '../journal/judge'
import { lessonCellOf } from '../journal/kinds/lesson-cells'
import { workTypes, type WorkType } from '../journal/kinds/set-column'
import { must } from '../plain/must'
import { cellsOf, moscow } from '../testing/judging'
import { lessonAt, mathLesson, smallSchool } from '../testing/small-school'
import { bandFor, closesAt } from './deadline'

const school = smallSchool()
const zone = 'Europe/Moscow'

/** When a cell of 5А's (or 1Б's) lesson of Wed 16.09.2026 closes. */
function due(cell: string, type: WorkType = 'answer', lesson = mathLesson): number | null {
  const cells = cellsOf({ 'column:w': { type, title: null, weight: 1 } })
  return dueOf(
    must(lessonCellOf(cell), cell),
    cell,
    must(lessonFactsOf(lessonAt(lesson, school), school, cells), 'facts'),
  )
}
const endOf = (day: string) => moscow(day, '24:00'.replace('24', '00')) + 86_400_000

// policies.md, section 4: the dates that come from the product's default because a regulation is silent (°).
test.each<[string, string, WorkType, string]>([
  ['5А lesson 2, topic', 'topic', 'answer', '2026-09-16'],
  ['5А lesson 2, absences', 'taken', 'answer', '2026-09-16'],
  ['5А lesson 2, absences', 'absence:s1', 'answer', '2026-09-16'],
  ['5А lesson 2, homework', 'homework', 'answer', '2026-09-16'],
  ['5А lesson 2, current mark', 'mark:w:s1', 'answer', '2026-09-16'],
  ['5А written work of 16.09', 'mark:w:s1', 'written', '2026-09-19'],
  ['5А monitoring work of 16.09', 'mark:w:s1', 'monitoring', '2026-09-19'],
])('T3 worked date: %s (%s, %s) until %s 24:00', (_entry, cell, type, day) => {
  expect(due(cell, type)).toBe(endOf(day))
})

test('1Б lesson: topic and absences until the day’s end; no deadline for what grade 1 has not', () => {
  const first = 'lesson:m1:2026-09-16:1'
  expect([due('topic', 'answer', first), due('taken', 'answer', first)]).toEqual([
    endOf('2026-09-16'),
    endOf('2026-09-16'),
  ])
  expect([due('homework', 'answer', first), due('mark:w:s9', 'answer', first)]).toEqual([null, null])
})

test('every kind of work has a deadline, those in three days and those of the day', () => {
  const later = workTypes.filter((type) => due('mark:w:s1', type) === endOf('2026-09-19'))
  const sameDay = workTypes.filter((type) => due('mark:w:s1', type) === endOf('2026-09-16'))
  expect(sameDay).toEqual(['answer', 'homework', 'external'])
  expect([...later, ...sameDay].sort()).toEqual([...workTypes].sort())
})

test('what nothing closes: reasons, remarks, columns', () => {
  expect(['reason:s1', 'remark:s1:r', 'column:w'].map((cell) => due(cell))).toEqual([null, null, null])
})

test.each<[Parameters<typeof closesAt>[0], string | null]>([
  [{ kind: 'sameDay' }, '2026-09-16'],
  [{ kind: 'within', n: 1, unit: 'day', from: 'lesson' }, '2026-09-17'],
  [{ kind: 'within', n: 3, unit: 'day', from: 'workDate' }, '2026-09-19'],
  [{ kind: 'within', n: 1, unit: 'week', from: 'workDate' }, '2026-09-23'],
  [{ kind: 'unspecified', word: 'norms' }, null],
])('POL-M02 %j of a Wednesday ends with %s', (deadline, day) => {
  expect(closesAt(deadline, { date: '2026-09-16', zone })).toBe(day && endOf(day))
})

test('OFF-15 the end of the day is the school’s', () => {
  expect(closesAt({ kind: 'sameDay' }, { date: '2026-09-16', zone: 'Asia/Vladivostok' })).toBe(
    Date.parse('2026-09-16T14:00:00Z'),
  )
})

test('DDL-09 a rule may speak of some grades only', () => {
  const sameDay = { kind: 'sameDay' } as const
  const bands = [{ grades: [2, 4] as [number, number], deadline: sameDay }]
  expect([1, 2, 4, 5].map((grade) => bandFor(bands, grade))).toEqual([null, sameDay, sameDay, null])
})
