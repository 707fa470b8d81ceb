import type { EntryId } from 'shared/journal/ids'
import type { ProjectedSheet } from 'shared/journal/project'
import type { Receipt } from 'shared/journal/receipt'
import { maybeUnwritten } from 'shared/journal/unwritten'
import { isSameReceipt } from 'shared/journal/receipt-proof'
import type { DeviceStore } from '../sync/ports'
import type { RowKeeper } from './keep-rows'
import { replaces, type Picture } from './picture'
import type { EntryRow, JournalStorage, StoredMeta } from './storage'

interface Parts {
  picture: Picture
  storage: JournalStorage
  keeper: RowKeeper
  changed: () => void
  meta: () => StoredMeta
  setMeta: (change: Partial<StoredMeta>) => Promise<void>
  /** A checkpoint that was kept with its page. */
  noteCheckpoint: (checkpoint: string) => void
}

/** The first of them prove the earliest loss: what comes after so many is not kept for it. */
const mostToPresent = 16

/** The journal as sync sees it. The outbox is a query over the rows, never a list of its own (O1). */
export function deviceStore({
  picture,
  storage,
  keeper,
  changed,
  meta,
  setMeta,
  noteCheckpoint,
}: Parts): DeviceStore {
  let turn = 0
  return {
    async unsent(limit) {
      const rows = picture.rows().filter(({ entry, receipt }) => !receipt && !keeper.isBeingKept(entry.id))
      return rows.slice(0, limit)
    },
    async sent(afterN, limit) {
      const rows = picture.rows().filter(({ entry, receipt }) => receipt !== null && entry.n > afterN)
      return wholeNumbers(rows, limit)
    },
    async receiptToPresent() {
      const [first] = stillToPresent()
      if (first !== undefined) return proofOf(picture.row(first))
      const newest = newestReceipts(picture.rows())
      return newest[turn++ % newest.length] ?? null
    },
    async notePresented({ entry }) {
      const { toPresent } = meta()
      if (toPresent.includes(entry)) await setMeta({ toPresent: toPresent.filter((id) => id !== entry) })
    },
    async keepReceipts(receipts) {
      const rows = receipts.flatMap((receipt): EntryRow[] => {
        const row = picture.row(receipt.entry)
        return row && !isSameReceipt(row.receipt, receipt) ? [{ ...row, receipt }] : []
      })
      if (rows.length === 0) return
      await keepToPresent()
      await guarded(() => storage.keepReceipts(rows))
      picture.setRows(rows)
      changed()
    },
    async applyPull({ sheets, gone, checkpoint }, _epoch) {
      const goneIds = [...picture.pulledIds()].filter((id) =>
        gone.some(([start, end]) => id >= start && id <= end),
      )
      const leaving = new Set(goneIds)
      const taken = newestOfEach(sheets).filter((sheet) => {
        return leaving.has(sheet.id) || replaces(sheet, picture.pulled(sheet.id) ?? undefined)
      })
      const taking = new Set(taken.map(({ id }) => id))
      const isNews = taken.length > 0 || goneIds.length > 0
      if (!isNews && checkpoint === meta().checkpoint) return
      // Together: were one here without the other, the scope might change before the next contact, and nobody would know
      // that sheets are missing, or that some should be gone (P-1).
      const page = { taken, gone: goneIds.filter((id) => !taking.has(id)), checkpoint }
      await guarded(() => storage.keepPage(page))
      noteCheckpoint(checkpoint)
      if (!isNews) return
      picture.setSheets(taken, goneIds)
      changed()
    },
    checkpoint: async () => meta().checkpoint,
    epoch: async () => meta().epoch,
    setEpoch: (epoch) => setMeta({ epoch }),
    offering: async () => meta().offering,
    setOffering: (offering) => setMeta({ offering }),
  }

  function stillToPresent(): EntryId[] {
    return meta().toPresent.filter((id) => proofOf(picture.row(id)))
  }

  // What comes now is in the ledger even of a store that was set back, and would be presented in place of what proves it.
  async function keepToPresent(): Promise<void> {
    const kept = stillToPresent()
    const newest = newestReceipts(picture.rows()).map(({ entry }) => entry)
    const toPresent = [...new Set([...kept, ...newest])].slice(0, mostToPresent)
    if (toPresent.length > kept.length) await setMeta({ toPresent })
  }

  async function guarded(write: () => Promise<void>): Promise<void> {
    try {
      await write()
    } catch (error) {
      keeper.report(error)
      throw error
    }
  }
}

// What was refused at the door stands in no ledger: its receipt would prove nothing, and hide the one that does.
function proofOf(row: EntryRow | null | undefined): Receipt | null {
  return row?.receipt && !maybeUnwritten(row.receipt) ? row.receipt : null
}

/**
 * The newest by number and by time are one, unless the school's clock was set back, one entry came late, or one was offered
 * again and judged anew: then each may be what a restored store lacks, and they take turns.
 */
function newestReceipts(rows: readonly EntryRow[]): Receipt[] {
  const newest: Receipt[] = []
  const latest = { received: -1, judged: -1 }
  for (const row of rows.toReversed()) {
    const receipt = proofOf(row)
    if (!receipt || (receipt.received <= latest.received && receipt.judged <= latest.judged)) continue
    newest.push(receipt)
    latest.received = Math.max(latest.received, receipt.received)
    latest.judged = Math.max(latest.judged, receipt.judged)
  }
  return newest
}

// A page may bring a sheet twice; the storage takes no two rows of one key in one bulk.
function newestOfEach(sheets: readonly ProjectedSheet[]): ProjectedSheet[] {
  const byId = new Map<string, ProjectedSheet>()
  for (const sheet of sheets) {
    if (replaces(sheet, byId.get(sheet.id))) byId.set(sheet.id, sheet)
  }
  return [...byId.values()]
}

// Two tabs may have given the same `n`; a batch that resumes after its last `n` must not cut such a pair in two.
function wholeNumbers(rows: readonly EntryRow[], limit: number): EntryRow[] {
  const batch = rows.slice(0, limit)
  const next = rows[limit]
  if (!next) return batch
  const whole = batch.filter(({ entry }) => entry.n < next.entry.n)
  return whole.length > 0 ? whole : batch
}
