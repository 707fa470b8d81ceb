import type { RxCollection } from 'rxdb'
import type { EntryId } from 'shared/journal/ids'
import type { ProjectedSheet } from 'shared/journal/project'
import { randomBytes, toBase64 } from './base64'
import type { SealedDatabase, SealedRow } from './database'
import { keptSheets } from './kept-sheets'
import { readRows } from './read-rows'
import { rewriteRows, type Durability, type Rewrite } from './rewrite-rows'
import type { Sealer } from './sealer'
import { followOthers } from './sealed-changes'
import type { Place } from './sheet-rows'
import { emptyMeta, StorageTrouble, type EntryRow, type JournalStorage, type StoredMeta } from './storage'
import { storageTrouble } from './storage-trouble'

/** What a sealed body holds, once opened. */
export type Content =
  | { is: 'row'; row: EntryRow }
  | { is: 'dismissed'; entry: EntryId }
  | { is: 'sheets'; sheets: ProjectedSheet[] }
  /** As version 0.1.0 kept each. */
  | { is: 'sheet'; sheet: ProjectedSheet }
  | { is: 'meta'; meta: StoredMeta }
  | { is: 'sentinel' }

const metaName = 'meta'
const conflict = 409

type OwnContent = Exclude<Content, { is: 'sheet' | 'sheets' }>

function placeOfOwn(content: OwnContent): Place {
  switch (content.is) {
    case 'row':
      return { row: `row ${content.row.entry.id}`, shelf: content.is }
    case 'dismissed':
      return { row: `dismissed ${content.entry}`, shelf: content.is }
    case 'meta':
      return { row: metaName, shelf: content.is }
    case 'sentinel':
      return { row: content.is, shelf: content.is }
  }
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

  async function sealAt({ row, shelf }: Place, content: Content): Promise<SealedRow> {
    const [key, onShelf] = await Promise.all([sealer.keyOf(row), shelfKey(shelf)])
    return { key, shelf: onShelf, body: await sealer.seal(key, content), tab }
  }
  // There are few shelves, and a row of a year's sheets for each to be named: told once.
  const shelfKeys = new Map<string, Promise<string>>()
  function shelfKey(shelf: string): Promise<string> {
    const known = shelfKeys.get(shelf) ?? sealer.keyOf(shelf)
    shelfKeys.set(shelf, known)
    return known
  }
  const seal = (content: OwnContent) => sealAt(placeOfOwn(content), content)
  const open = async ({ key, body }: SealedRow) => (await sealer.open(key, body)) as Content

  async function readShelf(collection: RxCollection<SealedRow>, shelf: string): Promise<Content[]> {
    const found = await readRows(collection, { shelf: await shelfKey(shelf) })
    return Promise.all(found.map(open))
  }

  // Two tabs may put the same row at once: RxDB answers the later one with a conflict, and it is put on top.
  async function put(collection: RxCollection<SealedRow>, contents: readonly OwnContent[]): Promise<void> {
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

  const kept = keptSheets({ collection: sheets, keyOf: sealer.keyOf, seal: sealAt, open })

  async function metaRewrite(change: Partial<StoredMeta>): Promise<Rewrite> {
    return {
      key: await sealer.keyOf(metaName),
      async make(before) {
        const content = before && (await open(before))
        const meta = content?.is === 'meta' ? content.meta : emptyMeta
        return seal({ is: 'meta', meta: { ...meta, ...change } })
      },
    }
  }
  // In turn: writes of this tab never meet each other, only those of another.
  let written: Promise<unknown> = Promise.resolve()
  function rewriteSheets(durability: Durability, rewrites: () => Promise<Rewrite[]>): Promise<void> {
    const writing = written.then(async () => rewriteRows(sheets, await rewrites(), { tab, durability }))
    written = writing.catch(() => {})
    return guarded(() => writing)
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
    loadSheets: (today) => kept.load(today),
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
    keepPage: ({ taken, gone, checkpoint }) =>
      rewriteSheets('relaxed', async () => [
        ...(await kept.rewrites(taken, gone)),
        await metaRewrite({ checkpoint }),
      ]),
    changeMeta: (change) => rewriteSheets('strict', async () => [await metaRewrite(change)]),
    onOutside: (listener) => followOthers({ collections: [entries, sheets], tab, open, listener }),
    async close() {
      await database.close()
    },
  }
}

async function guarded<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    throw storageTrouble(error)
  }
}
