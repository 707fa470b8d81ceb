import { lessonId } from 'shared/journal/ids'
import { anEntry, mathLesson } from 'shared/testing/small-school'
import { sealEntry } from 'shared/journal/entry'
import type { Receipt } from 'shared/journal/receipt'
import { duringMathLesson, pulledSheet, testJournal } from '../testing/test-journal'
import { emptyDisk, memoryStorage } from './memory-storage'
import { makeJournal } from './journal'
import { emptyMeta, StorageTrouble } from './storage'
import { meOf, standingClock } from '../testing/test-journal'

const cell = 'mark:answer:s1'
const five = { sheet: mathLesson, kind: 'set-mark', set: [{ cell, value: '5' }] } as const
const draft = (value: string | null) => ({
  sheet: mathLesson,
  kind: 'set-mark' as const,
  set: [{ cell, value }],
})

function receiptFor(entry: { id: string; sheet: string }, over: Partial<Receipt> = {}): Receipt {
  return {
    entry: entry.id,
    db: 'journal-test-2026',
    sheet: entry.sheet,
    epoch: 'epoch1',
    received: duringMathLesson + 1000,
    judged: duringMathLesson + 1000,
    made: { from: duringMathLesson, to: duringMathLesson },
    capacity: 'assignee',
    by: { rules: 1, directory: {} },
    admission: { is: 'in' },
    signature: `signed ${entry.id}`,
    ...over,
  }
}

test('a mark is on the screen in the same frame, before it is on disk', () => {
  const journal = testJournal()
  void journal.write({ ...five, set: [...five.set] })
  expect(journal.sheet(mathLesson).cells[cell]).toMatchObject({ value: '5', onDevice: true })
  expect(journal.status()).toMatchObject({ unsent: 1, refused: 0 })
})

test('what was written is there after the browser starts again', async () => {
  const disk = emptyDisk()
  await testJournal({ disk }).write(draft('4'))
  const again = testJournal({ disk })
  expect(again.sheet(mathLesson).cells[cell]?.value).toBe('4')
  const next = await again.write(draft('5'))
  expect(next.n).toBe(2)
  expect(next.changes[0]?.base).toHaveLength(1)
})

test('a sheet, the directory and the status are the same objects until they change', async () => {
  const journal = testJournal()
  const other = lessonId('m5', '2026-09-17', 2)
  const before = [journal.sheet(other), journal.directory(), journal.sheet(mathLesson)]
  expect([journal.sheet(other), journal.directory(), journal.sheet(mathLesson)]).toEqual(before)
  await journal.write(draft('5'))
  expect(journal.sheet(other)).toBe(before[0])
  expect(journal.directory()).toBe(before[1])
  expect(journal.sheet(mathLesson)).not.toBe(before[2])
  expect(journal.status()).toBe(journal.status())
  expect(journal.own()).toBe(journal.own())
})

test('the device warns with the judge that will decide at the school', () => {
  expect(testJournal().foresee(draft('5'))).toEqual({ is: 'in' })
  expect(testJournal().foresee(draft('7'))).toEqual({ is: 'out', why: 'forbidden-value' })
  expect(testJournal({ me: 't3' }).foresee(draft('5'))).toEqual({ is: 'waiting', for: 'right' })
  expect(testJournal({ me: 'g1' }).foresee(draft('5'))).toEqual({ is: 'out', why: 'not-for-families' })
})

test('C8 undo sets the former value again, then the one before that', async () => {
  const journal = testJournal({ sheets: { [mathLesson]: { [cell]: '3' } } })
  await journal.write(draft('4'))
  await journal.write(draft('5'))
  expect((await journal.undo(mathLesson)).undone?.changes[0]?.value).toBe('5')
  expect(journal.sheet(mathLesson).cells[cell]?.value).toBe('4')
  await journal.undo(mathLesson)
  expect(journal.sheet(mathLesson).cells[cell]?.value).toBe('3')
  expect((await journal.undo(mathLesson)).undone).toBeNull()
})

