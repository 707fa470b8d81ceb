import type { SheetDocument } from 'shared/journal/document'
import type { Entry } from 'shared/journal/entry'
import type { Receipt } from 'shared/journal/receipt'
import { anEntry, db, mathLesson } from 'shared/testing/small-school'
import { must } from 'shared/plain/must'
import { openEpochs } from './epochs'
import { makeProvenReceipts, provenFor } from './proven-receipts'
import { checkReceipt } from './rollback'
import { smallJournal, type SmallJournal } from './small-journal'

/** A journal that was set back to a backup: `kept` is older than it, `lost` is not. */
async function setBack() {
  const journal = await smallJournal()
  const [kept, lost, other] = [
    anEntry(),
    anEntry({ cell: 'mark:answer:s2' }),
    anEntry({ cell: 'mark:answer:s3' }),
  ]
  await journal.send(kept)
  const backup = journal.stores.backup()
  journal.clock.now += 1_000
  const [lostReceipt, otherReceipt] = await journal.send(lost, other)
  journal.clock.now += 60_000
  const restored = await journal.beside(backup)
  return {
    journal,
    restored,
    kept,
    lost,
    other,
    lostReceipt: must(lostReceipt, ''),
    otherReceipt: must(otherReceipt, ''),
  }
}

async function present(journal: SmallJournal, newest: Receipt, checkpoint: string | null = null) {
  return journal.pull({ checkpoint, limit: 100, newest }, 't1')
}

async function linksOf(journal: SmallJournal) {
  const store = await journal.stores.open<SheetDocument>(db)
  return must((await store.get([mathLesson])).get(mathLesson), 'the lesson').doc.links
}

async function offer(journal: SmallJournal, entries: Entry[], receipts: Receipt[]) {
  return (await journal.push({ entries, receipts }, 't1')).receipts
}

test('O3 a receipt that the ledger has proves nothing', async () => {
  const { journal, lostReceipt } = await setBack()
  const before = journal.epoch()
  await present(journal, lostReceipt)
  expect(journal.epoch()).toBe(before)
  expect(journal.alarms).toEqual([])
})

test('O3 a signed receipt that the ledger lacks begins a new epoch, once, with an alarm', async () => {
  const { journal, restored, lostReceipt, otherReceipt } = await setBack()
  expect(restored.epoch()).toBe(journal.epoch())
  await present(restored, lostReceipt)
  const epoch = restored.epoch()
  expect(epoch).not.toBe(journal.epoch())
  expect(restored.alarms).toHaveLength(1)
  await present(restored, otherReceipt)
  expect(restored.epoch()).toBe(epoch)
  expect((await restored.beside()).epoch()).toBe(epoch)
})

test('O3 an entry offered again is stored with its old receipt, and judged by nobody', async () => {
  const { restored, lost, other, lostReceipt, otherReceipt } = await setBack()
  restored.clock.now += 30 * 86_400_000
  await present(restored, lostReceipt)
  expect(await offer(restored, [other, lost], [lostReceipt, otherReceipt])).toEqual([
    otherReceipt,
    lostReceipt,
  ])
  expect(await offer(restored, [other, lost], [lostReceipt, otherReceipt])).toEqual([
    otherReceipt,
    lostReceipt,
  ])
  expect(
    (await linksOf(restored)).map((link) => (link.type === 'entry' ? link.receipt : null)).slice(1),
  ).toEqual([otherReceipt, lostReceipt])
})

test('O3 a push that brings a receipt the ledger lacks proves it as well', async () => {
  const { journal, restored, lost, lostReceipt } = await setBack()
  await offer(restored, [lost], [lostReceipt])
  expect(restored.epoch()).not.toBe(journal.epoch())
})

test('O3 a second loss in the new epoch begins another', async () => {
  const { restored, lostReceipt } = await setBack()
  await present(restored, lostReceipt)
  const epoch = restored.epoch()
  const backup = restored.stores.backup()
  const [receipt] = await restored.send(anEntry({ cell: 'mark:answer:s2', value: '3' }))
  const again = await restored.beside(backup)
  await present(again, must(receipt, 'a receipt'))
  expect(again.epoch()).not.toBe(epoch)
})

