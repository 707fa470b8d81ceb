import { viewerOf } from '../people/viewer'
import { must } from '../plain/must'
import { arrived, documentAfter } from '../testing/documents'
import { foldRules } from '../testing/folding'
import { aReceipt } from '../testing/receipts'
import { anEntry, mathLesson, smallSchool } from '../testing/small-school'
import type { Entry } from './entry'
import { baseOf, overlay, type OwnEntry } from './overlay'
import { project, type ProjectedSheet } from './project'
import { out, waitingFor } from './receipt'

const cell = 'mark:answer:s1'
const at = Date.parse('2026-09-16T06:40:00Z')
const school = smallSchool()
const unsent = (entry: Entry): OwnEntry => ({ entry, receipt: null, capacity: 'assignee' })
const sent = (entry: Entry, over: Parameters<typeof aReceipt>[1] = {}): OwnEntry => ({
  ...unsent(entry),
  receipt: aReceipt(entry, over),
})
const empty: ProjectedSheet = { id: mathLesson, version: 0, epoch: 'e1', cells: {}, own: {} }
const pull = (...entries: Entry[]) => {
  if (entries.length === 0) return empty
  const document = documentAfter(
    mathLesson,
    entries.map((entry) => arrived(entry)),
  )
  return must(project(document, viewerOf('t1', '2026-09-16', school), school), 'a sheet')
}
const show = (pulled: ReturnType<typeof pull> | null, ...own: OwnEntry[]) =>
  overlay(mathLesson, pulled, own, foldRules())

const first = anEntry({ value: '5' })
const second = anEntry({ value: '4', base: [first.id] })

test('a sheet that nobody wrote on is empty', () => {
  expect(show(null)).toEqual({ id: mathLesson, cells: {}, own: {} })
})

test('an own entry shows at once, before anything was sent', () => {
  const shown = show(null, unsent(first))
  expect(shown.cells[cell]).toMatchObject({ value: '5', onDevice: true, times: 1 })
  expect(shown.own[first.id]).toEqual({ standing: { is: 'holds' }, state: 'on-device' })
})

test('and stays when its receipt comes: no longer only on the device', () => {
  const shown = show(null, sent(first))
  expect(shown.cells[cell]).toMatchObject({ value: '5', onDevice: false })
  expect(shown.own[first.id]?.state).toBe('at-school')
})

test('O2 it leaves the overlay when a pulled sheet names it, not before', () => {
  const shown = show(pull(first), sent(first))
  expect(shown.cells[cell]).toMatchObject({ value: '5', times: 1, onDevice: false, version: 1 })
  expect(shown.own).toEqual({ [first.id]: { standing: { is: 'holds' }, state: 'at-school' } })
})

test('an own entry on top of what was pulled counts once more', () => {
  expect(show(pull(first), unsent(second)).cells[cell]).toMatchObject({
    value: '4',
    times: 2,
    onDevice: true,
  })
  expect(
    show(pull(first, second), unsent(anEntry({ value: '3', base: [second.id] }))).cells[cell],
  ).toMatchObject({ value: '3', times: 3 })
})

test('C4 a pulled head brings the weight of what is behind it', () => {
  const deputys = arrived(anEntry({ author: 'd1', value: '2' }), { capacity: 'deputy' })
  const teachers = arrived(anEntry({ author: 't3', value: '3', base: [deputys.entry.id] }), {
    capacity: 'teacher',
  })
  const pulled = must(
    project(documentAfter(mathLesson, [deputys, teachers]), viewerOf('t1', '2026-09-16', school), school),
    'a sheet',
  )
  const shown = show(pulled, unsent(anEntry({ value: '5' })))
  expect(shown.cells[cell]).toMatchObject({ value: '3', onDevice: false })
  expect(Object.values(shown.own)).toMatchObject([{ standing: { is: 'superseded', by: teachers.entry.id } }])
})

describe('a value that does not hold yet', () => {
  const waiting = sent(second, { admission: waitingFor('right') })
  test('is hatched over what holds', () => {
    expect(show(pull(first), waiting).cells[cell]).toMatchObject({
      value: '5',
      mine: { entry: second.id, value: '4', state: 'waiting' },
    })
    const standing = out('forbidden-value')
    expect(show(null, sent(first, { admission: standing })).cells[cell]).toEqual({
      value: null,
      heads: [],
      contested: false,
      times: 0,
      onDevice: false,
      mine: { entry: first.id, value: '5', state: 'out', standing },
    })
  })
  test('until its author writes over it', () => {
    const over = anEntry({ value: '3', base: [first.id, second.id] })
    expect(show(pull(first), waiting, unsent(over)).cells[cell]).not.toHaveProperty('mine')
    expect(show(pull(first), waiting, unsent(over)).cells[cell]?.value).toBe('3')
  })
  test('C2 what waits has been seen by its author; what was refused is let be', () => {
    expect(baseOf(show(pull(first), waiting), cell).toSorted()).toEqual([first.id, second.id].sort())
    expect(baseOf(show(pull(first), sent(second, { admission: out('backdating') })), cell)).toEqual([
      first.id,
    ])
    expect(baseOf(show(null), cell)).toEqual([])
  })
})

test('a family’s pulled cell has neither heads nor history, and is shown all the same', () => {
  const given = anEntry({ value: '5' })
  const pulled = must(
    project(documentAfter(mathLesson, [arrived(given)]), viewerOf('s1', '2026-09-16', school), school),
    'a sheet',
  )
  expect(show(pulled).cells[cell]).toEqual({
    value: '5',
    heads: [],
    contested: false,
    times: 1,
    onDevice: false,
    version: 1,
  })
})

