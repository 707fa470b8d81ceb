import { documentOf, foldRulesFor, type SheetDocument } from '../journal/document'
import type { Entry } from '../journal/entry'
import { appendEntry } from '../journal/ledger'
import type { Receipt } from '../journal/receipt'
import type { Directory } from '../people/directory'
import { must } from '../plain/must'
import { aReceipt, emptyLedger } from './receipts'
import { anEntry, cellsOfSmallSchool, db, smallSchool } from './small-school'

export interface Arrived {
  entry: Entry
  receipt: Receipt
}
export function arrived(entry: Entry, over: Parameters<typeof aReceipt>[1] = {}): Arrived {
  return { entry, receipt: aReceipt(entry, over) }
}

/** The document after these entries came, the first in version 1, each in a write of its own. */
export function documentAfter(
  sheet: string,
  entries: readonly Arrived[],
  directory: Directory = smallSchool(),
): SheetDocument {
  let ledger = emptyLedger
  let document: SheetDocument | null = null
  for (const [i, { entry, receipt }] of entries.entries()) {
    ledger = appendEntry(ledger, entry, receipt)
    document = documentOf({ db, sheet, epoch: 'e1' }, ledger, foldRulesFor(sheet, directory), i + 1, document)
  }
  return must(document, `entries on ${sheet}`)
}

/** The document after these entries came in one write. */
export function documentWith(
  sheet: string,
  entries: readonly Arrived[],
  directory: Directory,
): SheetDocument {
  const ledger = entries.reduce(
    (grown, { entry, receipt }) => appendEntry(grown, entry, receipt),
    emptyLedger,
  )
  return documentOf({ db, sheet, epoch: 'e1' }, ledger, foldRulesFor(sheet, directory), 1, null)
}

/** A directory sheet of the small school as its administrator would have entered it, one entry a cell. */
export function directoryDocument(sheet: string): SheetDocument {
  const cells = Object.entries(must(cellsOfSmallSchool[sheet], sheet))
  const entries = cells.map(([cell, value]) =>
    arrived(anEntry({ sheet, kind: 'keep-directory', author: 'a1', cell, value }), { capacity: 'office' }),
  )
  return documentAfter(sheet, entries)
}
