import { anEntry, mathLesson, salt } from 'shared/testing/small-school'
import type { Entry } from 'shared/journal/entry'
import { must } from 'shared/plain/must'
import { officeEntry, smallJournal, type SmallJournal } from './small-journal'

async function standingOf(journal: SmallJournal, { sheet, changes }: Entry, reader = 't1') {
  const cell = must(changes[0], 'a change').cell
  const history = must(await journal.history(sheet, cell, reader), 'a history')
  return history.entries.map(({ admission, standing }) => ({
    admission,
    standing: (standing as { is: string }).is,
  }))
}

const name = { last: 'Новиков', first: 'Олег', middle: '', salt }
const held = { admission: { is: 'in' }, standing: 'holds' }

describe('A1 what waits for a fact is judged again when the fact arrives', () => {
  test('a base: the entry on top came first, from another device', async () => {
    const journal = await smallJournal()
    const below = anEntry({ device: 'tablet1', value: '4' })
    const above = anEntry({ device: 'tablet2', value: '5', base: [below.id] })
    const [first] = await journal.send(above)
    expect(first?.admission).toEqual({ is: 'waiting', for: 'base' })
    await journal.send(below)
    expect(await standingOf(journal, above)).toEqual([
      held,
      { admission: { is: 'in' }, standing: 'replaced' },
    ])
    const [again] = await journal.send(above)
    expect(again).toMatchObject({ admission: { is: 'in' }, received: first?.received })
    expect(journal.signer.isSignedReceipt(must(again, 'a receipt'))).toBe(true)
  })

  test('a column, in a chain: the mark waits for the column, which waits for its base', async () => {
    const journal = await smallJournal()
    const value = { type: 'control', title: null, weight: 1 }
    const first = anEntry({ kind: 'set-column', cell: 'column:k1', value })
    const second = anEntry({
      kind: 'set-column',
      cell: 'column:k1',
      value: { ...value, weight: 2 },
      base: [first.id],
    })
    const mark = anEntry({ cell: 'mark:k1:s1' })
    const receipts = await journal.send(mark, second)
    expect(receipts.map(({ admission }) => admission)).toEqual([
      { is: 'waiting', for: 'column' },
      { is: 'waiting', for: 'base' },
    ])
    await journal.send(first)
    expect(await standingOf(journal, mark)).toEqual([held])
  })

  test('a right: the section is given to its author', async () => {
    const journal = await smallJournal()
    const entry = anEntry({ author: 't3' })
    expect((await journal.send(entry))[0]?.admission).toEqual({ is: 'waiting', for: 'right' })
    const section = {
      subject: 'math',
      name: 'Математика',
      short: 'Матем.',
      group: null,
      teacher: 't3',
      members: null,
    }
    await journal.office('roster:c5a', 'section:m5', section)
    await journal.clock.pass(2_000)
    expect(await standingOf(journal, entry, 't3')).toEqual([held])
  })

  test('a lesson: the timetable gets it', async () => {
    const journal = await smallJournal()
    const entry = anEntry({ sheet: 'lesson:m5:2026-09-16:1' })
    expect((await journal.send(entry))[0]?.admission).toEqual({ is: 'waiting', for: 'lesson' })
    const place = { section: 'm5', weekday: 3, slot: 1, room: '', from: '2026-09-01', to: null }
    await journal.office('timetable:c5a', 'week:m5-3-1', place)
    await journal.clock.pass(2_000)
    expect(await standingOf(journal, entry)).toEqual([held])
  })

  test('a student: moved into the class', async () => {
    const journal = await smallJournal({ changes: { 'roster:c1b': { 'student:s7': { name } } } })
    const entry = anEntry({ cell: 'mark:answer:s7' })
    expect((await journal.send(entry))[0]?.admission).toEqual({ is: 'waiting', for: 'student' })
    await journal.office('roster:c5a', 'student:s7', { name })
    await journal.clock.pass(2_000)
    expect(await standingOf(journal, entry)).toEqual([held])
  })

  test('a fact that another server wrote down is found by the sweep of this one', async () => {
    const journal = await smallJournal()
    const other = await journal.beside()
    const entry = anEntry({ sheet: 'lesson:m5:2026-09-16:1' })
    await journal.send(entry)
    const place = { section: 'm5', weekday: 3, slot: 1, room: '', from: '2026-09-01', to: null }
    await other.office('timetable:c5a', 'week:m5-3-1', place)
    await other.close()
    await journal.clock.pass(61_000)
    expect(await standingOf(journal, entry)).toEqual([held])
  })
})

test('A2 what waits for a deputy is left to the deputy: no sweep decides it', async () => {
  const journal = await smallJournal()
  journal.clock.now += 20 * 86_400_000
  const late = anEntry({ at: journal.clock.now })
  const [receipt] = await journal.send(late)
  expect(receipt?.admission).toMatchObject({ is: 'waiting', for: 'deputy' })
  await journal.sweep()
  expect(await standingOf(journal, late)).toEqual([{ admission: receipt?.admission, standing: 'waiting' }])
})

test('facts arrive with the lessons that need them in one envelope: the directory goes first', async () => {
  const journal = await smallJournal()
  const place = { section: 'k5', weekday: 3, slot: 1, room: '', from: '2026-09-01', to: null }
  const section = {
    subject: 'chess',
    name: 'Шахматы',
    short: 'Шахм.',
    group: null,
    teacher: 'a1',
    members: null,
  }
  const receipts = await journal.send(
    anEntry({ author: 'a1', sheet: 'lesson:k5:2026-09-16:1' }),
    officeEntry('timetable:c5a', 'week:k5-3-1', place),
    officeEntry('roster:c5a', 'section:k5', section),
  )
  expect(receipts.map(({ admission }) => admission)).toEqual([{ is: 'in' }, { is: 'in' }, { is: 'in' }])
})

describe('the history of a cell', () => {
  test('shows every entry in order of arrival to those who may read the sheet, and to nobody else', async () => {
    const journal = await smallJournal()
    const first = anEntry({ value: '3' })
    await journal.send(first)
    await journal.send(anEntry({ value: '4', base: [first.id] }))
    for (const reader of ['t1', 't2', 'd1', 'h1']) {
      const history = must(await journal.history(mathLesson, 'mark:answer:s1', reader), 'a history')
      expect(history.entries.map(({ value }) => value)).toEqual(['3', '4'])
    }
    for (const stranger of ['t3', 'g1', 's1', 'q1', 'nobody']) {
      expect(await journal.history(mathLesson, 'mark:answer:s1', stranger)).toBeNull()
    }
  })

  test('of a cell that nobody has written on is empty, and texts are opened', async () => {
    const journal = await smallJournal()
    expect(await journal.history(mathLesson, 'topic', 't1')).toEqual({ entries: [] })
    const topic = { text: 'Дроби', salt }
    await journal.send(anEntry({ kind: 'set-topic', cell: 'topic', value: topic }))
    expect((await journal.history(mathLesson, 'topic', 't1'))?.entries[0]?.value).toEqual(topic)
  })
})
