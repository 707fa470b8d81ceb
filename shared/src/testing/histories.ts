import * as fc from 'fast-check'
import type { FoldRules } from '../journal/capacity'
import type { Admitted } from '../journal/fold'
import { admitted, capacities, out, waitingFor, type Admission } from '../journal/receipt'
import { foldRules } from './folding'

/** Arbitrary histories of one sheet, small enough that everything meets: few cells, few values, few moments. */

export const cellNames = ['mark:answer:s1', 'reason:s1', 'topic'] as const

const admission = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Admission>(admitted) },
  { weight: 1, arbitrary: fc.constant<Admission>(waitingFor('right')) },
  { weight: 1, arbitrary: fc.constant<Admission>(out('forbidden-value')) },
)
const change = fc.record({
  cell: fc.constantFrom(...cellNames),
  value: fc.constantFrom('2', '3', '4', '5', null),
  /** Which of the earlier entries on the cell its author saw: from none to many, or a chain. */
  saw: fc.array(fc.nat(), { maxLength: 3 }),
})
const step = fc.record({
  name: fc.nat({ max: 35 }),
  author: fc.constantFrom('t1', 't2', 't3'),
  capacity: fc.constantFrom(...capacities),
  made: fc.oneof(
    fc.constant(0),
    fc.nat({ max: 6 }).map((n) => n * 50_000),
  ),
  admission,
  changes: fc.uniqueArray(change, { minLength: 1, maxLength: 3, selector: ({ cell }) => cell }),
})

/** Entries in an order in which each could have been made: a base is always an earlier entry on the same cell. */
export const histories: fc.Arbitrary<Admitted[]> = fc
  .array(step, { minLength: 1, maxLength: 14 })
  .map((steps) => {
    const entries: Admitted[] = []
    for (const [i, { name, changes, ...rest }] of steps.entries()) {
      const earlier = (cell: string) =>
        entries.filter((entry) => entry.changes.some((made) => made.cell === cell))
      entries.push({
        ...rest,
        // The name decides the order of ids, apart from the order of arrival.
        id: `${name.toString(36)}-${i}`,
        changes: changes.map(({ cell, value, saw }) => {
          const seen = earlier(cell)
          return {
            cell,
            value,
            base: [...new Set(seen.length > 0 ? saw.map((n) => seen[n % seen.length]?.id ?? '') : [])],
          }
        }),
      })
    }
    return entries
  })

export const rules: fc.Arbitrary<FoldRules> = fc
  .record({ reasonIsHomerooms: fc.boolean(), askSameAuthor: fc.boolean(), askAboutSubstitute: fc.boolean() })
  .map(foldRules)
