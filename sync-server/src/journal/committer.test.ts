import type { SheetDocument } from 'shared/journal/document'
import { appendEntry } from 'shared/journal/ledger'
import { anEntry, db, mathLesson } from 'shared/testing/small-school'
import { must } from 'shared/plain/must'
import { makeMemoryStores, type Fault, type MemoryStores } from '../store/memory'
import { StoreUnavailable } from '../store/store'
import { settled, smallJournal } from './small-journal'

async function lessonIn(stores: MemoryStores) {
  const store = await stores.open<SheetDocument>(db)
  return must((await store.get([mathLesson])).get(mathLesson), 'the lesson')
}

const students = ['s1', 's2', 's3']
const marks = (device: string) =>
  students.map((student) => anEntry({ device, cell: `mark:answer:${student}` }))

test('two servers that write on one sheet at once keep every entry of both', async () => {
  const journal = await smallJournal()
  const other = await journal.beside()
  const [mine, theirs] = [marks('tablet1'), marks('tablet2')]
  const pushes = [0, 1, 2].flatMap((i) => [
    journal.send(must(mine[i], 'a mark')),
    other.send(must(theirs[i], 'a mark')),
  ])
  const receipts = (await Promise.all(pushes)).flat()
  expect(receipts.every(({ admission }) => admission.is === 'in')).toBe(true)
  const { doc } = await lessonIn(journal.stores)
  expect(new Set(doc.links.map((link) => (link.type === 'entry' ? link.entry.id : '')))).toEqual(
    new Set([...mine, ...theirs].map(({ id }) => id)),
  )
  expect(doc.links).toHaveLength(6)
})

test('what arrives while bulks are under way goes together', async () => {
  let bulks = 0
  const stores = makeMemoryStores()
  const open = stores.open.bind(stores)
  stores.open = async (name) => {
    const store = await open(name)
    const write = store.write.bind(store)
    store.write = (writes) => {
      bulks++
      return write(writes)
    }
    return store as never
  }
  const journal = await smallJournal({ stores })
  bulks = 0
  const days = Array.from({ length: 14 }, (_, i) => `2026-09-${String(i + 1).padStart(2, '0')}`)
  await Promise.all(days.map((day) => journal.send(anEntry({ sheet: `lesson:m5:${day}:2` }))))
  expect(bulks).toBeLessThanOrEqual(3)
})

test('who goes on writing on sheets of the directory, with a right or without, does not shut out everybody else', async () => {
  const stores = makeMemoryStores()
  const open = stores.open.bind(stores)
  stores.open = async (name) => {
    const store = await open(name)
    const write = store.write.bind(store)
    store.write = async (writes) => {
      for (let turn = 0; turn < 5; turn++) await settled()
      return write(writes)
    }
    return store as never
  }
  const journal = await smallJournal({ stores })
  const flooding = { sheets: ['roster:c5a', 'roster:c5b'], most: 30, sent: 0, admissions: new Set<string>() }
  const flood = async (sheet: string) => {
    for (let n = 1; n <= flooding.most; n++, flooding.sent++) {
      const kind = 'keep-directory'
      const entry = {
        sheet,
        kind,
        cell: 'student:s1',
        author: 't2',
        device: sheet.slice(7),
        n,
        value: null,
      } as const
      const [receipt] = await journal.send(anEntry(entry))
      flooding.admissions.add(must(receipt, 'a receipt').admission.is)
    }
  }
  const floods: Promise<void>[] = []
  for (const sheet of flooding.sheets) {
    floods.push(flood(sheet))
    for (let turn = 0; turn < 3; turn++) await settled()
  }
  const [receipt] = await journal.send(anEntry())
  flooding.most = 0
  await Promise.all(floods)
  expect(receipt?.admission).toEqual({ is: 'in' })
  expect([...flooding.admissions]).toEqual(['waiting'])
  expect(flooding.sent).toBeLessThan(40)
})

