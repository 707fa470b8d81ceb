import type { Json } from '../plain/json'
import type { EntryId, PersonId } from './ids'
import type { Capacity } from './receipt'

/** The value of a cell that no other candidate has seen, with what it is compared by (C3, C4). */
export interface Head {
  id: EntryId
  author: PersonId
  capacity: Capacity
  /** Earliest moment (ms) it can have been made: own and admitted ancestors' latest. */
  made: number
  /** Highest rank of itself and its admitted ancestors, by the rules of this cell. */
  rank: number
  value: Json
}

/** What a sheet says in one cell. `heads[0]` holds; the others are superseded, or contested with it. */
export interface Cell {
  value: Json
  heads: Head[]
  /** Several heads that only the author or a deputy can settle (C5). */
  contested: boolean
  /** How many admitted entries ever set this cell: more than one is a correction (DDL-17). */
  times: number
}

export type Cells = Record<string, Cell>

export function valueOf(cells: Readonly<Record<string, { value: Json }>>, cell: string): Json {
  return Object.hasOwn(cells, cell) ? (cells[cell]?.value ?? null) : null
}
