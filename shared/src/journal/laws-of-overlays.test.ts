import * as fc from 'fast-check'
import { viewerOf } from '../people/viewer'
import { must } from '../plain/must'
import { arrivals } from '../testing/arrivals'
import { documentWith, type Arrived } from '../testing/documents'
import { aReceipt } from '../testing/receipts'
import { anEntry, db, mathLesson, smallSchool } from '../testing/small-school'
import { examples } from '../testing/property-runs'
import { makeEntry } from './build'
import { foldRulesFor } from './document'
import { guessMade } from './made'
import { overlay, type OwnEntry, type ShownSheet } from './overlay'
import { project, type ProjectedSheet } from './project'
import { admitted, waitingFor } from './receipt'

const school = smallSchool({
  policy: {
    'policy:2026-09-01': {
      preset: 'product-default',
      overrides: { 'sync.sameAuthorConflict': 'askAuthor', 'sync.substituteConflict': 'deputyDecides' },
    },
  },
})
const rules = foldRulesFor(mathLesson, school)
const teacher = viewerOf('t1', '2026-09-16', school)
const pull = (arrived: readonly Arrived[]): ProjectedSheet =>
  must(project(documentWith(mathLesson, arrived, school), teacher, school), 'a sheet')

const wishes = fc.array(
  fc.record({
    cell: fc.constantFrom('mark:answer:s1', 'mark:answer:s2'),
    value: fc.constantFrom('2', '3', '4', '5', null),
    at: fc.nat({ max: 8 }),
    waits: fc.boolean(),
  }),
  { minLength: 1, maxLength: 5 },
)

/** t1 writes offline, each time on top of what the own screen shows. */
function writeOn(
  pulled: ProjectedSheet,
  wished: { cell: string; value: string | null; at: number }[],
): OwnEntry[] {
  const own: OwnEntry[] = []
  for (const [i, { cell, value, at }] of wished.entries()) {
    const { made } = anEntry({ at: Date.parse('2026-09-16T06:40:00Z') + at * 50_000 })
    const shown = overlay(mathLesson, pulled, own, rules)
    const draft = { sheet: mathLesson, kind: 'set-mark' as const, set: [{ cell, value }] }
    const entry = makeEntry(draft, shown, { db, author: 't1', device: 'tablet1', n: 100 + i, made })
    own.push({ entry, receipt: null, capacity: 'assignee' })
  }
  return own
}
function arriving({ entry, capacity }: OwnEntry, waits: boolean): Arrived {
  const at = guessMade(entry.made)
  return {
    entry,
    receipt: aReceipt(entry, {
      capacity,
      made: { from: at, to: at },
      admission: waits ? waitingFor('right') : admitted,
    }),
  }
}
const seen = ({ cells }: ShownSheet) =>
  Object.fromEntries(
    Object.entries(cells).map(([cell, { value, heads, contested, times }]) => [
      cell,
      { value, heads, contested, times },
    ]),
  )

test('the screen shows, before anything was sent, what the school will say once it has it all', () => {
  fc.assert(
    fc.property(arrivals(), wishes, (arrived, wished) => {
      const pulled = pull(arrived)
      const own = writeOn(pulled, wished)
      const atSchool = pull([...arrived, ...own.map((mine) => arriving(mine, false))])
      expect(seen(overlay(mathLesson, pulled, own, rules))).toEqual(
        seen(overlay(mathLesson, atSchool, [], rules)),
      )
    }),
    examples(500),
  )
})

test('O2 once pulled, an own entry is shown by the pulled sheet alone, with what became of it', () => {
  fc.assert(
    fc.property(arrivals(), wishes, (arrived, wished) => {
      const own = writeOn(pull(arrived), wished)
      const came = own.map((mine, i) => arriving(mine, wished[i]?.waits ?? false))
      const atSchool = pull([...arrived, ...came])
      const kept = own.map((mine, i) => ({ ...mine, receipt: came[i]?.receipt ?? null }))
      const shown = overlay(mathLesson, atSchool, kept, rules)
      expect(seen(shown)).toMatchObject(seen(overlay(mathLesson, atSchool, [], rules)))
      for (const { entry } of own)
        expect(shown.own[entry.id]).toEqual({ standing: atSchool.own[entry.id], state: 'at-school' })
      expect(Object.values(shown.cells).some(({ onDevice }) => onDevice)).toBe(false)
    }),
    examples(500),
  )
})

test('O2 between receipt and pull nothing that the author sees changes', () => {
  fc.assert(
    fc.property(arrivals(), wishes, (arrived, wished) => {
      const pulled = pull(arrived)
      const own = writeOn(pulled, wished)
      const sent = own.map((mine) => ({ ...mine, receipt: arriving(mine, false).receipt }))
      expect(seen(overlay(mathLesson, pulled, sent, rules))).toEqual(
        seen(overlay(mathLesson, pulled, own, rules)),
      )
    }),
    examples(500),
  )
})