test('part of a bulk meets a conflict: the rest is answered, the part is settled again', async () => {
  const faults: Fault[] = []
  const stores = makeMemoryStores({
    onWrite: (_name, { doc }) => (doc._id === mathLesson ? (faults.shift() ?? null) : null),
  })
  const journal = await smallJournal({ stores })
  faults.push('conflict', 'conflict')
  const elsewhere = anEntry({ sheet: 'lesson:m5:2026-09-15:2' })
  const receipts = await journal.send(anEntry(), elsewhere)
  expect(receipts.map(({ admission }) => admission.is)).toEqual(['in', 'waiting'])
  expect((await lessonIn(stores)).doc.links).toHaveLength(1)
})

describe('S1 a write that nobody can vouch for', () => {
  async function withFaults(...first: Fault[]) {
    const faults: Fault[] = []
    const written: string[] = []
    const stores = makeMemoryStores({
      onWrite: (_name, { doc }) => {
        if (doc._id !== mathLesson) return null
        const fault = faults.shift() ?? null
        written.push(fault ?? 'written')
        return fault
      },
    })
    const journal = await smallJournal({ stores })
    faults.push(...first)
    return { journal, faults, written }
  }

  test('kept: the entry stands once, under the receipt of the first try, vouched for by a second write', async () => {
    const { journal, written } = await withFaults('uncertain-kept')
    const before = journal.clock.now
    const sent = journal.send(anEntry())
    await journal.clock.pass(10_000)
    const [receipt] = await sent
    expect(receipt?.received).toBe(before)
    const { doc } = await lessonIn(journal.stores)
    expect(doc.links).toMatchObject([{ type: 'entry', receipt }])
    expect(written).toEqual(['uncertain-kept', 'written'])
  })

  test('kept by another server that died: in a cluster what is sent again is vouched for by a write of its own', async () => {
    const { journal, written } = await withFaults()
    const entry = anEntry()
    await journal.send(entry)
    const asCluster = async (kind: 'memory' | 'couchdb') => {
      const stores = journal.stores.backup()
      const open = stores.open.bind(stores)
      stores.open = async (name) => {
        const store = await open(name)
        Object.defineProperty(store, 'kind', { value: kind })
        return store as never
      }
      const other = await journal.beside(stores)
      const before = (await lessonIn(stores)).rev
      const [receipt] = await other.send(entry)
      return {
        again: (await lessonIn(stores)).rev !== before,
        receipt,
        links: (await lessonIn(stores)).doc.links,
      }
    }
    const [first] = (await lessonIn(journal.stores)).doc.links
    expect(written).toEqual(['written'])
    expect(await asCluster('memory')).toMatchObject({ again: false })
    expect(await asCluster('couchdb')).toMatchObject({ again: true, links: [first] })
  })

  test('lost: it is written again', async () => {
    const { journal } = await withFaults('uncertain-lost', 'uncertain-lost')
    const sent = journal.send(anEntry())
    await journal.clock.pass(10_000)
    expect((await sent).map(({ admission }) => admission.is)).toEqual(['in'])
    expect((await lessonIn(journal.stores)).doc.links).toHaveLength(1)
  })

  test('never vouched for: no receipt, and the same entry sent again later stands once', async () => {
    const faults = Array.from({ length: 12 }, (): Fault => 'uncertain-kept')
    const { journal, faults: rest, written } = await withFaults(...faults)
    const entry = anEntry()
    const sent = journal.send(entry).catch((error: unknown) => error)
    await journal.clock.pass(60_000)
    expect(await sent).toBeInstanceOf(StoreUnavailable)
    rest.length = 0
    written.length = 0
    const again = journal.send(entry)
    await journal.clock.pass(1_000)
    expect(await again).toHaveLength(1)
    // It was in the ledger already; only a write that is vouched for makes it an answer.
    expect(written).toEqual(['written'])
    expect((await lessonIn(journal.stores)).doc.links).toHaveLength(1)
  })
})

