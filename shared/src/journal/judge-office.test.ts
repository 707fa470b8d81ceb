import type { Json } from '../plain/json'
import { judgeIn } from '../testing/judging'
import { anEntry, salt } from '../testing/small-school'
import { admitted, out, waitingFor } from './receipt'

const keeps = (author: string, sheet: string, cell: string, value: Json = null) =>
  anEntry({ author, sheet, kind: 'keep-directory', cell, value })
const staff = ['a1', 'd1', 'q1', 'h1', 'p1', 't2']

describe('the office keeps the directory, each office its own sheets', () => {
  test.each<[string, string, string[]]>([
    ['school', 'school', ['a1']],
    ['staff', 'person:t9', ['a1']],
    ['roster:c5a', 'student:s5', ['a1', 'd1', 'q1']],
    ['families:c5a', 'guardian:g5', ['a1', 'q1']],
    ['timetable:c5a', 'week:m5-1-2', ['a1', 'd1']],
    ['calendar', 'holidays', ['a1', 'd1']],
    ['policy', 'policy:2026-09-01', ['a1', 'd1', 'h1']],
  ])('%s, its %s: %j; A1 of others it waits for the right', (sheet, cell, keepers) => {
    const says = staff.map((person) => judgeIn(keeps(person, sheet, cell)))
    const isKeeper = (person: string) => keepers.includes(person)
    expect(says).toEqual(
      staff.map((person) =>
        isKeeper(person)
          ? { admission: admitted, capacity: 'office' }
          : { admission: waitingFor('right'), capacity: 'none' },
      ),
    )
  })
})

describe('what is kept where', () => {
  const name = { last: 'Гусев', first: 'Яков', middle: '', salt }
  const wrong = out('kind-on-wrong-sheet')
  const says = (entry: ReturnType<typeof anEntry>) => judgeIn(entry).admission

  test('marks do not belong in a roster', () => {
    expect(says(anEntry({ author: 'a1', sheet: 'roster:c5a' }))).toEqual(wrong)
  })
  test('C8 nor is anything there undone as on a lesson: setting back is keeping', () => {
    const undo = anEntry({ author: 'a1', sheet: 'roster:c5a', kind: 'undo', cell: 'student:s1', value: null })
    expect(says(undo)).toEqual(wrong)
  })
  test('each directory sheet has its own cells', () => {
    expect(says(keeps('a1', 'staff', 'student:s1'))).toEqual(wrong)
    expect(says(keeps('a1', 'roster:c5a', 'student:s5', { name }))).toEqual(admitted)
  })
  test('one cell of another sheet makes the entry wrong', () => {
    const changes = ['student:s5', 'person:t9'].map((cell) => ({ cell, value: null, base: [] }))
    expect(says(anEntry({ author: 'a1', sheet: 'roster:c5a', kind: 'keep-directory', changes }))).toEqual(
      wrong,
    )
  })
})

describe('set-up of a new journal', () => {
  const first = keeps('a7', 'staff', 'person:a7')
  test('has nobody yet who could have a right', () => {
    expect(judgeIn(first, { founding: true })).toEqual({ admission: admitted, capacity: 'office' })
  })
  test('and nobody later is let in that way', () => {
    expect(judgeIn(first).admission).toEqual(out('not-in-journal'))
  })
})
