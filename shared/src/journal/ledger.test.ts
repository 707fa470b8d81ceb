import { must } from '../plain/must'
import { aReceipt, emptyLedger, isSigned, ledgerOf, signed } from '../testing/receipts'
import { anEntry, db, mathLesson, salt } from '../testing/small-school'
import { fold } from './fold'
import { foldRules } from '../testing/folding'
import {
  admittedOf,
  appendEntry,
  appendReadmission,
  falseText,
  findReceipt,
  flatten,
  hashAt,
  latestReceipts,
  lengthOf,
  mergeLedgers,
  verifyLedger,
  type Ledger,
  type Link,
} from './ledger'
import { admitted, waitingFor } from './receipt'

const topic = (text: string, base: string[] = []) =>
  anEntry({ kind: 'set-topic', cell: 'topic', value: { text, salt }, base })
const [a, b, c, d] = [
  anEntry(),
  topic('Дроби'),
  anEntry({ cell: 'mark:answer:s2' }),
  anEntry({ cell: 'mark:answer:s3' }),
]
const ledger = ledgerOf([a, b, c])
const verify = (links: readonly Link[], sheet = mathLesson) => verifyLedger(db, sheet, links, isSigned)
const cellsOf = (from: Ledger) => fold(admittedOf(from), foldRules())

function edit(links: readonly Link[], at: number, change: (link: Link) => Link): Link[] {
  return links.map((link, i) => (i === at ? change(link) : link))
}
function ofEntry(link: Link): Extract<Link, { type: 'entry' }> {
  if (link.type !== 'entry') throw new Error('no entry')
  return link
}

describe('L1 the chain', () => {
  test('A4 an honest ledger verifies', () => {
    expect(verify(ledger.links)).toBeNull()
    expect(verify([])).toBeNull()
  })
  test.each<[string, (links: Link[]) => Link[], string]>([
    ['a link left out', (links) => links.toSpliced(1, 1), 'hash'],
    ['two in another order', ([x, y, z]) => [must(y, 'y'), must(x, 'x'), must(z, 'z')], 'hash'],
    ['a link twice', ([x, ...rest]) => [must(x, 'x'), must(x, 'x'), ...rest], 'hash'],
    [
      'a value changed',
      (links) =>
        edit(links, 0, (link) => ({
          ...ofEntry(link),
          entry: { ...ofEntry(link).entry, changes: [{ cell: 'mark:answer:s1', value: '2', base: [] }] },
        })),
      'entry-id',
    ],
    [
      'an author changed',
      (links) =>
        edit(links, 0, (link) => ({ ...ofEntry(link), entry: { ...ofEntry(link).entry, author: 't3' } })),
      'entry-id',
    ],
    [
      'a receipt changed',
      (links) =>
        edit(links, 0, (link) => ({ ...ofEntry(link), receipt: { ...ofEntry(link).receipt, received: 1 } })),
      'hash',
    ],
    [
      'another entry under the hash',
      (links) => edit(links, 0, (link) => ({ ...ofEntry(link), entry: d })),
      'hash',
    ],
  ])('finds %s', (_what, spoil, fault) => {
    expect(verify(spoil([...ledger.links]))?.fault).toBe(fault)
  })
  test('finds a ledger moved under another id', () => {
    expect(verify(ledger.links, 'lesson:m5:2026-09-17:2')).toEqual({ at: 0, fault: 'hash' })
  })
  test('finds a receipt that the server did not sign, though somebody chained it anew', () => {
    const unsigned = appendEntry(emptyLedger, a, { ...aReceipt(a), signature: 'x' })
    expect(verify(unsigned.links)).toEqual({ at: 0, fault: 'signature' })
  })
  test('finds a signed receipt of another entry or sheet', () => {
    expect(verify(appendEntry(emptyLedger, a, aReceipt(b)).links)?.fault).toBe('receipt')
    const friday = 'lesson:m5:2026-09-18:2'
    const elsewhere = signed({ ...aReceipt(a), sheet: friday })
    expect(verify(appendEntry(emptyLedger, a, elsewhere).links, friday)?.fault).toBe('receipt')
  })
  test('texts lie beside as commitments; erasing them keeps the chain and the shape of what was said', () => {
    expect(JSON.stringify(ledger.links)).not.toContain('Дроби')
    expect(cellsOf(ledger).cells.topic?.value).toEqual({ text: 'Дроби', salt })
    const erased = { ...ledger, texts: {} }
    expect(verify(erased.links)).toBeNull()
    expect(cellsOf(erased).cells.topic?.value).toEqual({ commitment: expect.stringMatching(/^.{43}$/) })
  })
  test('finds a text that is not what was committed to', () => {
    const [commitment] = Object.keys(ledger.texts)
    expect(falseText(ledger)).toBeNull()
    expect(falseText({ texts: { [must(commitment, 'a text')]: { text: 'Проценты', salt } } })).toBe(
      commitment,
    )
  })
})

