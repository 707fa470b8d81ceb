import { sealEntry } from 'shared/journal/entry'
import { anEntry, db, mathLesson, salt } from 'shared/testing/small-school'
import { must } from 'shared/plain/must'
import type { Receipt } from 'shared/journal/receipt'
import { freeWay, type RightOfWay } from '../http/right-of-way'
import { officeEntry, smallJournal } from '../journal/small-journal'

function admissionsOf(receipts: readonly Receipt[]) {
  return receipts.map(({ admission }) => admission)
}

test('a mark by the lesson’s teacher is in, with a signed receipt, and stands in the ledger', async () => {
  const journal = await smallJournal()
  const [receipt] = await journal.send(anEntry())
  expect(receipt).toMatchObject({
    admission: { is: 'in' },
    capacity: 'assignee',
    sheet: mathLesson,
    epoch: journal.epoch(),
  })
  expect(Object.keys(must(receipt, 'a receipt').by.directory).sort()).toEqual([
    'calendar',
    'policy',
    'roster:c5a',
    'school',
    'staff',
    'timetable:c5a',
  ])
  expect(journal.signer.isSignedReceipt(must(receipt, 'a receipt'))).toBe(true)
  const history = must(await journal.history(mathLesson, 'mark:answer:s1', 't1'), 'a history')
  expect(history.entries).toMatchObject([{ value: '5', author: 't1', standing: { is: 'holds' } }])
})

test('OFF-05 sent again, twice in one envelope and to another server, an entry has one receipt and stands once', async () => {
  const journal = await smallJournal()
  const entry = anEntry()
  const first = await journal.send(entry, entry)
  const seqBefore = (await (await journal.stores.open(db)).info()).seq
  journal.clock.now += 60_000
  const other = await journal.beside()
  expect([...(await journal.send(entry)), ...(await other.send(entry))]).toEqual(first)
  expect(new Set(first.map(({ signature }) => signature)).size).toBe(1)
  expect((await (await journal.stores.open(db)).info()).seq).toBe(seqBefore)
  expect((await other.history(mathLesson, 'mark:answer:s1', 't1'))?.entries).toHaveLength(1)
})

test('what is written goes before long work, and what is refused at the door does not', async () => {
  const goesFirst: string[] = []
  const way: RightOfWay = {
    ...freeWay,
    first(work) {
      goesFirst.push(person)
      return work()
    },
  }
  const journal = await smallJournal({ way })
  let person = 'g1'
  await journal.push({ entries: [anEntry({ author: person }), null] }, person)
  person = 't1'
  await journal.push({ entries: [null, anEntry({ author: 't2' })] }, person)
  expect(goesFirst).toEqual([])
  await journal.push({ entries: [anEntry()] }, person)
  expect(goesFirst).toEqual(['t1'])
})

test('O4 each entry is answered alone, in order: broken ones with a signed refusal that nobody writes down', async () => {
  const journal = await smallJournal()
  const good = anEntry({ cell: 'mark:answer:s2' })
  const forged = { ...anEntry(), changes: good.changes }
  const entries = [
    { id: 'nonsense', sheet: mathLesson },
    null,
    anEntry({ author: 't2' }),
    anEntry({ db: 'journal-other-2026' }),
    forged,
    anEntry({ sheet: 'lesson:m5:2026-02-30:2' }),
    good,
  ]
  const { receipts } = await journal.push({ entries }, 't1')
  expect(receipts.map(({ entry }) => entry).slice(0, 2)).toEqual(['nonsense', ''])
  expect(admissionsOf(receipts)).toEqual([
    { is: 'out', why: 'shape' },
    { is: 'out', why: 'shape' },
    { is: 'out', why: 'not-author' },
    { is: 'out', why: 'wrong-database' },
    { is: 'out', why: 'id-mismatch' },
    { is: 'out', why: 'no-such-sheet' },
    { is: 'in' },
  ])
  for (const receipt of receipts) expect(journal.signer.isSignedReceipt(receipt)).toBe(true)
  const store = await journal.stores.open<{ _id: string; links: unknown[] }>(db)
  expect(must((await store.get([mathLesson])).get(mathLesson), 'the lesson').doc.links).toHaveLength(1)
})

