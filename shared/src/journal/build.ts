import { wellFormed, type Json } from '../plain/json'
import { sealEntry, type Entry } from './entry'
import type { Kind } from './kinds/kinds'
import type { Made } from './made'
import { baseOf, type ShownSheet } from './overlay'

/** What somebody wants to set: the machinery adds base, time and id. */
export interface Draft {
  sheet: string
  kind: Kind
  set: { cell: string; value: Json }[]
  batch?: string
}

export interface Writer {
  db: string
  author: string
  device: string
  n: number
  made: Made
}

/** Makes the entry of a draft on top of what its author sees (C2), its texts in the one spelling that travels. */
export function makeEntry(draft: Draft, shown: ShownSheet, writer: Writer): Entry {
  const changes = draft.set.map(({ cell, value }) => ({
    cell,
    value: wellFormed(value),
    base: baseOf(shown, cell),
  }))
  return sealEntry({
    db: writer.db,
    sheet: draft.sheet,
    kind: draft.kind,
    changes,
    author: writer.author,
    device: writer.device,
    n: writer.n,
    made: writer.made,
    batch: draft.batch,
  })
}

/**
 * The draft that undoes an entry (C8): each cell's former value on top of the present head. `changed` names the cells
 * where somebody has written since, neither the entry itself nor what it was written over: ask before undoing those.
 */
export function undoDraft(
  entry: Entry,
  former: Readonly<Record<string, Json>>,
  shown: ShownSheet,
): { draft: Draft; changed: string[] } {
  const set = entry.changes.map(({ cell }) => ({ cell, value: former[cell] ?? null }))
  const changed = entry.changes
    .filter(({ cell, base }) =>
      (shown.cells[cell]?.heads ?? []).some(({ id }) => id !== entry.id && !base.includes(id)),
    )
    .map(({ cell }) => cell)
  // The office's sheets know one kind of entry: setting a cell back is keeping them too.
  const kind = entry.kind === 'keep-directory' ? entry.kind : 'undo'
  return { draft: { sheet: entry.sheet, kind, set }, changed }
}
