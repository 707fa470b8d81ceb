import type { Entry } from '../journal/entry'
import { appendEntry, type Ledger } from '../journal/ledger'
import { admitted, type Receipt, type UnsignedReceipt } from '../journal/receipt'
import { hashOf } from '../plain/hash'

// A keyed hash in place of the server's Ed25519: the ledger asks only whether a receipt is signed.
const key = 'a key that only these tests have'

export function signed(content: UnsignedReceipt | Receipt): Receipt {
  const { signature: _old, ...receipt } = { signature: '', ...content }
  return { ...receipt, signature: hashOf({ key, receipt }) }
}

export function isSigned({ signature, ...receipt }: Receipt): boolean {
  return hashOf({ key, receipt }) === signature
}

/** The receipt of an entry admitted as it was made, unless told otherwise. */
export function aReceipt(entry: Entry, over: Partial<UnsignedReceipt> = {}): Receipt {
  const at = over.received ?? entry.made.clock.wall
  return signed({
    entry: entry.id,
    db: entry.db,
    sheet: entry.sheet,
    epoch: 'e1',
    received: at,
    judged: at,
    made: { from: at, to: at },
    capacity: 'assignee',
    by: { rules: 1, directory: {} },
    admission: admitted,
    ...over,
  })
}

export const emptyLedger: Ledger = { links: [], texts: {} }

/** A ledger of these entries in this order, each with a receipt. */
export function ledgerOf(entries: readonly Entry[], before: Ledger = emptyLedger): Ledger {
  return entries.reduce((ledger, entry) => appendEntry(ledger, entry, aReceipt(entry)), before)
}
