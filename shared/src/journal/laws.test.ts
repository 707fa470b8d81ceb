import * as fc from 'fast-check'
import { must } from '../plain/must'
import { cellNames, histories, rules } from '../testing/histories'
import { examples } from '../testing/property-runs'
import { rankOf, type FoldRules } from './capacity'
import { fold, foldOne, sameValue, standingsOf, type Admitted } from './fold'

const runs = examples(800)
const isIn = ({ admission }: Admitted) => admission.is === 'in'
const changeOn = (entry: Admitted, cell: string) => entry.changes.find((change) => change.cell === cell)
const idsOf = (entries: readonly Admitted[]) => entries.map(({ id }) => id)

/** Everything an entry has seen in a cell, found in the plainest way. */
function seenBy(entry: Admitted, cell: string, all: readonly Admitted[]): Admitted[] {
  const bases = all.filter(({ id }) => changeOn(entry, cell)?.base.includes(id))
  return bases.flatMap((base) => [base, ...seenBy(base, cell, all)])
}

function weightOf(
  entry: Admitted,
  cell: string,
  all: readonly Admitted[],
  by: FoldRules,
): { rank: number; made: number } {
  const weights = seenBy(entry, cell, all)
    .filter(isIn)
    .map((seen) => weightOf(seen, cell, all, by))
  return {
    rank: Math.max(rankOf(entry.capacity, cell, by), ...weights.map(({ rank }) => rank)),
    made: Math.max(entry.made, ...weights.map(({ made }) => made + 1)),
  }
}

test('C1 any order and repetition of the same entries gives the same cells and standings', () => {
  const shuffled = histories.chain((entries) =>
    fc.tuple(
      fc.constant(entries),
      fc.shuffledSubarray(entries, { minLength: entries.length }),
      fc.subarray(entries),
    ),
  )
  fc.assert(
    fc.property(shuffled, rules, ([entries, anotherOrder, again], by) => {
      expect(fold([...again, ...anotherOrder, ...again], by)).toEqual(fold(entries, by))
    }),
    runs,
  )
})

test('C2, C3 heads are the candidates that no other candidate has seen', () => {
  fc.assert(
    fc.property(histories, rules, (entries, by) => {
      const { cells } = fold(entries, by)
      for (const cell of cellNames) {
        const candidates = entries.filter((entry) => isIn(entry) && changeOn(entry, cell))
        const seen = new Set(candidates.flatMap((entry) => idsOf(seenBy(entry, cell, entries))))
        const unseen = idsOf(candidates).filter((id) => !seen.has(id))
        expect((cells[cell]?.heads ?? []).map(({ id }) => id).sort()).toEqual(unseen.sort())
        expect(cells[cell]?.times ?? 0).toBe(candidates.length)
      }
    }),
    runs,
  )
})

test('C4 of several heads the highest rank holds, of one rank the latest made, of one moment the greatest id', () => {
  fc.assert(
    fc.property(histories, rules, (entries, by) => {
      for (const [cell, { heads, value }] of Object.entries(fold(entries, by).cells)) {
        const weighed = heads.map(({ id }) => {
          const entry = must(
            entries.find((made) => made.id === id),
            id,
          )
          return { id, ...weightOf(entry, cell, entries, by) }
        })
        const ranked = weighed.toSorted(
          (a, b) => b.rank - a.rank || b.made - a.made || (a.id < b.id ? 1 : -1),
        )
        expect(heads.map(({ id, rank, made }) => ({ id, rank, made }))).toEqual(ranked)
        expect(value).toEqual(heads[0]?.value)
      }
    }),
    runs,
  )
})

test('C3 one head: it holds, and nothing is contested', () => {
  fc.assert(
    fc.property(histories, rules, (entries, by) => {
      const { cells, standings } = fold(entries, by)
      const single = Object.values(cells).filter(({ heads }) => heads.length === 1)
      expect(single.filter(({ contested }) => contested)).toEqual([])
      // In every cell that it set, the entry is the only head, or another has seen it there.
      const alone = single
        .flatMap(({ heads }) => heads)
        .filter(({ id }) => {
          const others = Object.values(cells).filter(({ heads }) => heads.some((head) => head.id === id))
          return others.every(({ heads }) => heads.length === 1)
        })
      expect(alone.map(({ id }) => standings[id]?.is)).toEqual(alone.map(() => 'holds'))
    }),
    runs,
  )
})

