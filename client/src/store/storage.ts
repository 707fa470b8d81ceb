import type { EntryId } from 'shared/journal/ids'
import type { Contact } from 'shared/journal/made'
import type { OwnEntry } from 'shared/journal/overlay'
import type { ProjectedSheet } from 'shared/journal/project'
import type { Json } from 'shared/plain/json'
import type { Me } from './port'

/** An own entry as the device keeps it. `former` is what its author saw in the cells before: undo sets it again (C8). */
export interface EntryRow extends OwnEntry {
  former: Record<string, Json>
  /** The entry that this one undoes. */
  undoes: EntryId | null
}

/** What the device remembers beside sheets and entries. */
export interface StoredMeta {
  /** As the server last said; null before the first session. */
  me: Me | null
  /** The public key that receipts are checked with, pinned at the first sign-in (O2). */
  key: string | null
  checkpoint: string | null
  epoch: string | null
  offering: number | null
  /** Entries whose receipts were the newest before others came, and are still to be held against the ledger (O3). */
  toPresent: EntryId[]
  /** Server time (ms) of the last full sync. */
  lastSync: number | null
  contact: Contact | null
  /** How often the wall clock had been seen to go back when everything was last sent (T2). */
  jumpsSettled: number
  /** Sections opened on request, with the day they are kept for (P-5). */
  opened: { section: string; day: string }[]
}

export const emptyMeta: StoredMeta = {
  me: null,
  key: null,
  checkpoint: null,
  epoch: null,
  offering: null,
  toPresent: [],
  lastSync: null,
  contact: null,
  jumpsSettled: 0,
  opened: [],
}

/** What another tab of the same person has changed. */
export interface OutsideChange {
  rows: EntryRow[]
  dismissed: EntryId[]
  sheets: ProjectedSheet[]
  gone: string[]
  meta: StoredMeta | null
}

/** What a pull brought, as the device takes it in. */
export interface Page {
  taken: readonly ProjectedSheet[]
  /** Ids of sheets that left the scope; none of them is among the taken. */
  gone: readonly string[]
  checkpoint: string
}

/**
 * Where one person's journal lies on this device: RxDB over IndexedDB in the browser, memory in tests and in the
 * simulation. Every promise of a write resolves when it is durable (but see `keepPage`), and rejects with `StorageTrouble`
 * when it cannot be.
 */
export interface JournalStorage {
  loadRows(): Promise<{ rows: EntryRow[]; dismissed: EntryId[] }>
  loadMeta(): Promise<StoredMeta>
  /** The sheets in portions, the directory and the lessons of `today` first: the first screen needs no more. */
  loadSheets(today: string): AsyncIterable<ProjectedSheet[]>
  /** Adds a row; one that is there already stays as it is. */
  addRow(row: EntryRow): Promise<void>
  /** Writes rows whose receipt has come. */
  keepReceipts(rows: readonly EntryRow[]): Promise<void>
  dismiss(entry: EntryId): Promise<void>
  /**
   * Keeps a page and its checkpoint, both or neither (P-1). Where the device loses its power right after, they may be gone
   * together, and the page is asked for again.
   */
  keepPage(page: Page): Promise<void>
  /** Changes these and no others, whatever another tab changes at the same time. */
  changeMeta(change: Partial<StoredMeta>): Promise<void>
  /** Calls back with what other tabs write. */
  onOutside(listener: (change: OutsideChange) => void): () => void
  close(): Promise<void>
}

/** The device's own storage could not keep something: no room left, or broken (OFF-13). */
export class StorageTrouble extends Error {
  override name = 'StorageTrouble'
  constructor(
    readonly is: 'full' | 'failed',
    cause?: unknown,
  ) {
    super(is === 'full' ? 'no room left on this device' : 'the storage of this device failed', { cause })
  }
}
