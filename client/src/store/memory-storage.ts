import type { EntryId } from 'shared/journal/ids'
import type { ProjectedSheet } from 'shared/journal/project'
import { emptyMeta, type EntryRow, type JournalStorage, type OutsideChange, type StoredMeta } from './storage'

/** The memory's contents: what a device would find on its disk when it starts again. */
export interface Disk {
  rows: Map<EntryId, EntryRow>
  dismissed: Set<EntryId>
  sheets: Map<string, ProjectedSheet>
  meta: StoredMeta
}

export function emptyDisk(): Disk {
  return { rows: new Map(), dismissed: new Set(), sheets: new Map(), meta: emptyMeta }
}

const listenersOf = new WeakMap<Disk, Set<(change: OutsideChange) => void>>()

/**
 * A storage in memory, for tests and the simulation. Two storages over one disk are two tabs. `beforeWrite` may throw a
 * `StorageTrouble` as a full device does.
 */
export function memoryStorage(disk: Disk = emptyDisk(), beforeWrite: () => void = () => {}): JournalStorage {
  const tabs = listenersOf.get(disk) ?? new Set()
  listenersOf.set(disk, tabs)
  let mine: ((change: OutsideChange) => void) | null = null

  const tell = (change: Partial<OutsideChange>) => {
    for (const listener of tabs) {
      if (listener !== mine)
        listener({ rows: [], dismissed: [], sheets: [], gone: [], meta: null, ...change })
    }
  }

  return {
    async loadRows() {
      return { rows: [...disk.rows.values()], dismissed: [...disk.dismissed] }
    },
    async loadMeta() {
      return disk.meta
    },
    async *loadSheets() {
      yield [...disk.sheets.values()]
    },
    async addRow(row) {
      beforeWrite()
      if (!disk.rows.has(row.entry.id)) disk.rows.set(row.entry.id, row)
      tell({ rows: [row] })
    },
    async keepReceipts(rows) {
      beforeWrite()
      for (const row of rows) disk.rows.set(row.entry.id, row)
      tell({ rows: [...rows] })
    },
    async dismiss(entry) {
      beforeWrite()
      disk.dismissed.add(entry)
      tell({ dismissed: [entry] })
    },
    async keepPage({ taken, gone, checkpoint }) {
      beforeWrite()
      for (const id of gone) disk.sheets.delete(id)
      for (const sheet of taken) disk.sheets.set(sheet.id, sheet)
      disk.meta = { ...disk.meta, checkpoint }
      tell({ sheets: [...taken], gone: [...gone], meta: disk.meta })
    },
    async changeMeta(change) {
      beforeWrite()
      disk.meta = { ...disk.meta, ...change }
      tell({ meta: disk.meta })
    },
    onOutside(listener) {
      mine = listener
      tabs.add(listener)
      return () => tabs.delete(listener)
    },
    async close() {
      if (mine) tabs.delete(mine)
    },
  }
}
