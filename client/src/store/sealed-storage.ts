import type { RxCollection } from 'rxdb'
import { addressOf, type EntryId } from 'shared/journal/ids'
import type { ProjectedSheet } from 'shared/journal/project'
import { must } from 'shared/plain/must'
import { randomBytes, toBase64 } from './base64'
import type { SealedDatabase, SealedRow } from './database'
import type { Sealer } from './sealer'
import { followOthers } from './sealed-changes'
import { emptyMeta, StorageTrouble, type EntryRow, type JournalStorage, type StoredMeta } from './storage'
import { storageTrouble } from './storage-trouble'

/** What a sealed body holds, once opened. */
export type Content =
  | { is: 'row'; row: EntryRow }
  | { is: 'dismissed'; entry: EntryId }
  | { is: 'sheet'; sheet: ProjectedSheet }
  | { is: 'meta'; meta: StoredMeta }
  | { is: 'sentinel' }

const metaName = 'meta'
const conflict = 409
/** So many rows are read and opened at a time: a slow tablet paints between. */
const portion = 200

function nameOf(content: Content): string {
  switch (content.is) {
    case 'row':
      return `row ${content.row.entry.id}`
    case 'dismissed':
      return `dismissed ${content.entry}`
    case 'sheet':
      return `sheet ${content.sheet.id}`
    case 'meta':
      return metaName
    case 'sentinel':
      return content.is
  }
}

function shelfOf(content: Content): string {
  if (content.is !== 'sheet') return content.is
  const address = addressOf(content.sheet.id)
  return address?.type === 'lesson' ? `day ${address.date}` : 'directory'
}

export interface SealedStorage extends JournalStorage {
  /**
   * Whether the browser has dropped what lay here: each collection keeps a sentinel from its first opening on, and a
   * vault that was filled before must have both. Sets them where they are missing.
   */
  hasLost(wasFilled: boolean): Promise<boolean>
}

/** A person's journal in IndexedDB, everything sealed before RxDB sees it. */
export function sealedStorage(database: SealedDatabase, sealer: Sealer): SealedStorage {
  const { entries, sheets } = database.collections
  const tab = toBase64(randomBytes(8))
  const removing = new Set<string>()

  async function seal(content: Content): Promise<SealedRow> {
    const [key, shelf] = await Promise.all([sealer.keyOf(nameOf(content)), sealer.keyOf(shelfOf(content))])
    return { key, shelf, body: await sealer.seal(key, content), tab }
  }
  const open = async ({ key, body }: SealedRow) => (await sealer.open(key, body)) as Content

  async function readShelf(collection: RxCollection<SealedRow>, shelf: string): Promise<Content[]> {
    const selector = { shelf: await sealer.keyOf(shelf) }
    const found = await collection.find({ selector }).exec()
    return Promise.all(found.map(open))
  }

  // Two tabs may put the same row at once: RxDB answers the later one with a conflict, and it is put on top.
  async function put(collection: RxCollection<SealedRow>, contents: readonly Content[]): Promise<void> {
    const rows = await Promise.all(contents.map(seal))
    await guarded(async () => {
      let left = rows
      for (let attempt = 0; left.length > 0; attempt += 1) {
        const { error } = await collection.bulkUpsert(left)
        const failed = error.find(({ status }) => status !== conflict)
        if (failed || (error.length > 0 && attempt > 4))
          throw new StorageTrouble('failed', failed ?? error[0])
        const again = new Set(error.map(({ documentId }) => documentId))
        left = left.filter(({ key }) => again.has(key))
      }
    })
  }

  async function drop(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const keys = await Promise.all(ids.map((id) => sealer.keyOf(`sheet ${id}`)))
    await guarded(async () => {
      for (const key of keys) removing.add(key)
      try {
        await sheets.bulkRemove(keys)
      } finally {
        for (const key of keys) removing.delete(key)
      }
      // Removed rows only carry a mark; what left the scope has to leave the disk (OFF-11).
      await sheets.storageInstance.cleanup(0)
    })
  }

  return {
    async hasLost(wasFilled) {
      const found = await Promise.all(
        [entries, sheets].map((collection) => readShelf(collection, 'sentinel')),
      )
      const isWhole = found.every((sentinels) => sentinels.length > 0)
      if (!isWhole)
        await Promise.all([entries, sheets].map((collection) => put(collection, [{ is: 'sentinel' }])))
      return wasFilled && !isWhole
    },
    async loadRows() {
      const [rows, dismissed] = await Promise.all([
        readShelf(entries, 'row'),
        readShelf(entries, 'dismissed'),
      ])
      return {
        rows: rows.flatMap((content) => (content.is === 'row' ? [content.row] : [])),
        dismissed: dismissed.flatMap((content) => (content.is === 'dismissed' ? [content.entry] : [])),
      }
    },
    async loadMeta() {
      const [content] = await readShelf(sheets, metaName)
      return content?.is === 'meta' ? { ...emptyMeta, ...content.meta } : emptyMeta
    },
    async *loadSheets(today) {
      const first = await Promise.all([readShelf(sheets, 'directory'), readShelf(sheets, `day ${today}`)])
      yield sheetsIn(first.flat())
      for (let after = ''; ;) {
        const selector = { key: { $gt: after } }
        const found = await sheets.find({ selector, sort: [{ key: 'asc' }], limit: portion }).exec()
        yield sheetsIn(await Promise.all(found.map(open)))
        if (found.length < portion) return
        after = must(found.at(-1), 'the last row').key
      }
    },
    async addRow(row) {
      const sealed = await seal({ is: 'row', row })
      await guarded(async () => {
        const { error } = await entries.bulkInsert([sealed])
        // Already there, perhaps with its receipt: it stays as it is (O2).
        const failed = error.find(({ status }) => status !== conflict)
        if (failed) throw new StorageTrouble('failed', failed)
      })
    },
    keepReceipts: (rows) =>
      put(
        entries,
        rows.map((row) => ({ is: 'row', row })),
      ),
    dismiss: (entry) => put(entries, [{ is: 'dismissed', entry }]),
    async putSheets(taken, gone) {
      await drop(gone)
      await put(
        sheets,
        taken.map((sheet) => ({ is: 'sheet', sheet })),
      )
    },
    async changeMeta(change) {
      const key = await sealer.keyOf(metaName)
      const changed = await seal({ is: 'meta', meta: { ...emptyMeta, ...change } })
      await guarded(async () => {
        const { error } = await sheets.bulkInsert([changed])
        if (error.length === 0) return
        const doc = must(await sheets.findOne(key).exec(), 'the meta that is there')
        await doc.incrementalModify(async (row) => {
          const content = await open(row)
          const meta = content.is === 'meta' ? content.meta : emptyMeta
          return { ...row, ...(await seal({ is: 'meta', meta: { ...meta, ...change } })) }
        })
      })
    },
    onOutside: (listener) => followOthers({ collections: [entries, sheets], tab, removing, open, listener }),
    async close() {
      await database.close()
    },
  }
}

function sheetsIn(contents: readonly Content[]): ProjectedSheet[] {
  return contents.flatMap((content) => (content.is === 'sheet' ? [content.sheet] : []))
}

async function guarded<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    throw storageTrouble(error)
  }
}
