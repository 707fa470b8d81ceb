import type { EntryId } from 'shared/journal/ids'

/** A receipt is looked up again after so long (ms): should a store be set back under a running server, that is how long nobody may notice. */
export const provenFor = 600_000
const mostKept = 50_000

/** Receipts that were found in the ledger a while ago. A device presents the same one every minute (O3). */
export interface ProvenReceipts {
  has(entry: EntryId): boolean
  add(entry: EntryId): void
  /** Another history began, or the store was seen to be set back: nothing proven counts. */
  forget(): void
}

export function makeProvenReceipts(now: () => number): ProvenReceipts {
  const proven = new Map<EntryId, number>()
  return {
    has(entry) {
      const at = proven.get(entry)
      // A clock that was set back must not keep a proof for ever.
      return at !== undefined && Math.abs(now() - at) < provenFor
    },
    add(entry) {
      if (proven.size >= mostKept) proven.clear()
      proven.set(entry, now())
    },
    forget: () => proven.clear(),
  }
}