test('a store that goes away is an error to the sender, and the entry sent again stands once', async () => {
  let away = false
  const stores = makeMemoryStores({
    onWrite: () => {
      if (away) throw new StoreUnavailable('away')
      return null
    },
  })
  const journal = await smallJournal({ stores })
  const entry = anEntry()
  away = true
  await expect(journal.send(entry)).rejects.toBeInstanceOf(StoreUnavailable)
  away = false
  expect(await journal.send(entry)).toHaveLength(1)
  expect((await lessonIn(stores)).doc.links).toHaveLength(1)
})

test('S2 two leaves are merged by the next write, losing none of either, and a reader of the loser learns of all that differs', async () => {
  const journal = await smallJournal()
  const [common, ours, theirs] = [
    anEntry({ cell: 'mark:answer:s1' }),
    anEntry({ cell: 'mark:answer:s2', value: '4' }),
    anEntry({ cell: 'mark:answer:s2', value: '2', at: Date.parse('2026-09-16T06:41:00Z') }),
  ]
  await journal.send(common)
  const split = await smallJournal({ ...journal, found: false, stores: journal.stores.backup() })
  await journal.send(ours)
  await journal.send(anEntry({ cell: 'mark:answer:s3', value: '3' }))
  await split.send(theirs)
  const loser = (await lessonIn(split.stores)).doc
  await journal.stores.plantLeaf(db, loser, '2-0000000000000000000000000000000a')

  await journal.send(anEntry({ cell: 'taken', kind: 'take-attendance', value: true }))
  const { doc, conflicts } = await lessonIn(journal.stores)
  expect(conflicts).toEqual([])
  expect(doc.links.map(({ type }) => type)).toEqual(['entry', 'entry', 'entry', 'merge', 'entry'])
  expect(doc.cells['mark:answer:s2']?.heads.map(({ id }) => id).sort()).toEqual([ours.id, theirs.id].sort())
  const untouched = must(loser.cells['mark:answer:s1'], 'a cell').version
  expect(doc.cells['mark:answer:s1']?.version).toBe(untouched)
  expect(doc.cells['mark:answer:s2']?.version).toBeGreaterThan(loser.version)
  // The winner had this one all along; who read the loser has never seen it.
  expect(doc.cells['mark:answer:s3']?.version).toBeGreaterThan(loser.version)
})

test('S2 leaves of a sheet that nobody touches are merged by the sweep', async () => {
  const journal = await smallJournal()
  await journal.send(anEntry())
  const { doc } = await lessonIn(journal.stores)
  const entry = anEntry({ cell: 'mark:answer:s3' })
  const [receipt] = await (
    await smallJournal({ ...journal, found: false, stores: journal.stores.backup() })
  ).send(entry)
  const grown = appendEntry({ links: [], texts: {} }, entry, must(receipt, 'a receipt'))
  await journal.stores.plantLeaf(db, { ...doc, ...grown }, '1-0000000000000000000000000000000a')
  expect((await lessonIn(journal.stores)).conflicts).toHaveLength(1)
  await journal.clock.pass(61_000)
  const merged = await lessonIn(journal.stores)
  expect(merged.conflicts).toEqual([])
  expect(Object.keys(merged.doc.cells).sort()).toEqual(['mark:answer:s1', 'mark:answer:s3'])
})

test('P-2 versions grow over restarts and a server clock that is set back', async () => {
  const journal = await smallJournal()
  const versions: number[] = []
  const note = async () => versions.push((await lessonIn(journal.stores)).doc.version)
  await journal.send(anEntry())
  await note()
  journal.clock.now -= 3_600_000
  await journal.send(anEntry({ cell: 'mark:answer:s2' }))
  await note()
  await journal.close()
  const restarted = await journal.beside()
  await restarted.send(anEntry({ cell: 'mark:answer:s3' }))
  await note()
  expect(versions).toEqual([...versions].sort((a, b) => a - b))
  expect(new Set(versions).size).toBe(3)
})