test('C4 adding an entry never makes a third one hold', () => {
  fc.assert(
    fc.property(histories, rules, (entries, by) => {
      const [before, after] = [fold(entries.slice(0, -1), by), fold(entries, by)]
      const added = must(entries.at(-1), 'an entry').id
      for (const cell of cellNames) {
        const [held, holds] = [before.cells[cell]?.heads[0]?.id, after.cells[cell]?.heads[0]?.id]
        expect([held, added]).toContain(holds)
      }
      expect(Object.keys(after.cells)).toEqual(expect.arrayContaining(Object.keys(before.cells)))
    }),
    examples(2000),
  )
})

test('C4 an entry that has seen all heads holds, whoever wrote it and whenever', () => {
  fc.assert(
    fc.property(histories, rules, fc.constantFrom(...cellNames), fc.string(), (entries, by, cell, id) => {
      const base = fold(entries, by).cells[cell]?.heads.map((head) => head.id) ?? []
      const last: Admitted = {
        id: `last${id}`,
        author: 't9',
        admission: { is: 'in' },
        capacity: 'none',
        made: 0,
        changes: [{ cell, value: 'last', base }],
      }
      const after = fold([...entries, last], by)
      expect(after.cells[cell]).toMatchObject({ value: 'last', contested: false, heads: [{ id: last.id }] })
      expect(after.standings[last.id]).toEqual({ is: 'holds' })
    }),
    runs,
  )
})

test('C4 an equal value is never superseded, and what supersedes is what holds', () => {
  fc.assert(
    fc.property(histories, rules, (entries, by) => {
      const { cells, standings } = fold(entries, by)
      for (const entry of entries) {
        const standing = must(standings[entry.id], entry.id)
        if (standing.is !== 'superseded') continue
        const cell = must(cells[standing.cell], standing.cell)
        expect(standing.by).toBe(cell.heads[0]?.id)
        expect(sameValue(must(changeOn(entry, standing.cell), entry.id).value, cell.value)).toBe(false)
      }
    }),
    runs,
  )
})

test('C5 only heads are contested, where they differ, and never where nothing asks', () => {
  fc.assert(
    fc.property(histories, rules, (entries, by) => {
      const { cells, standings } = fold(entries, by)
      const contested = Object.entries(cells).filter(([, cell]) => cell.contested)
      expect(
        contested.filter(([, { heads }]) =>
          heads.every(({ value }) => sameValue(value, heads[0]?.value ?? null)),
        ),
      ).toEqual([])
      expect(contested.length > 0 && !by.askSameAuthor && !by.askAboutSubstitute).toBe(false)
      const said = Object.entries(standings).flatMap(([id, standing]) =>
        standing.is === 'contested' ? [{ id, cell: standing.cell }] : [],
      )
      const strangers = said.filter(
        ({ id, cell }) => !cells[cell]?.contested || !cells[cell].heads.some((head) => head.id === id),
      )
      expect(strangers).toEqual([])
    }),
    runs,
  )
})

test('an entry that is not admitted changes no cell, and stands as its receipt says', () => {
  fc.assert(
    fc.property(histories, rules, (entries, by) => {
      const added = must(entries.at(-1), 'an entry')
      const aside: Admitted = { ...added, admission: { is: 'waiting', for: 'deputy', why: 'late' } }
      const after = fold([...entries.slice(0, -1), aside], by)
      expect(after.cells).toEqual(fold(entries.slice(0, -1), by).cells)
      expect(after.standings[added.id]).toEqual(aside.admission)
    }),
    runs,
  )
})

test('one cell folded alone says what the whole fold says of it, and standings follow from the cells', () => {
  fc.assert(
    fc.property(histories, rules, (entries, by) => {
      const { cells, standings } = fold(entries, by)
      for (const cell of cellNames) {
        expect(foldOne(cell, entries, by)).toEqual(cells[cell] ?? null)
      }
      expect(standingsOf(entries, cells, by)).toEqual(standings)
    }),
    examples(300),
  )
})
