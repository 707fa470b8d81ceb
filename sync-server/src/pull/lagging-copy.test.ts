import type { SheetDocument } from 'shared/journal/document'
import { anEntry, db } from 'shared/testing/small-school'
import { openJournal, type OpenJournal } from '../journal/open-journal'
import { makeSigner, newPrivateKey } from '../journal/signer'
import { foundingEntries, makeTestClock, officeEntry, type TestClock } from '../journal/small-journal'
import { makeCopiedStores } from '../store/memory-copies'
import type { StoredDocument, StoreFactory } from '../store/store'

const english = 'lesson:e5b:2026-09-16:1'
const log = { info: () => {}, warn: () => {}, error: () => {} }

/** A cluster whose ranges are read from its third copy, and whose feed from its first; a quorum is the two others. */
function cluster() {
  const clock = makeTestClock()
  const lagging = new Set<number>()
  let answers = 0
  const options = {
    schedule: clock.schedule,
    delay: () => 0,
    spread: () => 0,
    pick: () => answers,
    lags: (copy: number) => lagging.has(copy),
  }
  const copies = makeCopiedStores(options)
  const stores: StoreFactory = {
    ...copies,
    async open<D extends StoredDocument>(database: string) {
      const store = await copies.open<D>(database)
      const range = store.range.bind(store)
      store.range = (start, end, limit) => {
        answers = 2
        const documents = range(start, end, limit)
        answers = 0
        return documents
      }
      return store
    },
  }
  return { clock, lagging, stores, copies, options }
}

async function schoolOnCluster() {
  const made = cluster()
  const { stores, clock } = made
  const signer = makeSigner(newPrivateKey())
  const openOver = (store: StoreFactory, schedule = clock.schedule) =>
    openJournal({
      stores: store,
      db,
      signer,
      now: () => clock.now,
      elapsed: () => clock.now,
      random: Math.random,
      schedule,
      log,
    })
  const open = ({ schedule }: TestClock) => openOver(stores, schedule)
  const journal = await open(clock)
  await journal.found(foundingEntries())
  await clock.pass(120_000)
  return { ...made, journal, open, openOver }
}

/** What a device is sent until there is no more. */
async function pullAll(journal: OpenJournal, person: string, from: string | null) {
  const came: string[] = []
  let checkpoint = from
  for (let more = true; more;) {
    const reply = await journal.pull({ checkpoint, limit: 100 }, person)
    came.push(...reply.sheets.map(({ id }) => id))
    ;({ checkpoint, more } = reply)
  }
  return { came, checkpoint }
}

/** The same when no copy lags any more, and every cache has had the time to know. */
async function pullCaughtUp(
  { journal, clock, lagging, copies }: Awaited<ReturnType<typeof schoolOnCluster>>,
  person: string,
  from: string | null,
) {
  lagging.clear()
  copies.catchUp()
  await clock.pass(6_000)
  return pullAll(journal, person, from)
}

/** The office says whose guardian g2 is. */
async function keepFamily(journal: OpenJournal, stores: StoreFactory, children: string[]): Promise<void> {
  const name = { last: 'Белкин', first: 'Павел', middle: '', salt: 'A'.repeat(22) }
  const families = await (await stores.open<SheetDocument>(db)).get(['families:c5a'])
  const heads = families.get('families:c5a')?.doc.cells['guardian:g2']?.heads.map(({ id }) => id) ?? []
  const entry = officeEntry('families:c5a', 'guardian:g2', { name, children }, heads)
  const { receipts } = await journal.push({ entries: [entry] }, 'a1')
  expect(receipts).toMatchObject([{ admission: { is: 'in' } }])
}

test('P-2 what was sent, and dropped when the scope shrank, is sent again though the copy that is read lacks it', async () => {
  const school = await schoolOnCluster()
  const { journal, clock, lagging, copies } = school
  await keepFamily(journal, copies, ['s2', 's3'])
  await clock.pass(180_000)
  const first = await pullAll(journal, 'g2', null)

  lagging.add(2)
  const mark = anEntry({ author: 't4', sheet: english, cell: 'mark:answer:s3' })
  await journal.push({ entries: [mark] }, 't4')
  const sent = await pullAll(journal, 'g2', first.checkpoint)
  expect(sent.came).toContain(english)
  await keepFamily(journal, copies, ['s2'])
  await clock.pass(6_000)
  const dropped = await pullAll(journal, 'g2', sent.checkpoint)
  await keepFamily(journal, copies, ['s2', 's3'])
  await clock.pass(6_000)
  const again = await pullAll(journal, 'g2', dropped.checkpoint)

  const { came } = await pullCaughtUp(school, 'g2', again.checkpoint)
  expect([...again.came, ...came]).toContain(english)
  await journal.close()
})

