import { hashOf } from '../plain/hash'
import { must } from '../plain/must'
import { aReceipt, ledgerOf } from '../testing/receipts'
import { anEntry, db } from '../testing/small-school'
import { compareWithStore, merkleRoot, nextAnchor, replayAnchors, type Anchor, type Leaf } from './anchor'
import { appendEntry, hashAt, headHash, lengthOf, mergeLedgers, type Ledger } from './ledger'

const sheets = ['lesson:m5:2026-09-16:2', 'lesson:m5:2026-09-17:2', 'lesson:m5:2026-09-18:2']
const onSheet = (sheet: string, cell = 'mark:answer:s1') => anEntry({ sheet, cell })
const store = (): Map<string, Ledger> =>
  new Map(sheets.map((sheet) => [sheet, ledgerOf([onSheet(sheet), onSheet(sheet, 'mark:answer:s2')])]))
const leavesOf = (ledgers: Map<string, Ledger>) =>
  new Map(
    [...ledgers].map(([sheet, { links }]): [string, Leaf] => [
      sheet,
      { sheet, length: lengthOf(links), head: headHash(links, '') },
    ]),
  )

function sign(content: Omit<Anchor, 'signature'>): Anchor {
  const { signature: _old, ...anchor } = { signature: '', ...content }
  return { ...anchor, signature: hashOf({ key: 'k', anchor }) }
}
const isSigned = ({ signature, ...anchor }: Anchor) => hashOf({ key: 'k', anchor }) === signature
const hashIn = (ledgers: Map<string, Ledger>) => (sheet: string, length: number, head: string) => {
  const ledger = ledgers.get(sheet)
  return ledger ? hashAt(ledger.links, { length, head }) : 'no-sheet'
}

/** Two anchors an hour apart: the second knows one more entry on the first sheet. */
function anchored() {
  const ledgers = store()
  const first = leavesOf(ledgers)
  const one = sign(nextAnchor(db, 1, null, new Map(), first))
  const [sheet = ''] = sheets
  const entry = onSheet(sheet, 'mark:answer:s3')
  ledgers.set(sheet, appendEntry(must(ledgers.get(sheet), sheet), entry, aReceipt(entry)))
  const two = sign(nextAnchor(db, 2, one, first, leavesOf(ledgers)))
  return { ledgers, anchors: [one, two] }
}
function remembered(anchors: readonly Anchor[]): Map<string, Leaf> {
  const leaves = replayAnchors(anchors, isSigned)
  if (!(leaves instanceof Map)) throw new Error(leaves.fault)
  return leaves
}

describe('L2 anchors', () => {
  test('an honest store agrees with them, and may have grown since', () => {
    const { ledgers, anchors } = anchored()
    expect(anchors[1]?.changed).toHaveLength(1)
    expect(compareWithStore(remembered(anchors), hashIn(ledgers))).toBeNull()
    const [sheet = ''] = sheets
    const more = onSheet(sheet, 'mark:answer:s1')
    ledgers.set(sheet, appendEntry(must(ledgers.get(sheet), sheet), more, aReceipt(more)))
    expect(compareWithStore(remembered(anchors), hashIn(ledgers))).toBeNull()
  })
  test('find a truncated ledger', () => {
    const { ledgers, anchors } = anchored()
    const [sheet = ''] = sheets
    const ledger = must(ledgers.get(sheet), sheet)
    ledgers.set(sheet, { ...ledger, links: ledger.links.slice(0, -1) })
    expect(compareWithStore(remembered(anchors), hashIn(ledgers))).toEqual({ fault: 'truncated', sheet })
  })
  test('find a deleted sheet', () => {
    const { ledgers, anchors } = anchored()
    ledgers.delete(sheets[1] ?? '')
    expect(compareWithStore(remembered(anchors), hashIn(ledgers))).toEqual({
      fault: 'deleted',
      sheet: sheets[1],
    })
  })
  test('find a ledger rewritten from the start', () => {
    const { ledgers, anchors } = anchored()
    const sheet = sheets[2] ?? ''
    ledgers.set(sheet, ledgerOf([onSheet(sheet, 'mark:answer:s3'), onSheet(sheet)]))
    expect(compareWithStore(remembered(anchors), hashIn(ledgers))).toEqual({ fault: 'rewritten', sheet })
  })
  test('S2 a merge of what was anchored is no fault', () => {
    const { ledgers, anchors } = anchored()
    const [sheet = ''] = sheets
    const other = ledgerOf([onSheet(sheet, 'mark:answer:s2')])
    ledgers.set(sheet, mergeLedgers(other, must(ledgers.get(sheet), sheet)))
    expect(compareWithStore(remembered(anchors), hashIn(ledgers))).toBeNull()
  })
  test.each<[string, (anchors: Anchor[]) => Anchor[], string, number]>([
    ['one left out', (anchors) => anchors.slice(1), 'chain', 0],
    ['the first twice', ([one]) => [must(one, '1'), must(one, '1')], 'chain', 1],
    [
      'one that somebody else signed',
      ([one, two]) => [must(one, '1'), { ...must(two, '2'), at: 3 }],
      'signature',
      1,
    ],
    [
      'a sheet dropped between two',
      ([one, two]) => [must(one, '1'), sign({ ...must(two, '2'), count: 2 })],
      'root',
      1,
    ],
    [
      'a leaf altered',
      ([one]) => [
        sign({ ...must(one, '1'), changed: must(one, '1').changed.map((leaf) => ({ ...leaf, length: 1 })) }),
      ],
      'root',
      0,
    ],
  ])('find %s among themselves', (_what, spoil, fault, at) => {
    expect(replayAnchors(spoil(anchored().anchors), isSigned)).toEqual({ fault, at })
  })
})

