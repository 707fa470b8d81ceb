import type { SheetDocument } from 'shared/journal/document'
import { reveal } from 'shared/journal/entry'
import type { EntryId } from 'shared/journal/ids'
import { flatten, latestReceipts } from 'shared/journal/ledger'
import { project } from 'shared/journal/project'
import type { Directory } from 'shared/people/directory'
import type { Viewer } from 'shared/people/viewer'
import type { Json } from 'shared/plain/json'
import { must } from 'shared/plain/must'
import type { HistoryReply } from 'shared/wire/history'

/** Every entry ever made on a cell, in order of arrival, with what became of it (LES-23, DDL-17). */
export function historyOf({ links, texts, standings }: SheetDocument, cell: string): HistoryReply {
  const receipts = latestReceipts(links)
  const seen = new Set<EntryId>()
  const entries: HistoryReply['entries'] = []
  for (const link of flatten(links)) {
    if (link.type !== 'entry' || seen.has(link.entry.id)) continue
    seen.add(link.entry.id)
    const { id, kind, author, device, changes } = link.entry
    const change = changes.find((candidate) => candidate.cell === cell)
    if (!change) continue
    const { made, received, capacity, admission } = must(receipts.get(id), 'a receipt')
    const standing = (standings[id]?.standing ?? null) as Json
    const { base } = change
    const value = reveal(change.value, texts)
    entries.push({ id, kind, value, base, author, device, made, received, capacity, admission, standing })
  }
  return { entries }
}

/** Whether this person sees the cell with all that staff see in it: a family sees values, not who wrote them when. */
export function mayReadHistory(sheet: string, cell: string, viewer: Viewer, directory: Directory): boolean {
  // The rules of sight stand in `project`: it is asked about a sheet with nothing but this cell.
  const probe = { value: null, heads: [], contested: false, times: 1, version: 1 }
  const empty = {
    type: '',
    db: '',
    version: 1,
    epoch: '',
    fold: 0,
    links: [],
    texts: {},
    standings: {},
    waiting: false,
  }
  const shown = project({ ...empty, _id: sheet, cells: { [cell]: probe } }, viewer, directory)
  return shown !== null && Object.hasOwn(shown.cells, cell) && shown.cells[cell]?.heads !== undefined
}