test('half a character is no text', async () => {
  const journal = await smallJournal()
  const value = { text: 'abc \ud800', salt: 'AAAAAAAAAAAAAAAAAAAAAA' }
  const entry = anEntry({ kind: 'set-topic', cell: 'topic', value })
  expect(admissionsOf(await journal.send(entry))).toEqual([{ is: 'out', why: 'shape' }])
})

test('ACC-18 a guardian’s or a student’s entry is refused, and leaves no sheet behind', async () => {
  const journal = await smallJournal()
  for (const author of ['g1', 's1', 'nobody']) {
    const [receipt] = await journal.send(anEntry({ author }))
    expect(receipt?.admission).toEqual({ is: 'out', why: 'not-for-families' })
  }
  const store = await journal.stores.open(db)
  expect((await store.get([mathLesson])).size).toBe(0)
})

test('somebody appointed a moment ago on another server is not refused for good (A1)', async () => {
  const journal = await smallJournal()
  const other = await journal.beside()
  await other.directory()
  const name = { last: 'Новая', first: 'Анна', middle: '', salt: 'AAAAAAAAAAAAAAAAAAAAAA' }
  await journal.send(officeEntry('staff', 'person:t9', { name, roles: ['teacher'] }))
  const [receipt] = await other.send(anEntry({ author: 't9' }))
  expect(receipt?.admission).toEqual({ is: 'waiting', for: 'right' })
})

test('a student enrolled a moment ago on another server is not refused for good (A1)', async () => {
  const journal = await smallJournal()
  const other = await journal.beside()
  await other.directory()
  const name = { last: 'Новиков', first: 'Олег', middle: '', salt: 'AAAAAAAAAAAAAAAAAAAAAA' }
  await journal.send(officeEntry('roster:c5a', 'student:s7', { name }))
  const [receipt] = await other.send(anEntry({ cell: 'mark:answer:s7' }))
  expect(receipt?.admission).toEqual({ is: 'in' })
})

test('entries of one sheet are judged in their order: the column, then the mark in it', async () => {
  const journal = await smallJournal()
  const column = anEntry({
    kind: 'set-column',
    cell: 'column:k1',
    value: { type: 'control', title: null, weight: 1 },
  })
  const mark = anEntry({ cell: 'mark:k1:s1', value: '4' })
  expect(admissionsOf(await journal.send(column, mark))).toEqual([{ is: 'in' }, { is: 'in' }])
})

test('T1 a proven contact and another device’s entry that it has seen bound the time it was made', async () => {
  const journal = await smallJournal()
  const { now } = journal.clock
  const clock = { wall: 0, mono: 0, boot: 'cold', jumps: 0 }
  const contact = {
    time: now - 60_000,
    token: journal.signer.timeToken(now - 60_000),
    clock: { ...clock, boot: 'b' },
  }
  const proven = anEntry({ made: { clock, contact } })
  const forged = anEntry({
    made: { clock, contact: { ...contact, token: 'AAAAAAAAAAAAAAAAAAAAAA' } },
    cell: 'mark:answer:s2',
  })
  const [first, second] = await journal.send(proven, forged)
  expect(first?.made).toEqual({ from: now - 60_000, to: now })
  expect(second?.made).toEqual({ from: 0, to: now })
  journal.clock.now += 5_000
  const unproven = { clock, contact: null }
  const [later] = await journal.send(
    anEntry({ made: unproven, base: [proven.id], value: '3', device: 'tablet2' }),
  )
  expect(later?.made).toEqual({ from: now, to: now + 5_000 })
})

test('ACC-26 an entry whose moment nobody can prove is not a stranger’s, if its author may have been on duty', async () => {
  const person = {
    name: { last: 'Орлова', first: 'Мария', middle: '', salt },
    roles: ['teacher'],
    from: '2026-09-01',
  }
  const journal = await smallJournal({ changes: { staff: { 'person:t1': person } } })
  const entry = anEntry()
  const { contact: _contact, ...rest } = entry.made
  const { id: _id, ...content } = entry
  const [receipt] = await journal.send(sealEntry({ ...content, made: { ...rest, contact: null } }))
  expect(receipt?.made.from).toBe(0)
  expect(receipt?.admission).toEqual({ is: 'in' })
})
