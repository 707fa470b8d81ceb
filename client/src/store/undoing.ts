import type { Entry } from 'shared/journal/entry'
import type { ShownSheet } from 'shared/journal/overlay'
import type { Json } from 'shared/plain/json'
import type { EntryRow } from './storage'

/** What its author saw in the cells of an entry before making it: undo sets that again (C8). */
export function formerOf(entry: Entry, shown: ShownSheet): Record<string, Json> {
  const former: Record<string, Json> = {}
  for (const { cell } of entry.changes) {
    const seen = shown.cells[cell]
    former[cell] = (seen?.mine?.state === 'waiting' ? seen.mine.value : seen?.value) ?? null
  }
  return former
}

/** The last own entry that is no undo and has not been undone; null when there is none left. */
export function lastToUndo(rows: readonly EntryRow[]): EntryRow | null {
  const undone = new Set(rows.map(({ undoes }) => undoes))
  return rows.findLast(({ entry, undoes }) => undoes === null && !undone.has(entry.id)) ?? null
}
