import { mkdtemp, rm, appendFile, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Anchor } from 'shared/journal/anchor'
import { foldRulesOf } from 'shared/journal/capacity'
import { documentOf, type SheetDocument } from 'shared/journal/document'
import { appendEntry, type Ledger, type Link } from 'shared/journal/ledger'
import { anEntry, db, mathLesson, salt } from 'shared/testing/small-school'
import { must } from 'shared/plain/must'
import { defaultPolicy } from 'shared/policy/policy'
import { makeMemoryStores, type MemoryStores } from '../store/memory'
import { makeAnchorFile } from './anchor-file'
import { noteRestored } from './epochs'
import { smallJournal, type SmallJournal } from './small-journal'
import { verifyJournal } from './verify'

let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'anchors-'))))
afterEach(() => rm(folder, { recursive: true }))

const rules = foldRulesOf(defaultPolicy)
const path = () => join(folder, 'anchors', `${db}.jsonl`)

async function journalWithPast(): Promise<SmallJournal> {
  const journal = await smallJournal({ anchors: makeAnchorFile(path()) })
  await journal.send(anEntry({ cell: 'mark:answer:s1' }), anEntry({ cell: 'mark:answer:s2' }))
  await journal.anchor()
  await journal.send(anEntry({ kind: 'set-topic', cell: 'topic', value: { text: 'Дроби', salt } }))
  await journal.anchor()
  return journal
}

async function verify(journal: SmallJournal, stores: MemoryStores = journal.stores) {
  return verifyJournal(await stores.open<SheetDocument>(db), makeAnchorFile(path()), journal.signer, db)
}

/** Changes the lesson in the store behind the journal's back. */
async function tamper(journal: SmallJournal, change: (doc: SheetDocument) => void) {
  const store = await journal.stores.open<SheetDocument>(db)
  const { doc: kept, rev } = must((await store.get([mathLesson])).get(mathLesson), 'the lesson')
  // What a store hands out is shared: nobody may change it in place.
  const doc = structuredClone(kept)
  change(doc)
  await store.write([{ doc, rev }])
}

function entryLink(doc: SheetDocument, at: number): Extract<Link, { type: 'entry' }> {
  const link = must(doc.links[at], 'a link')
  if (link.type !== 'entry') throw new Error('no entry')
  return link
}

/** What somebody would do who knows how the chain is made, and cannot sign. */
function rechain(doc: SheetDocument, order: number[]) {
  const kept = order.map((at) => entryLink(doc, at))
  const { links } = kept.reduce<Ledger>((ledger, { entry, receipt }) => appendEntry(ledger, entry, receipt), {
    links: [],
    texts: {},
  })
  Object.assign(
    doc,
    documentOf(
      { db, sheet: doc._id, epoch: doc.epoch },
      { links, texts: doc.texts },
      rules,
      doc.version,
      doc,
    ),
  )
}

test('L2 an anchor that is asked for while another is being written follows it', async () => {
  const journal = await smallJournal({ anchors: makeAnchorFile(path()) })
  await Promise.all([journal.anchor(), journal.anchor()])
  await journal.send(anEntry())
  await Promise.all([journal.anchor(), journal.anchor(), journal.anchor()])
  expect(await verify(journal)).toMatchObject({ anchors: 2, faults: [] })
  expect(journal.alarms).toEqual([])
})

test('L2 a sound journal has no fault, and an anchor only where something changed', async () => {
  const journal = await journalWithPast()
  await journal.anchor()
  expect(await verify(journal)).toEqual({ sheets: 11, entries: 13, anchors: 2, setBack: [], faults: [] })
})

test('L2 an anchor is written every hour, and goes on after a restart', async () => {
  const anchors: Anchor[] = []
  const file = { readAll: async () => anchors, append: async (anchor: Anchor) => void anchors.push(anchor) }
  const journal = await smallJournal({ anchors: file })
  await journal.send(anEntry())
  await journal.clock.pass(3_700_000)
  expect(anchors.map(({ changed, count }) => [changed.length, count])).toEqual([[11, 11]])
  await journal.close()
  const restarted = await journal.beside()
  await restarted.send(anEntry({ cell: 'mark:answer:s2' }))
  await restarted.clock.pass(3_700_000)
  expect(anchors.map(({ changed, count }) => [changed.length, count])).toEqual([
    [11, 11],
    [1, 11],
  ])
})

