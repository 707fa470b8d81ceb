import type { ShownCell, ShownSheet } from 'shared/journal/overlay'
import { sameValue } from 'shared/journal/fold'
import type { Standing } from 'shared/journal/standing'
import type { Json } from 'shared/plain/json'

/** What a screen says of a cell besides its value. */
export interface CellState {
  /** The value has not reached the school yet. */
  onDevice: boolean
  /** What became of an own value that does not hold: it waits, or was refused. */
  fate: Standing | null
  /** The own value that gave way to another's, if one did (C4). */
  lost: Json
  /** Values that only the author or a deputy can choose between (C5), the one in front first. */
  contested: readonly Json[]
  /** Set more than once: the history has something to tell (DDL-17). */
  corrected: boolean
}

export const plainState: CellState = {
  onDevice: false,
  fate: null,
  lost: null,
  contested: [],
  corrected: false,
}

export function stateOf(cell: ShownCell | undefined, me: string): CellState {
  if (!cell) return plainState
  const { heads, value, mine, onDevice, times } = cell
  const others = heads.slice(1).filter((head) => !sameValue(head.value, value))
  const lost = cell.contested ? undefined : others.find(({ author }) => author === me)
  return {
    onDevice,
    fate: mine?.standing ?? null,
    lost: lost?.value ?? null,
    contested: cell.contested ? [value, ...others.map((head) => head.value)] : [],
    corrected: times > 1,
  }
}

/** The value a teacher sees in a cell: an own one that waits stands, hatched, over what holds. */
export function seenValue(cell: ShownCell | undefined): Json {
  if (!cell) return null
  return cell.mine?.state === 'waiting' ? cell.mine.value : cell.value
}

const seen = new WeakMap<ShownSheet, Record<string, { value: Json }>>()

/** All the sheet's cells as they are seen; the same object as long as the sheet is the same. */
export function seenCells(sheet: ShownSheet): Record<string, { value: Json }> {
  const known = seen.get(sheet)
  if (known) return known
  const cells = Object.fromEntries(
    Object.entries(sheet.cells).map(([name, cell]) => [name, { value: seenValue(cell) }]),
  )
  seen.set(sheet, cells)
  return cells
}
