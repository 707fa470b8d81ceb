import { hashOf } from '../plain/hash'
import { must } from '../plain/must'
import { aReceipt, emptyLedger, isSigned, ledgerOf, signed } from '../testing/receipts'
import { anEntry, db, mathLesson, salt } from '../testing/small-school'
import {
  admittedOf,
  appendEntry,
  appendFacts,
  appendReadmission,
  falseText,
  findReceipt,
  flatten,
  genesisOf,
  headHash,
  latestReceipts,
  lengthOf,
  mergeLedgers,
  verifyLedger,
  type Link,
} from './ledger'
import { admitted, waitingFor, type Receipt } from './receipt'
import { receiptHash } from './receipt-proof'

/** Somebody with the store, but without the server’s key, writes a chain whose hashes are all right. */
const [a, b, c] = [anEntry(), anEntry({ cell: 'mark:answer:s2' }), anEntry({ cell: 'mark:answer:s3' })]
const verify = (links: readonly Link[], sheet = mathLesson) => verifyLedger(db, sheet, links, isSigned)
type Merge = Extract<Link, { type: 'merge' }>

/** The merge link with other content, hashed as an honest one would be. */
function remade(links: readonly Link[], over: Partial<Omit<Merge, 'hash'>>): Link[] {
  const last = must(links.at(-1), 'a link')
  if (last.type !== 'merge') throw new Error('no merge')
  const { heads, branch } = { ...last, ...over }
  const before = must(links.at(-2), 'a link before').hash
  const hash = hashOf({ before, branch: branch.map((link) => link.hash), heads, type: 'merge' })
  return [...links.slice(0, -1), { type: 'merge', heads, branch, hash }]
}

describe('S2, L1 a merge whose hash is right and whose content is not', () => {
  const common = ledgerOf([a])
  const merged = mergeLedgers(ledgerOf([b], common), ledgerOf([c], common)).links
  const honest = must(merged.at(-1), 'a merge') as Merge
  const [ours, theirs] = honest.heads
  const stranger = ledgerOf([anEntry({ sheet: 'lesson:m5:2026-09-17:2' })]).links

  test('the way it is made anew here is the way it is made', () => {
    expect(remade(merged, {})).toEqual(merged)
    expect(verify(remade(merged, {}))).toBeNull()
  })
  test.each<[string, Partial<Omit<Merge, 'hash'>>]>([
    ['no branch', { branch: [] }],
    ['no branch, and says so', { branch: [], heads: [ours, ours] }],
    ['another head of our own', { heads: [theirs, theirs] }],
    ['another head of the branch', { heads: [ours, ours] }],
    [
      'a branch that grew from nowhere',
      { branch: stranger, heads: [ours, must(stranger.at(-1), 'a head').hash] },
    ],
  ])('%s is found', (_what, over) => {
    expect(verify(remade(merged, over))).toEqual({ at: 2, fault: 'merge-heads' })
  })
  test('what is wrong inside of a branch is named', () => {
    const unsigned = appendEntry(common, c, { ...aReceipt(c), signature: 'x' }).links.slice(1)
    const head = must(unsigned.at(-1), 'a head').hash
    expect(verify(remade(merged, { branch: unsigned, heads: [ours, head] }))).toEqual({
      at: 2,
      fault: 'signature',
    })
  })
})