test('C8 where somebody has written since, undo names the cell and asks', async () => {
  const journal = testJournal()
  const mine = await journal.write(draft('4'))
  const theirs = anEntry({ author: 'd1', value: '2', base: [mine.id], at: duringMathLesson + 5 })
  const head = {
    id: theirs.id,
    author: 'd1',
    capacity: 'deputy' as const,
    made: duringMathLesson + 5,
    rank: 4,
    value: '2',
  }
  const sheet = pulledSheet(mathLesson, {}, { version: 2 })
  sheet.cells[cell] = { value: '2', version: 2, heads: [head], times: 2 }
  sheet.own[mine.id] = { is: 'replaced' }
  await journal.device.applyPull({ sheets: [sheet], gone: [], checkpoint: 'c', more: false }, 'epoch1')
  expect(await journal.undo(mathLesson, mine.id)).toEqual({ undone: null, changed: [cell] })
  expect(journal.sheet(mathLesson).cells[cell]?.value).toBe('2')
  await journal.undo(mathLesson, mine.id, true)
  expect(journal.sheet(mathLesson).cells[cell]?.value).toBeNull()
})

test('O2 a receipt takes an entry out of the outbox, a pulled sheet out of the overlay', async () => {
  const journal = testJournal()
  const entry = await journal.write(draft('5'))
  expect(await journal.device.unsent(100)).toHaveLength(1)
  await journal.device.keepReceipts([receiptFor(entry)])
  expect(await journal.device.unsent(100)).toEqual([])
  expect(journal.sheet(mathLesson).cells[cell]).toMatchObject({ value: '5', onDevice: false })
  expect(journal.status().unsent).toBe(0)
})

test('A2 an entry that waits is counted until its author lets it be', async () => {
  const journal = testJournal()
  const entry = await journal.write(draft('5'))
  await journal.device.keepReceipts([
    receiptFor(entry, { admission: { is: 'waiting', for: 'deputy', why: 'late' } }),
  ])
  expect(journal.status()).toMatchObject({ unsent: 0, waiting: 1 })
  expect(journal.sheet(mathLesson).cells[cell]?.mine).toMatchObject({ value: '5', state: 'waiting' })
  await journal.dismiss(entry.id)
  expect(journal.status().waiting).toBe(0)
  expect(journal.own()[0]?.dismissed).toBe(true)
})

test('P-2 a lower version never replaces a higher one; another epoch always does', async () => {
  const journal = testJournal()
  const pull = (value: string, version: number, epoch: string) => {
    const sheet = { ...pulledSheet(mathLesson, { [cell]: value }, { version }), epoch }
    return journal.device.applyPull({ sheets: [sheet], gone: [], checkpoint: 'c', more: false }, epoch)
  }
  await pull('5', 7, 'epoch1')
  await pull('3', 6, 'epoch1')
  expect(journal.sheet(mathLesson).cells[cell]?.value).toBe('5')
  await pull('4', 2, 'epoch2')
  expect(journal.sheet(mathLesson).cells[cell]?.value).toBe('4')
})

test('P-1 what left the scope is gone, and own unsent entries stay', async () => {
  const disk = emptyDisk()
  const journal = testJournal({ disk, sheets: { [mathLesson]: { topic: null, [cell]: '3' } } })
  await journal.write(draft('5'))
  await journal.device.applyPull(
    { sheets: [], gone: [['lesson:m5:', 'lesson:m5:~']], checkpoint: 'c', more: false },
    'epoch1',
  )
  expect(journal.sheet(mathLesson).cells.topic).toBeUndefined()
  expect(await journal.device.unsent(10)).toHaveLength(1)
  expect(disk.rows.size).toBe(1)
})

test('OFF-13 on a full device the value stays on the screen, the status says so, and it is kept once there is room', async () => {
  let full = true
  const disk = emptyDisk()
  const waiting: (() => void)[] = []
  const timers = { after: (_ms: number, run: () => void) => (waiting.push(run), () => {}) }
  const storage = memoryStorage(disk, () => {
    if (full) throw new StorageTrouble('full')
  })
  const journal = makeJournal({
    me: meOf('t1'),
    device: 'tablet1',
    storage,
    timers,
    clock: standingClock(duringMathLesson),
  })
  await expect(journal.write(draft('5'))).rejects.toThrow('no room')
  expect(journal.sheet(mathLesson).cells[cell]?.value).toBe('5')
  expect(journal.status()).toMatchObject({ storage: 'full', unsent: 1 })
  expect(await journal.device.unsent(10)).toHaveLength(1)
  full = false
  waiting.shift()?.()
  await new Promise((resolve) => setTimeout(resolve))
  expect(journal.status().storage).toBe('ok')
  expect(disk.rows.size).toBe(1)
})