describe('L1, L2 tampering is found', () => {
  const cases: Record<string, [(doc: SheetDocument) => void, string[]]> = {
    'an edited mark': [
      (doc) => (must(entryLink(doc, 0).entry.changes[0], 'a change').value = '2'),
      ['entry-id'],
    ],
    'an edited receipt': [(doc) => (entryLink(doc, 0).receipt.received -= 1000), ['hash']],
    'a dropped entry': [(doc) => doc.links.splice(1, 1), ['hash']],
    'a dropped entry, the chain made good': [(doc) => rechain(doc, [0, 2]), ['truncated']],
    'a reorder': [(doc) => doc.links.push(...doc.links.splice(0, 1)), ['hash']],
    'a reorder, the chain made good': [(doc) => rechain(doc, [1, 0, 2]), ['rewritten']],
    'a truncation': [(doc) => doc.links.pop(), ['cells', 'truncated']],
    'an edited text': [
      (doc) => (doc.texts[must(Object.keys(doc.texts)[0], 'a text')] = { text: 'Другое', salt }),
      ['text'],
    ],
    'an edited cell': [(doc) => (must(doc.cells['mark:answer:s1'], 'a cell').value = '2'), ['cells']],
    'a cell of nobody’s entry': [
      (doc) => (doc.cells['mark:answer:s3'] = must(doc.cells['mark:answer:s1'], 'a cell')),
      ['cells'],
    ],
  }
  test.each(Object.entries(cases))('%s', async (_name, [change, expected]) => {
    const journal = await journalWithPast()
    await tamper(journal, change)
    const { faults } = await verify(journal)
    expect(faults.map(({ fault }) => fault)).toEqual(expect.arrayContaining(expected))
    expect(faults.every((fault) => 'sheet' in fault && fault.sheet === mathLesson)).toBe(true)
  })

  test('a truncation is not made good by the next anchor', async () => {
    const journal = await journalWithPast()
    await tamper(journal, (doc) => doc.links.pop())
    await journal.anchor()
    expect(journal.alarms).toContainEqual(expect.stringContaining('DOES NOT GROW'))
    expect((await verify(journal)).faults).toContainEqual({ fault: 'truncated', sheet: mathLesson })
  })

  test('a truncation is not excused by taking away the note of the last anchor', async () => {
    const journal = await journalWithPast()
    const bare = makeMemoryStores()
    const [from, to] = [await journal.stores.open<SheetDocument>(db), await bare.open<SheetDocument>(db)]
    await to.ensure()
    await to.write((await from.range('a', 'z~', 100)).map((doc) => ({ doc, rev: null })))
    const other = await smallJournal({
      ...journal,
      stores: bare,
      anchors: makeAnchorFile(path()),
      found: false,
    })
    await tamper(other, (doc) => doc.links.pop())
    await other.anchor()
    expect((await verify(other)).faults).toContainEqual({ fault: 'truncated', sheet: mathLesson })
  })

  test('after a loss that devices proved, the count begins anew', async () => {
    const journal = await journalWithPast()
    const restored = await journal.beside(journal.stores.backup())
    await tamper(restored, (doc) => Object.assign(doc, { links: doc.links.slice(0, 1) }))
    const lost = anEntry({ cell: 'mark:answer:s3' })
    const [receipt] = await journal.send(lost)
    await restored.pull({ checkpoint: null, limit: 1, newest: must(receipt, 'a receipt') }, 't1')
    await restored.anchor()
    expect(await verify(restored)).toMatchObject({
      faults: [{ sheet: mathLesson, fault: 'cells' }],
      setBack: [{ epoch: restored.epoch(), to: null }],
    })
  })

  test('a restored journal tells of it once, and a sheet that the backup lacks is no fault', async () => {
    const journal = await journalWithPast()
    const bare = makeMemoryStores()
    const [from, to] = [await journal.stores.open<SheetDocument>(db), await bare.open<SheetDocument>(db)]
    await to.ensure()
    for (const doc of await from.range('a', 'z~', 100))
      if (doc._id !== mathLesson) await to.write([{ doc, rev: null }])
    await noteRestored(to, Math.random, 1_000)
    const restored = await journal.beside(bare)
    expect(restored.epoch()).not.toBe(journal.epoch())
    const told = { epoch: restored.epoch(), to: 1_000, at: journal.clock.now }
    expect(await verify(restored, bare)).toMatchObject({ anchors: 3, setBack: [told], faults: [] })
    await restored.send(anEntry({ cell: 'mark:answer:s2', value: '3' }))
    await restored.anchor()
    await (await restored.beside()).anchor()
    expect(await verify(restored, bare)).toMatchObject({ anchors: 4, setBack: [told], faults: [] })
    expect(restored.alarms).toEqual([])
  })

  test('a deleted sheet', async () => {
    const journal = await journalWithPast()
    const without = makeMemoryStores()
    const [from, to] = [await journal.stores.open<SheetDocument>(db), await without.open<SheetDocument>(db)]
    await to.ensure()
    for (const doc of await from.range('a', 'z~', 100)) {
      if (doc._id !== mathLesson) await to.write([{ doc, rev: null }])
    }
    expect((await verify(journal, without)).faults).toEqual([{ fault: 'deleted', sheet: mathLesson }])
  })

  test('an edited anchor', async () => {
    const journal = await journalWithPast()
    const [anchor] = await makeAnchorFile(path()).readAll()
    await rm(path())
    await makeAnchorFile(path()).append({ ...must(anchor, 'an anchor'), count: 1 })
    expect((await verify(journal)).faults).toEqual([{ fault: 'signature', at: 0 }])
  })
})