test('P-2 what a range that is new lacks, read from a copy that lags, comes with the changes after it', async () => {
  const school = await schoolOnCluster()
  const { journal, clock, lagging, copies } = school
  const first = await pullAll(journal, 'g2', null)
  await clock.pass(60_000)

  lagging.add(2)
  const mark = anEntry({ author: 't4', sheet: english, cell: 'mark:answer:s3' })
  const { receipts } = await journal.push({ entries: [mark] }, 't4')
  expect(receipts).toMatchObject([{ admission: { is: 'in' } }])
  // It is none of theirs, and their device has heard of all there is.
  const before = await pullAll(journal, 'g2', first.checkpoint)
  await keepFamily(journal, copies, ['s2', 's3'])
  await clock.pass(6_000)
  const atNewRange = await pullAll(journal, 'g2', before.checkpoint)

  const { came } = await pullCaughtUp(school, 'g2', atNewRange.checkpoint)
  expect([...atNewRange.came, ...came]).toContain(english)
  await journal.close()
})

test('O3 what a cluster that was copied back took under old numbers comes, though nobody has a receipt of what it lost', async () => {
  const { journal, clock, copies, options, openOver } = await schoolOnCluster()
  await clock.pass(60_000)
  const backup = copies.backup(options, { locals: true })
  for (const value of ['5', '4', '3'])
    await journal.push(
      { entries: [anEntry({ author: 't4', sheet: english, cell: 'mark:answer:s3', value, base: [] })] },
      't4',
    )
  const ahead = await pullAll(journal, 't1', null)
  await journal.close()

  const setBack = await openOver(backup)
  const mark = anEntry()
  await setBack.push({ entries: [mark] }, 't1')
  const early = await pullAll(setBack, 't1', ahead.checkpoint)
  await clock.pass(70_000)
  const later = await pullAll(setBack, 't1', early.checkpoint)
  expect([...early.came, ...later.came]).toEqual([mark.sheet])
  await setBack.close()
})

test('P-2 what a server that has just started reads from a copy that lags is looked for again when it knows what every copy has', async () => {
  const { journal, clock, lagging, copies, stores, openOver } = await schoolOnCluster()
  const known = await pullAll(journal, 't4', null)
  lagging.add(2)
  const mark = anEntry({ author: 't4', sheet: english, cell: 'mark:answer:s3' })
  await journal.push({ entries: [mark] }, 't4')
  const started = await openOver(stores)
  const [first, again] = [await pullAll(started, 't4', null), await pullAll(started, 't4', known.checkpoint)]
  expect(first.came).not.toContain(english)
  lagging.clear()
  copies.catchUp()
  await clock.pass(70_000)
  const later = await pullAll(started, 't4', first.checkpoint)
  expect(later.came).toEqual([english])
  expect((await pullAll(started, 't4', later.checkpoint)).came).toEqual([])
  const once = await pullAll(started, 't4', again.checkpoint)
  expect([...again.came, ...once.came]).toEqual([english])
  await started.close()
  await journal.close()
})

test('P-2 what the feed tells of before a quorum has it comes when a quorum has it', async () => {
  const school = await schoolOnCluster()
  const { journal, clock, lagging, stores, open } = school
  await clock.pass(60_000)
  const first = await pullAll(journal, 't4', null)
  // A server that dies with the answer of one copy.
  const itsClock = makeTestClock()
  const dying = await open(itsClock)

  lagging.add(1).add(2)
  const mark = anEntry({ author: 't4', sheet: english, cell: 'mark:answer:s3' })
  void dying.push({ entries: [mark] }, 't4')
  await itsClock.pass(20)
  expect((await (await stores.open(db)).changes(null, 1_000)).ids).toContain(english)
  const early = await pullAll(journal, 't4', first.checkpoint)
  expect(early.came).not.toContain(english)

  const { came } = await pullCaughtUp(school, 't4', early.checkpoint)
  expect(came).toContain(english)
  await journal.close()
})