test('the root does not depend on the order, and depends on everything else', () => {
  const leaves = [...leavesOf(store()).values()]
  const root = merkleRoot(leaves)
  expect(merkleRoot([...leaves].reverse())).toBe(root)
  const altered = [
    leaves.slice(1),
    [...leaves, { sheet: 'x', length: 1, head: 'h' }],
    leaves.map((leaf, i) => (i === 1 ? { ...leaf, length: 9 } : leaf)),
    [],
  ]
  expect(new Set([root, ...altered.map(merkleRoot)]).size).toBe(5)
})

test('L2 the root is a tree that any other program can build: pairs in order of the sheets’ ids, an odd one as it is', () => {
  const leaf = (sheet: string): Leaf => ({ sheet, length: sheet.length, head: `h${sheet}` })
  const hashed = (sheet: string) => hashOf({ leaf: [sheet, sheet.length, `h${sheet}`] })
  const node = (left: string, right: string) => hashOf({ node: [left, right] })
  const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map(hashed) as [string, string, string, string, string]
  expect(merkleRoot([])).toBe(hashOf({ leaf: [] }))
  expect(merkleRoot([leaf('a')])).toBe(a)
  expect(merkleRoot([leaf('b'), leaf('a')])).toBe(node(a, b))
  expect(merkleRoot(['c', 'a', 'b'].map(leaf))).toBe(node(node(a, b), c))
  expect(merkleRoot(['e', 'c', 'a', 'd', 'b'].map(leaf))).toBe(node(node(node(a, b), node(c, d)), e))
})

describe('L2 what an anchor lists', () => {
  const leaf = (sheet: string, length: number, head: string): Leaf => ({ sheet, length, head })
  const mapOf = (...leaves: Leaf[]) => new Map(leaves.map((one) => [one.sheet, one]))
  const before = mapOf(leaf('a', 1, 'x'), leaf('b', 1, 'x'), leaf('d', 1, 'x'))
  const now = mapOf(leaf('d', 1, 'y'), leaf('c', 1, 'x'), leaf('b', 2, 'x'), leaf('a', 1, 'x'))
  const changed = (setBack?: { epoch: string; to: null }) =>
    nextAnchor(db, 1, null, before, now, setBack).changed.map(({ sheet }) => sheet)

  test('is what is new, longer or has another head, in order of the ids', () => {
    expect(changed()).toEqual(['b', 'c', 'd'])
  })
  test('O3 is everything, where it tells of a restore', () => {
    expect(changed({ epoch: 'e2', to: null })).toEqual(['a', 'b', 'c', 'd'])
  })
})

describe('O3 a restore is an act in the chain', () => {
  const setBack = { epoch: 'e2', to: 1 }
  function restored() {
    const { anchors } = anchored()
    const older = leavesOf(store())
    const [lost = ''] = sheets
    older.delete(lost)
    const said = nextAnchor(db, 3, must(anchors.at(-1), 'an anchor'), remembered(anchors), older, setBack)
    return { anchors, older, said }
  }
  test('from there on the chain remembers what the restored store said, and no more', () => {
    const { anchors, older, said } = restored()
    expect(remembered([...anchors, sign(said)])).toEqual(older)
    expect(said.setBack).toEqual(setBack)
  })
  test('a store that says less without one is a fault', () => {
    const { anchors, said } = restored()
    const { setBack: _unsaid, ...silent } = said
    expect(replayAnchors([...anchors, sign(silent)], isSigned)).toEqual({ fault: 'root', at: 2 })
    expect(nextAnchor(db, 3, null, new Map(), new Map())).not.toHaveProperty('setBack')
  })
})
