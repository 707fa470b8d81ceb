import type { EntryId } from 'shared/journal/ids'
import type { Receipt } from 'shared/journal/receipt'
import type { Store } from '../store/store'
import type { JournalLog } from './journal-log'

const recheck = 5_000

/** Which history of this database devices have spoken to (O3). */
export interface Epochs {
  current(): string
  /** Reads again what another server may have found, at most every 5 s. */
  confirm(): Promise<void>
  /** A signed receipt that the ledger lacks: the store was set back. A new epoch, unless this loss is known. */
  lost(receipt: Receipt): Promise<void>
  /** An entry that stood in the ledger in that epoch does not any more: a new epoch, unless one has begun since. */
  lostSince(epoch: string, entry: EntryId): Promise<void>
}

interface Stored {
  id: string
  /** Epochs whose losses are known: their receipts prove nothing new. */
  past: string[]
}

interface Deps {
  db: string
  store: Pick<Store, 'local' | 'setLocal'>
  now: () => number
  random: () => number
  log: JournalLog
  /** A new epoch has begun, here or on another server: caches belong to another history. */
  onBegin?: () => void
}

/**
 * Opens the epoch of a journal, `_local/epoch`: made with the database, and anew when a restore left it out or the store
 * has lost something. Then it may have kept the one before, whose losses are known by that.
 */
export async function openEpochs({ db, store, now, random, log, onBegin = () => {} }: Deps): Promise<Epochs> {
  const begin = async (past: string[]): Promise<Stored> => {
    const begun = { id: newName(random), past }
    await store.setLocal<Stored>('epoch', begun)
    onBegin()
    return begun
  }
  const former = await store.local<Stored>('epoch-before')
  let stored =
    (await store.local<Stored>('epoch')) ?? (await begin(former ? [...former.past, former.id] : []))
  let checked = now()

  const reread = async () => {
    const found = await store.local<Stored>('epoch')
    // A restore under this server, or another one that was shown the loss first.
    if (found && found.id !== stored.id) onBegin()
    // The store lost its epoch under us: whatever it is now, it is another history.
    stored = found ?? (await begin([...stored.past, stored.id]))
    checked = now()
  }
  const setBack = async (past: string[], evidence: object) => {
    const before = stored.id
    stored = await begin([...new Set([...stored.past, before, ...past])])
    log.error(
      { db, before, epoch: stored.id, ...evidence },
      'THE STORE WAS SET BACK: an entry that was acknowledged is not in the ledger. A new epoch begins, devices offer again.',
    )
  }
  return {
    current: () => stored.id,
    async confirm() {
      if (Math.abs(now() - checked) >= recheck) await reread()
    },
    async lost(receipt) {
      await reread()
      if (stored.past.includes(receipt.epoch)) return
      await setBack([receipt.epoch], { receipt: receipt.entry, received: receipt.received })
    },
    async lostSince(epoch, entry) {
      await reread()
      if (stored.id === epoch) await setBack([], { entry })
    },
  }
}

/** What a restore noted of itself: `_local/restored`. */
export interface Restored {
  /** The epoch that it began. */
  epoch: string
  /** When the backup was made, ms. */
  to: number
}

/** Begins a new epoch in a store that was set back to a backup, before anybody is served from it. */
export async function noteRestored(store: Deps['store'], random: () => number, to: number): Promise<void> {
  const before = await store.local<Stored>('epoch')
  const epoch = newName(random)
  const past = before ? [...new Set([...before.past, before.id])] : []
  await store.setLocal<Restored>('restored', { epoch, to })
  await store.setLocal<Stored>('epoch', { id: epoch, past })
}

/** 95 bits by chance, as text: of an epoch, of a life. */
export function newName(random: () => number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  return Array.from({ length: 16 }, () => alphabet[Math.floor(random() * alphabet.length)]).join('')
}
