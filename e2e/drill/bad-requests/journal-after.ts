import { join } from 'node:path'
import type { SheetDocument } from 'shared/journal/document'
import type { Entry } from 'shared/journal/entry'
import { flatten } from 'shared/journal/ledger'
import type { Receipt } from 'shared/journal/receipt'
import { makeAnchorFile } from '../../../sync-server/src/journal/anchor-file'
import { makeSigner } from '../../../sync-server/src/journal/signer'
import { verifyJournal } from '../../../sync-server/src/journal/verify'
import { keyFromFile } from '../../../sync-server/src/start/signing-key'
import { makeEmbeddedStores } from '../../../sync-server/src/store/embedded'

/** A journal as it lies on disk while its server is down. */
export interface AtRest {
  /** Every entry of every ledger, with its sheet and what was said of it first. */
  entries: Map<string, { entry: Entry; sheet: string; receipt: Receipt }>
  /** What verification found wrong. */
  faults: string[]
}

/** Reads and verifies the journal in a data folder that no server has open. */
export async function readAtRest(dataDir: string, db: string): Promise<AtRest> {
  const stores = await makeEmbeddedStores(dataDir)
  try {
    const store = await stores.open<SheetDocument>(db)
    const entries: AtRest['entries'] = new Map()
    for (let from = 'a'; ;) {
      const sheets = await store.range(from, 'z~', 200)
      for (const { _id: sheet, links } of sheets) {
        for (const link of flatten(links)) {
          if (link.type === 'entry' && !entries.has(link.entry.id))
            entries.set(link.entry.id, { entry: link.entry, sheet, receipt: link.receipt })
        }
      }
      const last = sheets.at(-1)
      if (!last || sheets.length < 200) break
      from = `${last._id}!`
    }
    const anchors = makeAnchorFile(join(dataDir, 'anchors', `${db}.jsonl`))
    const signer = makeSigner(await keyFromFile(dataDir, true))
    const { faults } = await verifyJournal(store, anchors, signer, db)
    return { entries, faults: faults.map((fault) => JSON.stringify(fault)) }
  } finally {
    await stores.close()
  }
}

/** What was handed in and what was said to it, by entry id. */
export interface HandedIn {
  /** Who handed in each entry that was whole and their own. */
  offered: ReadonlyMap<string, ReadonlySet<string>>
  receipts: ReadonlyMap<string, Receipt>
}

const staff = /^(?:orlova|klimova|lebedeva|titova|fomina|vlasov|shilov|maltseva|belova)$/
const marks = [null, '1', '2', '3', '4', '5']

/** What is in the journal that should not be, or is not that should; empty after a drill that only knocked. */
export function compareJournals(before: AtRest, after: AtRest, { offered, receipts }: HandedIn): string[] {
  const faults = [...after.faults]
  for (const [id, { entry, sheet }] of before.entries) {
    if (JSON.stringify(after.entries.get(id)?.entry) !== JSON.stringify(entry))
      faults.push(`${id} on ${sheet} is lost or changed`)
  }
  for (const [id, { entry, sheet, receipt }] of after.entries) {
    if (before.entries.has(id)) continue
    if (!offered.get(id)?.has(entry.author))
      faults.push(`${id} of ${entry.author} was never handed in by them`)
    if (!staff.test(entry.author)) faults.push(`${entry.author} is no staff and wrote ${id}`)
    if (entry.sheet !== sheet) faults.push(`${id} is on another sheet than its own`)
    const isOff = entry.changes.some(
      ({ cell, value }) => cell.startsWith('mark:') && !marks.includes(value as string),
    )
    if (isOff && receipt.admission.is === 'in') faults.push(`${id} was admitted with a mark off the scale`)
  }
  for (const [id, { admission }] of receipts) {
    if (admission.is !== 'out' && !after.entries.has(id))
      faults.push(`${id} has a receipt and is not in the journal`)
  }
  return faults
}
