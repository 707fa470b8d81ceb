import { viewerOf } from '../people/viewer'
import { must } from '../plain/must'
import { arrived, documentAfter } from '../testing/documents'
import { foldRules } from '../testing/folding'
import { aReceipt } from '../testing/receipts'
import { anEntry, mathLesson, smallSchool } from '../testing/small-school'
import type { Entry } from './entry'
import { baseOf, overlay, type OwnEntry } from './overlay'
import { project } from './project'
import { out, waitingFor } from './receipt'

const cell = 'mark:answer:s1'
const school = smallSchool()
const unsent = (entry: Entry): OwnEntry => ({ entry, receipt: null, capacity: 'assignee' })
const sent = (entry: Entry, over: Parameters<typeof aReceipt>[1] = {}): OwnEntry => ({
  ...unsent(entry),
  receipt: aReceipt(entry, over),
})
const pull = (...entries: Entry[]) =>
  must(
    project(
      documentAfter(
        mathLesson,
        entries.map((entry) => arrived(entry)),
      ),
      viewerOf('t1', '2026-09-16', school),
      school,
    ),
    'a sheet',
  )
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
    expect(show(null, sent(first, { admission: out('forbidden-value') })).cells[cell]).toMatchObject({
      value: null,
      mine: { value: '5', state: 'out' },
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