test('OFF-16 after two weeks without contact the journal can only be read, and what was written stays', async () => {
  const disk = emptyDisk()
  await testJournal({ disk }).write(draft('5'))
  const clock = standingClock(duringMathLesson)
  const contact = { time: clock.at, token: '', clock: clock.read() }
  const loaded = { rows: [...disk.rows.values()], dismissed: [], meta: { ...emptyMeta, contact } }
  const journal = makeJournal({
    me: meOf('t1'),
    device: 'tablet1',
    storage: memoryStorage(disk),
    clock,
    loaded,
  })
  clock.at += 14 * 86_400_000
  expect(journal.status().readOnlyAfterDays).toBeUndefined()
  clock.at += 1
  journal.setSync({})
  expect(journal.status()).toMatchObject({ readOnlyAfterDays: 14, unsent: 1 })
  await expect(journal.write(draft('4'))).rejects.toThrow('without contact')
  expect(journal.sheet(mathLesson).cells[cell]?.value).toBe('5')
  journal.noteContact({ ...contact, time: clock.at, clock: clock.read() })
  await journal.write(draft('4'))
  expect(journal.sheet(mathLesson).cells[cell]?.value).toBe('4')
})

test('another tab sees a write at once', async () => {
  const disk = emptyDisk()
  const [one, two] = [testJournal({ disk }), testJournal({ disk })]
  const revision = two.revision()
  await one.write(draft('5'))
  expect(two.sheet(mathLesson).cells[cell]?.value).toBe('5')
  expect(two.revision()).toBeGreaterThan(revision)
})

test('O3 the newest receipt is one that a ledger has: a refusal at the door proves nothing', async () => {
  const journal = testJournal()
  const { device } = journal
  const first = await journal.write(draft('5'))
  const second = await journal.write(draft('4'))
  const refused = { ...receiptFor(second), received: 9e12, admission: { is: 'out', why: 'shape' } as const }
  await device.keepReceipts([refused])
  expect(await device.receiptToPresent()).toBeNull()
  await device.keepReceipts([receiptFor(first)])
  expect((await device.receiptToPresent())?.entry).toBe(first.id)
  const third = await journal.write(draft('6'))
  const written = { is: 'out', why: 'forbidden-value' } as const
  await device.keepReceipts([{ ...receiptFor(third), received: 8e12, admission: written }])
  // What was the newest before is held against the ledger first.
  expect((await device.receiptToPresent())?.entry).toBe(first.id)
  await device.notePresented(receiptFor(first))
  expect((await device.receiptToPresent())?.entry).toBe(third.id)
})

test('O3 where the school’s clock was set back, the newest by number and the newest by time take turns', async () => {
  const { device, write } = testJournal()
  const entries = [await write(draft('5')), await write(draft('4')), await write(draft('3'))]
  const moments = [9_000_000, 2_000_000, 3_000_000]
  await device.keepReceipts(entries.map((entry, i) => ({ ...receiptFor(entry), received: moments[i] ?? 0 })))
  const presented = [
    await device.receiptToPresent(),
    await device.receiptToPresent(),
    await device.receiptToPresent(),
  ]
  expect(presented.map((receipt) => receipt?.entry)).toEqual([2, 0, 2].map((i) => entries[i]?.id))
})

test('O3 what was offered again and judged anew may be what a restored store lacks', async () => {
  const { device, write } = testJournal()
  const entries = [await write(draft('5')), await write(draft('4')), await write(draft('3'))]
  const judged = [1_000_000, 9_000_000, 3_000_000]
  await device.keepReceipts(
    entries.map((entry, i) => ({
      ...receiptFor(entry),
      received: (i + 1) * 1_000_000,
      judged: judged[i] ?? 0,
    })),
  )
  const presented = [
    await device.receiptToPresent(),
    await device.receiptToPresent(),
    await device.receiptToPresent(),
  ]
  expect(presented.map((receipt) => receipt?.entry)).toEqual([2, 1, 2].map((i) => entries[i]?.id))
})

test('O3 a batch to be offered again never parts two entries of the same number', async () => {
  const disk = emptyDisk()
  for (const [n, who] of [
    [1, 'a'],
    [2, 'a'],
    [2, 'b'],
    [3, 'a'],
  ] as const) {
    const { id: _, ...content } = anEntry({ n, device: who })
    const entry = sealEntry(content)
    disk.rows.set(entry.id, {
      entry,
      receipt: receiptFor(entry),
      capacity: 'assignee',
      former: {},
      undoes: null,
    })
  }
  const { device } = testJournal({ disk })
  expect((await device.sent(0, 2)).map(({ entry }) => entry.n)).toEqual([1])
  expect((await device.sent(1, 2)).map(({ entry }) => entry.n)).toEqual([2, 2])
  expect((await device.sent(2, 2)).map(({ entry }) => entry.n)).toEqual([3])
})