describe('appending', () => {
  test('O3 twice is once', () => {
    expect(appendEntry(ledger, a, aReceipt(a, { received: 5 }))).toBe(ledger)
  })
  test('A1, C6 judged again, the later word stands', () => {
    const waiting = appendEntry(emptyLedger, a, aReceipt(a, { admission: waitingFor('column') }))
    expect(cellsOf(waiting).standings[a.id]).toEqual({ is: 'waiting', for: 'column' })
    const received = must(findReceipt(waiting.links, a.id), 'a receipt')
    const again = appendReadmission(
      waiting,
      signed({ ...received, judged: received.judged + 1, admission: admitted }),
    )
    expect(cellsOf(again).standings[a.id]).toEqual({ is: 'holds' })
    expect(verify(again.links)).toBeNull()
    expect(findReceipt(again.links, a.id)).toEqual(received)
    expect(latestReceipts(again.links).get(a.id)?.admission).toEqual(admitted)
  })
})

describe('S2 two servers wrote at once', () => {
  const common = ledgerOf([a])
  const ours = ledgerOf([b], common)
  const theirs = ledgerOf([c, d], common)
  test('a merge has every entry once, either way round, and verifies', () => {
    for (const merged of [mergeLedgers(ours, theirs), mergeLedgers(theirs, ours)]) {
      expect(verify(merged.links)).toBeNull()
      expect(cellsOf(merged)).toEqual(cellsOf(ledgerOf([a, b, c, d])))
      expect(lengthOf(merged.links)).toBe(5)
    }
  })
  test('an entry that both received stands with the receipt of the first', () => {
    const later = appendEntry(common, d, aReceipt(d, { received: 9e12, admission: waitingFor('right') }))
    for (const merged of [mergeLedgers(theirs, later), mergeLedgers(later, theirs)]) {
      expect(findReceipt(merged.links, d.id)).toEqual(aReceipt(d))
      expect(cellsOf(merged).standings[d.id]).toEqual({ is: 'holds' })
    }
  })
  test('a ledger that has the other comes back as it is', () => {
    expect(mergeLedgers(ours, common).links).toBe(ours.links)
    expect(mergeLedgers(common, ours).links).toBe(ours.links)
  })
  test('servers that merged each other, and a third that saw neither, still merge and verify', () => {
    const one = mergeLedgers(ours, theirs)
    const two = mergeLedgers(theirs, ours)
    const third = ledgerOf([anEntry({ cell: 'taken', kind: 'take-attendance', value: true })], theirs)
    const all = mergeLedgers(mergeLedgers(one, two), third)
    expect(verify(mergeLedgers(one, two).links)).toBeNull()
    expect(verify(all.links)).toBeNull()
    expect(new Set(flatten(all.links).map(({ receipt }) => receipt.entry)).size).toBe(5)
  })
  test('two that share nothing merge at the genesis', () => {
    expect(verify(mergeLedgers(ledgerOf([a]), ledgerOf([b])).links)).toBeNull()
  })
  test.each<[string, (link: Extract<Link, { type: 'merge' }>) => Link]>([
    ['a branch cut short', (link) => ({ ...link, branch: link.branch.slice(0, 1) })],
    ['an empty branch', (link) => ({ ...link, branch: [] })],
    ['other heads', (link) => ({ ...link, heads: [link.heads[1], link.heads[0]] })],
  ])('L1 finds %s in a merge', (_what, spoil) => {
    const merged = mergeLedgers(ours, theirs).links
    const last = must(merged.at(-1), 'a merge')
    if (last.type !== 'merge') throw new Error('no merge')
    expect(verify([...merged.slice(0, -1), spoil(last)])).not.toBeNull()
  })
  test('L1 finds an edit inside a merged branch', () => {
    const merged = mergeLedgers(ours, theirs).links
    const spoilt = edit(merged, 2, (link) =>
      link.type === 'merge'
        ? {
            ...link,
            branch: edit(link.branch, 0, (inner) => ({
              ...ofEntry(inner),
              entry: { ...ofEntry(inner).entry, n: 99 },
            })),
          }
        : link,
    )
    expect(verify(spoilt)).toEqual({ at: 2, fault: 'entry-id' })
  })
  test('L2 an anchored head is found though a merge made a branch of it', () => {
    const anchored = { length: theirs.links.length, head: must(theirs.links.at(-1), 'a link').hash }
    expect(hashAt(mergeLedgers(ours, theirs).links, anchored)).toBe(anchored.head)
    expect(hashAt(common.links, anchored)).toBe('too-short')
    expect(hashAt(ledgerOf([b, c, d]).links, anchored)).not.toBe(anchored.head)
  })
})
