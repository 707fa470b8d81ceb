import type { EntryId } from './ids'
import type { Kind } from './kinds/kinds'
import type { OwnValues } from './again'
import type { ShownSheet } from './overlay'
import type { Standing } from './standing'

/** An own entry that another device of the same person made, as far as the journal tells of it. */
export interface MadeElsewhere extends OwnValues {
  author: string
  made: number
  standing: Standing
}

/**
 * The first words of the cells that are set again as this kind; each cell of a lesson has one. Of every kind, so that the
 * compiler asks for a new one.
 */
const cellsByKind: Readonly<Record<Kind, readonly string[]>> = {
  // What it takes and clears can be set again one by one.
  'take-attendance': [],
  'set-attendance': ['taken', 'absence', 'reason'],
  'set-column': ['column'],
  'set-mark': ['mark'],
  'set-topic': ['topic'],
  'set-homework': ['homework'],
  'set-remark': ['remark'],
  // These set cells of all the others.
  choose: [],
  undo: [],
  // Of no lesson.
  'keep-directory': [],
}
const kindsByCell = new Map(
  (Object.entries(cellsByKind) as [Kind, readonly string[]][]).flatMap(([kind, cells]) =>
    cells.map((cell) => [cell, kind]),
  ),
)

/**
 * What the heads of a sheet tell of own entries that are not kept here: whoever lost or is asked is told on every device
 * of theirs (C4, C5). Only heads speak; of an entry that is none there is nothing to set again.
 */
export function madeElsewhere(shown: ShownSheet, ids: Iterable<EntryId>): MadeElsewhere[] {
  const found: MadeElsewhere[] = []
  for (const id of ids) {
    const standing = shown.own[id]?.standing
    const heads = Object.entries(shown.cells).flatMap(([cell, { heads: all }]) => {
      const head = all.find((candidate) => candidate.id === id)
      return head ? [{ cell, head }] : []
    })
    const [first] = heads
    if (!standing || !first) continue
    const { author } = first.head
    const made = Math.max(...heads.map(({ head }) => head.made))
    const changes = heads.map(({ cell, head }) => ({ cell, value: head.value }))
    found.push({ id, sheet: shown.id, kind: kindOf(changes), author, changes, made, standing })
  }
  return found
}

// Which kind it was is the ledger's to say; set again is what its cells allow.
function kindOf(changes: OwnValues['changes']): Kind {
  const [kind, ...others] = new Set(changes.map(({ cell }) => kindsByCell.get(cell.split(':')[0] ?? '')))
  return kind && others.length === 0 ? kind : 'undo'
}