describe('L1 every link hashes the one before it, so that any other program can check the chain', () => {
  const waits = aReceipt(a, { admission: waitingFor('column') })
  const again = signed({ ...aReceipt(a), judged: 9e12 })
  const { links } = appendReadmission(appendEntry(ledgerOf([b]), a, waits), again)

  test('an entry’s link is its id and its receipt, a second judgement’s the receipt', () => {
    const [one, two, three] = links.map(({ hash }) => hash)
    const proof = (of: Receipt) => ({ receipt: receiptHash(of), signature: of.signature })
    expect(two).toBe(hashOf({ before: one, type: 'entry', entry: a.id, ...proof(waits) }))
    expect(three).toBe(hashOf({ before: two, type: 'readmit', ...proof(again) }))
  })
  test('and the way to the root of its batch, where it has one', () => {
    const path = [`l${'x'.repeat(43)}`]
    const inBatch = { ...waits, path }
    const [link] = appendEntry(emptyLedger, a, inBatch).links
    const { signature } = waits
    expect(link?.hash).toBe(
      hashOf({
        before: genesisOf(db, mathLesson),
        type: 'entry',
        entry: a.id,
        receipt: receiptHash(inBatch),
        signature,
        steps: path,
      }),
    )
  })
  test.each<[string, Link[]]>([
    ['left out before a second judgement', links.toSpliced(1, 1)],
    ['that is a second judgement twice', [...links, ...links.slice(2)]],
    ['moved behind a second judgement', [...links.slice(0, 1), ...links.slice(2), ...links.slice(1, 2)]],
  ])('a link %s is found', (_what, spoilt) => {
    expect(verify(links)).toBeNull()
    expect(verify(spoilt)?.fault).toBe('hash')
  })
})

describe('A4, L1 a link whose hash is right and whose receipt is not', () => {
  const friday = 'lesson:m5:2026-09-18:2'
  const waiting = appendEntry(emptyLedger, a, aReceipt(a, { admission: waitingFor('column') }))
  const again = (over: Partial<Receipt>) => signed({ ...aReceipt(a), judged: 9e12, ...over })

  test('of another journal', () => {
    const elsewhere = signed({ ...aReceipt(a), db: 'journal-other-2026' })
    const { links } = appendEntry(emptyLedger, a, elsewhere)
    expect(verifyLedger('journal-other-2026', mathLesson, links, isSigned)).toEqual({
      at: 0,
      fault: 'receipt',
    })
  })
  test('of another sheet’s entry', () => {
    const moved = anEntry({ sheet: friday })
    const { links } = appendEntry(emptyLedger, moved, signed({ ...aReceipt(moved), sheet: mathLesson }))
    expect(verify(links)).toEqual({ at: 0, fault: 'receipt' })
  })
  test('a second judgement that nobody signed, or of another sheet', () => {
    expect(verify(appendReadmission(waiting, again({})).links)).toBeNull()
    expect(verify(appendReadmission(waiting, { ...again({}), signature: 'x' }).links)).toEqual({
      at: 1,
      fault: 'signature',
    })
    expect(verify(appendReadmission(waiting, again({ sheet: friday })).links)).toEqual({
      at: 1,
      fault: 'receipt',
    })
  })
  test('a batch’s way to its root is part of the chain', () => {
    const step = `l${'x'.repeat(43)}`
    const inBatch = (path?: string[]) =>
      appendEntry(emptyLedger, a, signed({ ...aReceipt(a), ...(path && { path }) }))
    const [alone, first] = [inBatch(), inBatch([step])]
    const receipt = { ...aReceipt(a), path: [step], signature: 'x' }
    const other = { ...receipt, path: [`r${'x'.repeat(43)}`] }
    const heads = [receipt, other].map((one) => headHash(appendEntry(emptyLedger, a, one).links, ''))
    expect(new Set([...heads, headHash(alone.links, ''), headHash(first.links, '')]).size).toBe(4)
  })
})

