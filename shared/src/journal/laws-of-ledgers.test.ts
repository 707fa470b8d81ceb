import * as fc from 'fast-check'
import type { Json } from '../plain/json'
import { must } from '../plain/must'
import { arrivals } from '../testing/arrivals'
import type { Arrived } from '../testing/documents'
import { foldRules } from '../testing/folding'
import { aReceipt, emptyLedger, isSigned } from '../testing/receipts'
import { db, mathLesson } from '../testing/small-school'
import { examples } from '../testing/property-runs'
import { compareWithStore } from './anchor'
import { fold } from './fold'
import {
  admittedOf,
  appendEntry,
  falseText,
  flatten,
  hashAt,
  headHash,
  lengthOf,
  mergeLedgers,
  verifyLedger,
  type Ledger,
  type Link,
} from './ledger'

const runs = examples(500)
const rules = foldRules({ askSameAuthor: true, askAboutSubstitute: true })
const grow = (ledger: Ledger, arrived: readonly Arrived[]) =>
  arrived.reduce((grown, { entry, receipt }) => appendEntry(grown, entry, receipt), ledger)
const says = (ledger: Ledger) => fold(admittedOf(ledger), rules)
const verify = (links: readonly Link[]) => verifyLedger(db, mathLesson, links, isSigned)

/** Two servers: what both have, and what each got alone; some entries reached both. */
const branches = arrivals(7).chain((all) =>
  fc.record({
    all: fc.constant(all),
    common: fc.nat({ max: all.length }),
    ours: fc.array(fc.boolean(), { minLength: all.length, maxLength: all.length }),
    theirs: fc.array(fc.boolean(), { minLength: all.length, maxLength: all.length }),
  }),
)
function branch({
  all,
  common,
  ours,
  theirs,
}: {
  all: Arrived[]
  common: number
  ours: boolean[]
  theirs: boolean[]
}) {
  const shared = grow(emptyLedger, all.slice(0, common))
  const rest = all.slice(common)
  const later = ({ entry, receipt }: Arrived, i: number): Arrived => ({
    entry,
    receipt: aReceipt(entry, { ...receipt, received: receipt.received + i }),
  })
  return {
    ours: grow(
      shared,
      rest.filter((_, i) => ours[i]),
    ),
    theirs: grow(shared, rest.filter((_, i) => theirs[i] || !ours[i]).map(later)),
  }
}

test('C1 the same entries in another order of arrival, some of them twice, say the same', () => {
  const shuffled = arrivals().chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all)),
  )
  fc.assert(
    fc.property(shuffled, ([all, anotherOrder, again]) => {
      const other = grow(emptyLedger, [...again, ...anotherOrder, ...again])
      expect(says(other)).toEqual(says(grow(emptyLedger, all)))
      expect(verify(other.links)).toBeNull()
    }),
    runs,
  )
})

test('S2 a merge of two ledgers in either order folds alike, verifies, and is not needed twice', () => {
  fc.assert(
    fc.property(branches, (drawn) => {
      const { ours, theirs } = branch(drawn)
      const [one, two] = [mergeLedgers(ours, theirs), mergeLedgers(theirs, ours)]
      expect(says(one)).toEqual(says(two))
      const both = mergeLedgers(one, two)
      expect(says(both)).toEqual(says(one))
      expect([one, two, both].map(({ links }) => verify(links))).toEqual([null, null, null])
      expect([one, two, both].map(falseText)).toEqual([null, null, null])
      const held = new Set(flatten(one.links).map(({ receipt }) => receipt.entry))
      expect(held.size).toBe(drawn.all.length)
      expect(mergeLedgers(both, ours).links).toBe(both.links)
    }),
    runs,
  )
})

/** The paths to every single value of a JSON. */
function pathsOf(value: Json, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path]
  const entries: [string | number, Json][] = Array.isArray(value)
    ? value.map((item, i) => [i, item])
    : Object.entries(value)
  return entries.flatMap(([key, inner]) => pathsOf(inner, [...path, key]))
}
function altered(value: Json, [key, ...rest]: (string | number)[]): Json {
  if (key === undefined)
    return typeof value === 'number'
      ? value + 1
      : typeof value === 'boolean'
        ? !value
        : value === null
          ? 'x'
          : `${JSON.stringify(value)}x`
  if (Array.isArray(value)) return value.map((item, i) => (i === key ? altered(item, rest) : item))
  const object = value as { [key: string]: Json }
  return { ...object, [key]: altered(object[key] ?? null, rest) }
}
const copyOf = (links: readonly Link[]) => JSON.parse(JSON.stringify(links)) as Json

test('L1 any single edit, anywhere in a chain with its merges, is found', () => {
  fc.assert(
    fc.property(branches, fc.nat(), (drawn, pick) => {
      const { ours, theirs } = branch(drawn)
      const links = copyOf(mergeLedgers(ours, theirs).links)
      const paths = pathsOf(links)
      const spoilt = altered(links, must(paths[pick % paths.length], 'a path'))
      expect(verify(spoilt as unknown as Link[])).not.toBeNull()
    }),
    runs,
  )
})

test('L1, L2 any link dropped, doubled or swapped is found; the last one by the anchor', () => {
  fc.assert(
    fc.property(branches, fc.nat(), fc.constantFrom('drop', 'double', 'swap'), (drawn, pick, how) => {
      const { ours, theirs } = branch(drawn)
      const { links } = mergeLedgers(ours, theirs)
      const at = pick % links.length
      const link = must(links[at], 'a link')
      const next = links[at + 1]
      if (how === 'swap' && !next) return
      const spoilt =
        how === 'drop'
          ? links.toSpliced(at, 1)
          : how === 'double'
            ? links.toSpliced(at, 0, link)
            : links.toSpliced(at, 2, must(next, 'a link'), link)
      const leaf = { sheet: mathLesson, length: lengthOf(links), head: headHash(links, '') }
      const anchored = compareWithStore(new Map([[mathLesson, leaf]]), () => hashAt(spoilt, leaf))
      expect([verify(spoilt), anchored].some((fault) => fault !== null)).toBe(true)
    }),
    runs,
  )
})
