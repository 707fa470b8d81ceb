import { must } from '../plain/must'
import { arrived, documentAfter } from '../testing/documents'
import { foldRules } from '../testing/folding'
import { aReceipt, emptyLedger, ledgerOf, signed } from '../testing/receipts'
import { anEntry, db, mathLesson, salt, smallSchool } from '../testing/small-school'
import { foldRulesOf } from './capacity'
import { documentOf, foldRulesFor, type SheetDocument } from './document'
import { foldVersion, type Folded } from './fold'
import { appendEntry, appendReadmission } from './ledger'
import { waitingFor, waitingForDeputy } from './receipt'
import { defaultPolicy } from '../policy/policy'
import type { Cell, Head } from './sheet'

const cell = 'mark:answer:s1'
const place = { db, sheet: mathLesson, epoch: 'e1' }
const first = anEntry()
const other = anEntry({ cell: 'mark:answer:s2' })

test('a document is its ledger, what that adds up to, and where it belongs', () => {
  const ledger = ledgerOf([first])
  expect(documentOf(place, ledger, foldRules(), 5, null)).toEqual({
    _id: mathLesson,
    type: 'lesson',
    db,
    version: 5,
    epoch: 'e1',
    fold: foldVersion,
    links: ledger.links,
    texts: {},
    cells: { [cell]: expect.objectContaining({ value: '5', times: 1, version: 5 }) as object },
    standings: { [first.id]: { standing: { is: 'holds' }, author: 't1', version: 5 } },
    waiting: false,
  })
  const unknown = { ...place, sheet: 'thread:x' }
  expect(documentOf(unknown, emptyLedger, foldRules(), 1, null)).toMatchObject({ type: 'unknown', cells: {} })
})

describe('P-4 a cell and a standing bear the version at which they last came to say something else', () => {
  test('what another entry does not touch keeps its version', () => {
    const { version, cells, standings } = documentAfter(mathLesson, [arrived(first), arrived(other)])
    expect(version).toBe(2)
    expect([cells[cell]?.version, cells['mark:answer:s2']?.version]).toEqual([1, 2])
    expect([standings[first.id]?.version, standings[other.id]?.version]).toEqual([1, 2])
  })
  test('what it replaces does not, and says who wrote it', () => {
    const next = anEntry({ value: '4', author: 't3', base: [first.id] })
    const { cells, standings } = documentAfter(mathLesson, [arrived(first), arrived(next)])
    expect(cells[cell]?.version).toBe(2)
    expect(standings).toEqual({
      [first.id]: { standing: { is: 'replaced' }, author: 't1', version: 2 },
      [next.id]: { standing: { is: 'holds' }, author: 't3', version: 2 },
    })
  })
  test('an erased text is something else', () => {
    const topic = anEntry({ kind: 'set-topic', cell: 'topic', value: { text: 'Дроби', salt } })
    const before = documentOf(place, ledgerOf([topic]), foldRules(), 1, null)
    const erased = documentOf(place, { links: before.links, texts: {} }, foldRules(), 2, before)
    expect(erased.cells.topic?.version).toBe(2)
  })

  const head: Head = { id: 'a', author: 't1', capacity: 'assignee', made: 5, rank: 3, value: '5' }
  const low: Head = { ...head, id: 'b', made: 4 }
  const said: Cell = { value: '5', heads: [head], contested: false, times: 1 }
  const fold = (now: Cell): Folded => ({ cells: { [cell]: now }, standings: {} })
  const versionOf = (now: Cell, then: Cell) => {
    const before = documentOf(place, emptyLedger, foldRules(), 1, null, fold(then))
    return documentOf(place, emptyLedger, foldRules(), 2, before, fold(now)).cells[cell]?.version
  }
  test('the same cell keeps it', () => {
    expect(versionOf(structuredClone(said), said)).toBe(1)
    const two = { ...said, heads: [head, low] }
    expect(versionOf(structuredClone(two), two)).toBe(1)
  })
  test.each<[string, Cell, Cell]>([
    ['another value', { ...said, value: '4' }, said],
    ['that it became contested', { ...said, contested: true }, said],
    ['one entry more that set it', { ...said, times: 2 }, said],
    ['another head', { ...said, heads: [{ ...head, id: 'c' }] }, said],
    ['a head that lost, beside the one that holds', { ...said, heads: [head, low] }, said],
    ['a head less', said, { ...said, heads: [head, low] }],
    ['another second head', { ...said, heads: [head, { ...low, id: 'c' }] }, { ...said, heads: [head, low] }],
    ['a later moment', { ...said, heads: [{ ...head, made: 6 }] }, said],
    ['a higher rank', { ...said, heads: [{ ...head, rank: 4 }] }, said],
  ])('%s is something else', (_what, now, then) => {
    expect(versionOf(now, then)).toBe(2)
  })
})

describe('A1 the sweep finds what waits for a fact', () => {
  const after = (...receipts: ReturnType<typeof aReceipt>[]): SheetDocument => {
    const [one, ...more] = receipts
    const ledger = more.reduce(appendReadmission, appendEntry(emptyLedger, first, must(one, 'a receipt')))
    return documentOf(place, ledger, foldRules(), 1, null)
  }
  const waiting = aReceipt(first, { admission: waitingFor('column') })

  test('until it has arrived', () => {
    expect(after(waiting).waiting).toBe(true)
    expect(after(waiting, signed({ ...aReceipt(first), judged: 9e12 })).waiting).toBe(false)
  })
  test('and not what waits for a deputy', () => {
    expect(after(aReceipt(first, { admission: waitingForDeputy('late') })).waiting).toBe(false)
  })
})

test('A3 a lesson is folded by the policy of its date, everything else by the product’s own', () => {
  const asking = smallSchool({
    policy: {
      'policy:2026-09-16': {
        preset: 'product-default',
        overrides: { 'sync.sameAuthorConflict': 'askAuthor' },
      },
    },
  })
  const asks = ['lesson:m5:2026-09-15:2', mathLesson, 'roster:c5a', 'thread:x'].map(
    (sheet) => foldRulesFor(sheet, asking).askSameAuthor,
  )
  expect(asks).toEqual([false, true, false, false])
  expect(foldRulesFor('roster:c5a', asking)).toEqual(foldRulesOf(defaultPolicy))
})