describe('which word on an entry stands', () => {
  const at = (judged: number, admission = admitted) => signed({ ...aReceipt(a), judged, admission })
  const chain = (...receipts: Receipt[]) =>
    receipts.slice(1).reduce(appendReadmission, appendEntry(emptyLedger, a, must(receipts[0], 'a receipt')))

  test('A1 of several judgements the last, in whatever order servers chained them', () => {
    const [first, second, third] = [at(1, waitingFor('right')), at(2, waitingFor('lesson')), at(3)]
    for (const { links } of [chain(first, second, third), chain(first, third, second)]) {
      expect(latestReceipts(links).get(a.id)).toEqual(third)
      expect(findReceipt(links, a.id)).toEqual(first)
    }
    expect(latestReceipts(chain(third, second).links).get(a.id)).toEqual(second)
  })
  test('S2 of two servers’ answers to one entry the first, and of one moment always the same one', () => {
    const answers: [Receipt, Receipt][] = [
      [at(1), at(2, waitingFor('right'))],
      [at(1), at(1, waitingFor('right'))],
    ]
    for (const [one, two] of answers) {
      const [here, there] = [appendEntry(emptyLedger, a, one), appendEntry(emptyLedger, a, two)]
      const stands = [mergeLedgers(here, there), mergeLedgers(there, here)].map(({ links }) => links)
      const first = one.judged < two.judged || one.signature < two.signature ? one : two
      expect(stands.map((links) => findReceipt(links, a.id))).toEqual([first, first])
      expect(stands.map((links) => latestReceipts(links).get(a.id))).toEqual([first, first])
    }
  })
  test('T1 a second judgement is not when the entry came, though a clock that was set back says so', () => {
    const [first, earlier] = [at(2, waitingFor('right')), at(1)]
    const { links } = chain(first, earlier)
    expect(findReceipt(links, a.id)).toEqual(first)
    expect(latestReceipts(links).get(a.id)).toEqual(earlier)
  })
  test('of an entry that is not there nothing stands', () => {
    expect(findReceipt(ledgerOf([a]).links, b.id)).toBeNull()
    expect(latestReceipts(ledgerOf([a]).links).has(b.id)).toBe(false)
  })
})

describe('several facts at once', () => {
  const topic = anEntry({ kind: 'set-topic', cell: 'topic', value: { text: 'Дроби', salt } })
  const facts = [a, topic, a].map((entry) => ({ type: 'entry' as const, entry, receipt: aReceipt(entry) }))

  test('O3 are what they are one by one: twice is once', () => {
    expect(appendFacts(emptyLedger, facts)).toEqual(ledgerOf([a, topic]))
    const known = ledgerOf([topic, a])
    expect(appendFacts(known, facts)).toBe(known)
    expect(appendFacts(known, [])).toBe(known)
  })
  test('a judgement of one that came with them is appended after it', () => {
    const again = signed({ ...aReceipt(a), judged: 9e12 })
    const grown = appendFacts(emptyLedger, [...facts, { type: 'readmit', receipt: again }])
    expect(grown.links.map(({ type }) => type)).toEqual(['entry', 'entry', 'readmit'])
    expect(grown).toEqual(appendReadmission(ledgerOf([a, topic]), again))
  })
  test('leave the ledger that they were appended to as it was', () => {
    const before = ledgerOf([a])
    appendFacts(before, facts)
    expect(before).toEqual(ledgerOf([a]))
  })
})

test('S2 a merge keeps the texts of both, and counts the facts of both and itself', () => {
  const words = (cell: string, text: string) =>
    anEntry({ kind: 'set-remark', cell, value: { to: 'staff', text: { text, salt } } })
  const [one, two] = [words('remark:s1:a', 'Раз'), words('remark:s1:b', 'Два')]
  const merged = mergeLedgers(ledgerOf([one]), ledgerOf([two]))
  expect(JSON.stringify(admittedOf(merged).map(({ changes }) => changes))).toMatch(/Раз.*Два/)
  expect(falseText(merged)).toBeNull()
  expect([lengthOf(merged.links), flatten(merged.links).length]).toEqual([3, 2])
  const absorbed = mergeLedgers(emptyLedger, ledgerOf([two]))
  expect(absorbed).toEqual(ledgerOf([two]))
  expect(mergeLedgers(ledgerOf([two]), emptyLedger)).toEqual(ledgerOf([two]))
})

test('the first link of every sheet follows from its own name', () => {
  const geneses = [
    genesisOf(db, mathLesson),
    genesisOf(db, 'roster:c5a'),
    genesisOf('journal-b-2026', mathLesson),
  ]
  expect(new Set(geneses).size).toBe(3)
  expect(headHash([], 'genesis')).toBe('genesis')
  expect(headHash(ledgerOf([a]).links, 'genesis')).toBe(ledgerOf([a]).links[0]?.hash)
})
