import * as z from 'zod/mini'
import { changeOf, commonFields, mostChanges } from '../entry'
import type { CellRule } from './cell-rule'

/** The schema of a kind whose changes are to cells of these rules. */
export function entryOf<K extends string>(kind: K, rules: readonly Pick<CellRule, 'pattern' | 'value'>[]) {
  const [first, ...rest] = rules.map(({ pattern, value }) => changeOf(pattern, value))
  if (!first) throw new Error(`a kind needs a cell: ${kind}`)
  return z.strictObject({
    ...commonFields,
    kind: z.literal(kind),
    changes: z
      .array(z.union([first, ...rest]))
      .check(z.minLength(1), z.maxLength(mostChanges), z.refine(namesEachCellOnce)),
  })
}

function namesEachCellOnce(changes: readonly { cell: string }[]): boolean {
  return new Set(changes.map(({ cell }) => cell)).size === changes.length
}
