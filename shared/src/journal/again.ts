import type { Json } from '../plain/json'
import type { Draft } from './build'
import { sameValue } from './fold'
import type { EntryId } from './ids'
import type { Kind } from './kinds/kinds'
import type { ShownSheet } from './overlay'
import type { Head } from './sheet'

/** A cell where another value holds in place of one's own. */
export interface LostCell {
  cell: string
  mine: Json
  winner: Head
}

/** As much of an own entry as setting it again needs. */
export interface OwnValues {
  id: EntryId
  sheet: string
  kind: string
  changes: readonly { cell: string; value: Json }[]
}

/** The cells of an own entry that lost to another one (C4): what «set again» is about. */
export function lostCells(entry: Pick<OwnValues, 'id' | 'changes'>, shown: ShownSheet): LostCell[] {
  return entry.changes.flatMap(({ cell, value }) => {
    const seen = shown.cells[cell]
    const winner = seen?.heads[0]
    if (!seen || !winner || seen.contested || sameValue(winner.value, value)) return []
    return seen.heads.some(({ id }) => id === entry.id) ? [{ cell, mine: value, winner }] : []
  })
}

/**
 * Sets one's own values again where they lost (C4): on top of all heads, so that it holds. Null when nothing is lost.
 * What was an undo or a choice is set as an undo, which may be of any cell of a lesson.
 */
export function againDraft(entry: OwnValues, shown: ShownSheet): Draft | null {
  const lost = lostCells(entry, shown)
  if (lost.length === 0) return null
  const kind = entry.kind === 'choose' ? 'undo' : (entry.kind as Kind)
  return { sheet: entry.sheet, kind, set: lost.map(({ cell, mine }) => ({ cell, value: mine })) }
}

/** Settles a contested cell by one of its values (C5); made on what is shown, its base is all the heads. */
export function chooseDraft(sheet: string, cell: string, value: Json): Draft {
  return { sheet, kind: 'choose', set: [{ cell, value }] }
}
