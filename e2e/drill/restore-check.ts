import type { EntryId } from 'shared/journal/ids'
import { canonicalJson } from 'shared/plain/hash'
import { entriesIn, type Complaint, type School } from './check-journal'
import type { Writer } from './writer'

/** The entries that devices have receipts for: what must never be lost while they live. */
export function acknowledged(writers: readonly Writer[]): Set<EntryId> {
  return new Set(
    writers.flatMap(({ disk }) => [...disk.rows.values()].flatMap(({ receipt }) => receipt?.entry ?? [])),
  )
}

/** Acknowledged entries that are in no ledger. */
export function lostOf(ids: ReadonlySet<EntryId>, school: School): EntryId[] {
  const found = entriesIn(school.docs)
  return [...ids].filter((id) => !found.has(id))
}

/** What a reader's device shows, without what a new epoch changes anyway. */
export function shownBy({ disk }: Writer): string {
  const shown = [...disk.sheets.values()].map(({ id, cells }): [string, unknown] => [
    id,
    Object.fromEntries(Object.entries(cells).map(([cell, { value }]) => [cell, value])),
  ])
  return canonicalJson(Object.fromEntries(shown) as Parameters<typeof canonicalJson>[0])
}

/** C1: a family sees after a restore what it saw before, whatever way the entries came back. */
export function checkShown(before: string | null, after: string): Complaint[] {
  if (before === null || before === after) return []
  return [{ rule: 'C1', says: 'a family sees something else than before the loss' }]
}
