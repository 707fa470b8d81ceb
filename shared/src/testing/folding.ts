import type { FoldRules } from '../journal/capacity'
import type { Admitted } from '../journal/fold'
import { admitted, type Capacity } from '../journal/receipt'
import type { Json } from '../plain/json'

/** The rules of the product's own policy, with others where a test speaks of them. */
export function foldRules(over: Partial<FoldRules> = {}): FoldRules {
  return {
    reasonIsHomerooms: true,
    askSameAuthor: false,
    askAboutSubstitute: false,
    tolerance: 120_000,
    ...over,
  }
}

export interface Written extends Partial<Omit<Admitted, 'id' | 'changes' | 'capacity'>> {
  cell?: string
  value?: Json
  base?: string[]
  as?: Capacity
}

/** An entry as the fold reads it, under a name that is easy to read: `wrote('a', { value: '5', base: [] })`. */
export function wrote(
  id: string,
  { cell = 'mark:answer:s1', value = id, base = [], as = 'assignee', ...over }: Written = {},
): Admitted {
  return {
    id,
    author: 't1',
    admission: admitted,
    capacity: as,
    made: 1000,
    changes: [{ cell, value, base }],
    ...over,
  }
}
