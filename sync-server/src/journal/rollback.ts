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

/** Where an entry stands in a ledger. */
export type Standing = Pick<Receipt, 'sheet' | 'entry'>

/**
 * Holds the newest receipt of a device against the ledger (O3). A signed one that the ledger lacks proves that the store
 * was set back: a new epoch begins. Answers where its entry stands; null where it proves nothing.
 */
export async function checkReceipt(receipt: Receipt, deps: Deps): Promise<Standing | null> {
  const { db, signer, epochs } = deps
  if (receipt.db !== db || maybeUnwritten(receipt)) return null
  const standing = { sheet: receipt.sheet, entry: receipt.entry }
  if (await stands(standing, deps)) return standing
  if (!signer.isSignedReceipt(receipt)) return null
  if (await standsInAnotherCopy(standing, deps)) return standing
  await epochs.lost(receipt)
  return null
}

/**
 * Holds against the ledger what this server itself has said, in a checkpoint of that epoch, to stand there (O3). A receipt
 * of an epoch that has lost something proves nothing any more: where the entry was offered again and the store set back
 * once more, this does.
 */
export async function checkSeen(seen: Standing, epoch: string, deps: Omit<Deps, 'signer'>): Promise<void> {
  if ((await stands(seen, deps)) || (await standsInAnotherCopy(seen, deps))) return
  await deps.epochs.lostSince(epoch, seen.entry)
}

type Ledgers = Pick<Deps, 'store' | 'schedule' | 'proven'>

async function stands(standing: Standing, { store, proven }: Ledgers): Promise<boolean> {
  if (proven.has(standing.entry)) return true
  if (!(await isInLedger(standing, store))) return false
  proven.add(standing.entry)
  return true
}

async function standsInAnotherCopy(standing: Standing, ledgers: Ledgers): Promise<boolean> {
  if (ledgers.store.kind !== 'couchdb') return false
  await sleep(ledgers.schedule, lag)
  return stands(standing, ledgers)
}

async function isInLedger(
  { sheet, entry }: Standing,
  store: Pick<Store<SheetDocument>, 'get'>,
): Promise<boolean> {
  const leafed = (await store.get([sheet])).get(sheet)
  if (!leafed) return false
  return [leafed, ...leafed.conflicts].some(({ doc }) =>
    flatten(doc.links).some((link) => link.type === 'entry' && link.entry.id === entry),
  )
}