test('O3 what was offered again and is lost once more begins another epoch, though its receipt is of one whose losses are known', async () => {
  const { restored, lost, lostReceipt } = await setBack()
  await present(restored, lostReceipt)
  const epoch = restored.epoch()
  const backup = restored.stores.backup()
  await offer(restored, [lost], [lostReceipt])
  let { checkpoint, more } = await present(restored, lostReceipt)
  while (more) ({ checkpoint, more } = await present(restored, lostReceipt, checkpoint))
  restored.clock.now += 60_000
  const again = await restored.beside(backup)
  await present(again, lostReceipt)
  expect(again.epoch()).toBe(epoch)
  const { gone } = await present(again, lostReceipt, checkpoint)
  expect(again.epoch()).not.toBe(epoch)
  expect(gone).toEqual([['a', 'z~']])
  const next = again.epoch()
  await present(again, lostReceipt, checkpoint)
  expect(again.epoch()).toBe(next)
})

test('another server learns of the new epoch within seconds', async () => {
  const { restored, lostReceipt } = await setBack()
  const other = await restored.beside()
  await present(restored, lostReceipt)
  restored.clock.now += 6_000
  await other.pull({ checkpoint: null, limit: 1 }, 't1')
  expect(other.epoch()).toBe(restored.epoch())
})

test('a forged receipt, one of another journal and a refusal at the door prove nothing', async () => {
  const { journal, restored, lostReceipt } = await setBack()
  const epoch = journal.epoch()
  const forged = { ...lostReceipt, entry: anEntry().id }
  const [refused] = await restored.send(anEntry({ author: 't1', sheet: 'lesson:m5:2026-02-30:2' }))
  await present(restored, forged)
  await present(restored, { ...lostReceipt, db: 'journal-other-2026' })
  await present(restored, must(refused, 'a refusal'))
  expect(restored.epoch()).toBe(epoch)
  const entry = anEntry({ cell: 'mark:answer:s2', value: '9' })
  const [judged] = await offer(restored, [entry], [{ ...lostReceipt, entry: entry.id }])
  expect(judged?.admission).toEqual({ is: 'out', why: 'forbidden-value' })
})

test('in a new epoch a device drops what it held and reads everything again', async () => {
  const { journal, restored, lostReceipt } = await setBack()
  const before = await present(journal, lostReceipt)
  const after = await present(restored, lostReceipt, before.checkpoint)
  expect(after).toMatchObject({ gone: [['a', 'z~']], sheets: [], more: true })
  const again = await present(restored, lostReceipt, after.checkpoint)
  const lesson = must(
    again.sheets.find(({ id }) => id === mathLesson),
    'the lesson',
  )
  expect(Object.keys(lesson.cells)).toEqual(['mark:answer:s1'])
  expect(lesson.epoch).toBe(restored.epoch())
})

test('a store that came back without its epoch has a new one', async () => {
  const { journal } = await setBack()
  const bare = journal.stores.backup()
  const copy = await bare.open<SheetDocument>(db)
  await copy.setLocal('epoch', { id: 'another', past: [] })
  expect((await journal.beside(bare)).epoch()).toBe('another')
})

test('O3 a receipt that was found is looked for again: after a while, and at once when the store was seen to be set back', async () => {
  const journal = await smallJournal()
  const [receipt] = await journal.send(anEntry())
  const newest = must(receipt, 'a receipt')
  const store = await journal.stores.open<SheetDocument>(db)
  let reads = 0
  const get = store.get.bind(store)
  const proven = makeProvenReceipts(() => journal.clock.now)
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const epochs = await openEpochs({ db, store, now: () => journal.clock.now, random: Math.random, log })
  const counting = { kind: store.kind, get: (ids: readonly string[]) => (reads++, get(ids)) }
  const { schedule } = journal.clock
  const check = () =>
    checkReceipt(newest, { db, store: counting, signer: journal.signer, epochs, schedule, proven })
  await check()
  await check()
  expect(reads).toBe(1)
  journal.clock.now += provenFor
  await check()
  expect(reads).toBe(2)
  proven.forget()
  await check()
  expect(reads).toBe(3)
  // A clock that was put back a year keeps nothing proven.
  journal.clock.now -= 366 * 86_400_000
  await check()
  expect(reads).toBe(4)
})