test('L2 merged leaves that were both anchored are no fault', async () => {
  const journal = await journalWithPast()
  const split = await smallJournal({ ...journal, found: false, stores: journal.stores.backup() })
  await split.send(anEntry({ cell: 'mark:answer:s3' }))
  await journal.send(anEntry({ cell: 'mark:answer:s3', value: '4' }))
  await journal.anchor()
  const theirs = await split.stores.open<SheetDocument>(db)
  const { doc } = must((await theirs.get([mathLesson])).get(mathLesson), 'their leaf')
  await journal.stores.plantLeaf(db, doc, '9-ffffffffffffffffffffffffffffffff')
  await journal.sweep()
  await journal.anchor()
  expect(await verify(journal)).toMatchObject({ faults: [], anchors: 4 })
  expect(journal.alarms).toEqual([])
})

test('L2 servers beside each other keep chains of their own, and a restored chain misses nothing', async () => {
  const chains: Anchor[][] = [[], []]
  const fileOf = (chain: Anchor[]) => ({
    readAll: async () => chain,
    append: async (anchor: Anchor) => void chain.push(anchor),
  })
  const [mine, theirs] = chains.map(fileOf)
  const journal = await smallJournal({ anchors: must(mine, 'a file') })
  const other = await smallJournal({ ...journal, anchors: must(theirs, 'a file'), found: false })
  const leaves = (chain: Anchor[] | undefined) => chain?.map(({ changed }) => changed.length)
  await journal.anchor()
  await other.anchor()
  await journal.send(anEntry())
  await other.anchor()
  await journal.anchor()
  expect(chains.map(leaves)).toEqual([
    [10, 1],
    [10, 1],
  ])
  chains[0]?.pop()
  await journal.anchor()
  expect(leaves(chains[0])).toEqual([10, 1])
})

test('an anchor that was being written when the power went was never one', async () => {
  const journal = await journalWithPast()
  await appendFile(path(), '{"db":"journal-te')
  await journal.send(anEntry({ cell: 'mark:answer:s3' }))
  await journal.anchor()
  expect(await verify(journal)).toMatchObject({ anchors: 3, faults: [] })
  expect((await readFile(path(), 'utf8')).split('\n')).toHaveLength(4)
})
