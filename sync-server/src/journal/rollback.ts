import type { SheetDocument } from 'shared/journal/document'
import { flatten } from 'shared/journal/ledger'
import type { Receipt } from 'shared/journal/receipt'
import { maybeUnwritten } from 'shared/journal/unwritten'
import type { Store } from '../store/store'
import type { Epochs } from './epochs'
import type { Signer } from './port'
import type { ProvenReceipts } from './proven-receipts'
import { sleep, type Schedule } from './schedule'

/** One copy of a cluster may lag: what is missing is looked for again after so long (ms). */
const lag = 1_000

interface Deps {
  db: string
  store: Pick<Store<SheetDocument>, 'get' | 'kind'>
  signer: Signer
  epochs: Epochs
  schedule: Schedule
  proven: ProvenReceipts
}

/**
 * Holds the newest receipt of a device against the ledger (O3). A signed one that the ledger lacks proves that the store
 * was set back: a new epoch begins.
 */
export async function checkReceipt(
  receipt: Receipt,
  { db, store, signer, epochs, schedule, proven }: Deps,
): Promise<void> {
  if (receipt.db !== db || maybeUnwritten(receipt) || proven.has(receipt.entry)) return
  if (await isInLedger(receipt, store)) {
    proven.add(receipt.entry)
    return
  }
  if (!signer.isSignedReceipt(receipt)) return
  if (store.kind === 'couchdb') {
    await sleep(schedule, lag)
    if (await isInLedger(receipt, store)) return
  }
  await epochs.lost(receipt)
}

async function isInLedger(
  { sheet, entry }: Receipt,
  store: Pick<Store<SheetDocument>, 'get'>,
): Promise<boolean> {
  const leafed = (await store.get([sheet])).get(sheet)
  if (!leafed) return false
  return [leafed, ...leafed.conflicts].some(({ doc }) =>
    flatten(doc.links).some((link) => link.type === 'entry' && link.entry.id === entry),
  )
}
