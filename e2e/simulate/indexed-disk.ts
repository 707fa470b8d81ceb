import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { emptyDisk, type Disk } from '../../client/src/store/memory-storage'
import { openDatabase } from '../../client/src/store/database'
import { sealedStorage, type SealedStorage } from '../../client/src/store/sealed-storage'
import { makeSealer } from '../../client/src/store/sealer'
import type { DeviceDisk } from './disk'

let vaults = 0

/** Disks of one run, with the client's own database code: RxDB over Dexie over IndexedDB, everything sealed. */
export function indexedDisks(): { disk: (name: string) => DeviceDisk; close: () => Promise<void> } {
  const opened: SealedStorage[] = []
  return {
    disk: () => indexedDisk(opened),
    async close() {
      await Promise.allSettled(opened.map((storage) => storage.close()))
    },
  }
}

function indexedDisk(opened: SealedStorage[]): DeviceDisk {
  const indexedDB = new IDBFactory()
  const vault = `simulated${++vaults}`
  const secret = crypto.getRandomValues(new Uint8Array(32))
  const master = crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  let storage: SealedStorage | null = null
  let closing: Promise<void> = Promise.resolve()
  const open = async () => {
    await closing
    const sealer = await makeSealer(await master)
    storage = sealedStorage(await openDatabase(vault, { indexedDB, IDBKeyRange }), sealer)
    opened.push(storage)
    return storage
  }
  return {
    open,
    async read() {
      return contentsOf(storage ?? (await open()))
    },
    cut() {
      // The browser closes what a dead page had open; what the page had begun may be there or not.
      closing = storage?.close().catch(() => {}) ?? closing
      storage = null
    },
  }
}

async function contentsOf(storage: SealedStorage): Promise<Disk> {
  const disk = emptyDisk()
  const { rows, dismissed } = await storage.loadRows()
  for (const row of rows) disk.rows.set(row.entry.id, row)
  for (const id of dismissed) disk.dismissed.add(id)
  for await (const sheets of storage.loadSheets('2026-09-16'))
    for (const sheet of sheets) disk.sheets.set(sheet.id, sheet)
  disk.meta = await storage.loadMeta()
  return disk
}