test('an own value over a cell that was pulled without its heads counts once more', () => {
  const pulled = { ...pull(), cells: { [cell]: { value: '3', version: 1 } } }
  expect(show(pulled, unsent(first)).cells[cell]).toMatchObject({ value: '5', times: 2, onDevice: true })
  expect(baseOf(show(pulled, unsent(first)), cell)).toEqual([first.id])
})

test('an own entry that holds in a cell which is not shown any more is no fault', () => {
  const pulled = { ...pull(), own: { [first.id]: { is: 'holds' as const } } }
  expect(show(pulled, sent(first))).toEqual({
    id: mathLesson,
    cells: {},
    own: { [first.id]: { standing: { is: 'holds' }, state: 'at-school' } },
  })
})

test('P-4 a cell that nothing own touches keeps its version; an own value has none', () => {
  const other = anEntry({ cell: 'mark:answer:s2', value: '3' })
  const shown = show(pull(first, other), unsent(second))
  expect(shown.cells['mark:answer:s2']).toMatchObject({ value: '3', version: 2, onDevice: false })
  expect(shown.cells[cell]).not.toHaveProperty('version')
})

test('a pulled entry of two cells speaks in both of them', () => {
  const both = [
    { cell, value: '2', base: [] },
    { cell: 'mark:answer:s2', value: '3', base: [] },
  ]
  const pulled = pull(anEntry({ changes: both, author: 't2', at: at + 60_000 }))
  const mine = anEntry({ changes: both.map((change) => ({ ...change, value: '5' })), at })
  const shown = show(pulled, unsent(mine))
  expect([shown.cells[cell]?.value, shown.cells['mark:answer:s2']?.value]).toEqual(['2', '3'])
  expect(shown.cells[cell]?.heads.map(({ id }) => id)).toEqual([
    must(pulled.cells[cell]?.heads?.[0], 'a head').id,
    mine.id,
  ])
})

describe('C5 a contested cell', () => {
  const asking = foldRules({ askSameAuthor: true })
  const asks = smallSchool({
    policy: {
      'policy:2026-09-01': {
        preset: 'product-default',
        overrides: { 'sync.sameAuthorConflict': 'askAuthor' },
      },
    },
  })
  const [one, two] = [anEntry({ value: '5' }), anEntry({ value: '4', device: 'phone1' })]
  const pulled = must(
    project(
      documentAfter(mathLesson, [arrived(one), arrived(two)], asks),
      viewerOf('t1', '2026-09-16', asks),
      asks,
    ),
    'a sheet',
  )
  test('is shown as one, with all its heads to choose from', () => {
    const shown = overlay(mathLesson, pulled, [], asking)
    expect(shown.cells[cell]).toMatchObject({ contested: true, times: 2 })
    expect(baseOf(shown, cell).toSorted()).toEqual([one.id, two.id].sort())
  })
  test('is settled on the screen by an own choice, before the school has it', () => {
    const choice = anEntry({ kind: 'choose', value: '4', base: [one.id, two.id] })
    const shown = overlay(mathLesson, pulled, [unsent(choice)], asking)
    expect(shown.cells[cell]).toMatchObject({ value: '4', contested: false, times: 3, onDevice: true })
  })
})

describe('what the receipt says goes before what the device took for true', () => {
  const theirs = anEntry({ value: '3', author: 't3', at: at + 60_000 })
  const mine = anEntry({ value: '5', at })
  test('T1 of when it was made', () => {
    const later = { from: at + 120_000, to: at + 120_000 }
    expect(show(pull(theirs), sent(mine)).cells[cell]?.value).toBe('3')
    expect(show(pull(theirs), sent(mine, { made: later })).cells[cell]?.value).toBe('5')
  })
  test('C4 of the capacity in which it was', () => {
    const asDeputy = sent(mine, { capacity: 'deputy' })
    expect(show(pull(theirs), unsent(mine)).cells[cell]?.value).toBe('3')
    expect(show(pull(theirs), { ...unsent(mine), capacity: 'deputy' }).cells[cell]?.value).toBe('5')
    expect(show(pull(theirs), asDeputy).cells[cell]?.value).toBe('5')
    expect(show(pull(theirs), { ...asDeputy, receipt: aReceipt(mine) }).cells[cell]?.value).toBe('3')
  })
})

describe('an own entry of which the pulled sheet says that it waits', () => {
  const waiting = anEntry({ value: '4', base: [first.id] })
  const pulled = must(
    project(
      documentAfter(mathLesson, [arrived(first), arrived(waiting, { admission: waitingFor('right') })]),
      viewerOf('t1', '2026-09-16', school),
      school,
    ),
    'a sheet',
  )
  const kept = sent(waiting, { admission: waitingFor('right') })
  test('is hatched over what holds, and counts as being at the school', () => {
    const shown = show(pulled, kept)
    const standing = { is: 'waiting', for: 'right' }
    expect(shown.cells[cell]).toMatchObject({
      value: '5',
      mine: { entry: waiting.id, value: '4', state: 'waiting', standing },
    })
    expect(shown.own[waiting.id]).toEqual({ standing, state: 'at-school' })
  })
  test('before it is pulled, its own state says that it waits', () => {
    expect(show(pull(first), kept).own[waiting.id]?.state).toBe('waiting')
    expect(show(null, sent(waiting, { admission: out('backdating') })).own[waiting.id]?.state).toBe('out')
  })
  test('is hatched no more once another own value was written over it, in that cell alone', () => {
    const over = anEntry({ value: '3', base: [first.id, waiting.id] })
    expect(show(pulled, kept, unsent(over)).cells[cell]).not.toHaveProperty('mine')
    const elsewhere = anEntry({ cell: 'mark:answer:s2', value: '3' })
    expect(show(pulled, kept, unsent(elsewhere)).cells[cell]?.mine?.value).toBe('4')
  })
})
