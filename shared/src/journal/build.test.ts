import { must } from '../plain/must'
import { anEntry, db, mathLesson, salt } from '../testing/small-school'
import { foldRules } from '../testing/folding'
import { makeEntry, undoDraft, type Writer } from './build'
import { readEntry } from './kinds/kinds'
import { overlay, type OwnEntry } from './overlay'
import { waitingFor } from './receipt'
import { aReceipt } from '../testing/receipts'

const cell = 'mark:answer:s1'
const { made } = anEntry()
const writer: Writer = { db, author: 't1', device: 'tablet1', n: 1, made }
const own = (entry: OwnEntry['entry']): OwnEntry => ({ entry, receipt: null, capacity: 'assignee' })
const show = (...entries: OwnEntry[]) => overlay(mathLesson, null, entries, foldRules())

test('C2 an entry is based on all that its author sees in the cell', () => {
  const [a, b] = [anEntry({ value: '5' }), anEntry({ value: '4' })]
  const entry = makeEntry(
    { sheet: mathLesson, kind: 'set-mark', set: [{ cell, value: '3' }] },
    show(own(a), own(b)),
    writer,
  )
  expect(must(entry.changes[0], 'a change').base.toSorted()).toEqual([a.id, b.id].sort())
  expect(readEntry(entry)).toEqual({ is: 'read', entry })
})

test('it says of whom, of which device, when, and of which batch', () => {
  const draft = { sheet: mathLesson, kind: 'set-mark' as const, set: [{ cell, value: '3' }] }
  expect(makeEntry(draft, show(), writer)).toMatchObject({ ...writer, sheet: mathLesson, kind: 'set-mark' })
  expect(makeEntry(draft, show(), writer)).not.toHaveProperty('batch')
  expect(makeEntry({ ...draft, batch: 'b1' }, show(), writer).batch).toBe('b1')
})

test('texts are written in the one spelling that travels: NFC, no half of an emoji', () => {
  const draft = {
    sheet: mathLesson,
    kind: 'set-topic' as const,
    set: [{ cell: 'topic', value: { text: 'е\u0308ж и\u0306 \ud83c', salt } }],
  }
  const entry = makeEntry(draft, show(), writer)
  expect(entry.changes[0]?.value).toEqual({ text: 'ёж й \uFFFD', salt })
  expect(readEntry(entry).is).toBe('read')
})

describe('C8 undo', () => {
  const first = anEntry({ value: '5' })
  const second = anEntry({ value: '4', base: [first.id] })
  test('sets the former value on top of the present head', () => {
    const shown = show(own(first), own(second))
    const { draft, changed } = undoDraft(second, { [cell]: '5' }, shown)
    expect({ draft, changed }).toEqual({
      draft: { sheet: mathLesson, kind: 'undo', set: [{ cell, value: '5' }] },
      changed: [],
    })
    expect(makeEntry(draft, shown, writer).changes).toEqual([{ cell, value: '5', base: [second.id] }])
  })
  test('where nothing stood before it clears', () => {
    expect(undoDraft(first, {}, show(own(first))).draft.set).toEqual([{ cell, value: null }])
  })
  test('where somebody has written since, it says so', () => {
    expect(undoDraft(first, {}, show(own(first), own(second))).changed).toEqual([cell])
    expect(
      undoDraft(first, {}, show(own(first), own(anEntry({ value: '3', author: 't3' })))).changed,
    ).toEqual([cell])
  })
  test('a cell that the sheet does not show has nobody who wrote since', () => {
    expect(undoDraft(second, {}, show())).toEqual({
      draft: { sheet: mathLesson, kind: 'undo', set: [{ cell, value: null }] },
      changed: [],
    })
  })
  test('of two cells it names the one that somebody changed', () => {
    const both = anEntry({
      changes: ['mark:answer:s1', 'mark:answer:s2'].map((name) => ({ cell: name, value: '5', base: [] })),
    })
    const since = anEntry({ cell: 'mark:answer:s2', value: '3', author: 't3', base: [both.id] })
    expect(undoDraft(both, {}, show(own(both), own(since))).changed).toEqual(['mark:answer:s2'])
  })
  test('what the office keeps is set back as the office keeps it', () => {
    const kept = anEntry({ sheet: 'roster:c5a', kind: 'keep-directory', cell: 'student:s1', value: null })
    expect(undoDraft(kept, {}, show()).draft).toMatchObject({ sheet: 'roster:c5a', kind: 'keep-directory' })
  })
  test('an entry that still waits is undone without asking', () => {
    const waiting = { ...own(second), receipt: aReceipt(second, { admission: waitingFor('right') }) }
    expect(undoDraft(second, { [cell]: '5' }, show(own(first), waiting)).changed).toEqual([])
  })
})
