import { fillObjectDataBeforeInsert, type BulkWriteRow, type RxCollection } from 'rxdb'
import type { SealedRow } from './database'
import { allOrNone, allOrNoneSoon, WrittenMeanwhile } from './short-writes'

/** A row that is to be made from what lies in it. Null: there is none, or there is to be none. */
export interface Rewrite {
  key: string
  make(before: SealedRow | null): Promise<SealedRow | null>
}

/** `relaxed`: the newest may be gone, whole, with the system's power. */
export type Durability = 'strict' | 'relaxed'

const mostTries = 10
/**
 * Chromium lays a larger value in a file of its own, beside the database's log, and a relaxed write does not put that down:
 * the log could come through a loss of power without it, and the row never be read again.
 */
const largestRelaxed = 60_000

/** Makes rows anew in one transaction, all or none, on top of what is written meanwhile. `tab` is who does. */
export async function rewriteRows(
  collection: RxCollection<SealedRow>,
  rewrites: readonly Rewrite[],
  { tab, durability }: { tab: string; durability: Durability },
): Promise<void> {
  const { storageInstance } = collection
  for (let tries = 1; ; tries += 1) {
    const writes = await writesOf(collection, rewrites, tab)
    if (writes.length === 0) return
    const isSmall = writes.every(({ document }) => document.body.length < largestRelaxed)
    const context = durability === 'relaxed' && isSmall ? allOrNoneSoon : allOrNone
    try {
      await storageInstance.bulkWrite(writes, context)
      // All is written: marks of removed rows that cannot be cleared away now go with the next.
      if (writes.some(({ document }) => document._deleted)) await storageInstance.cleanup(0).catch(() => {})
      return
    } catch (error) {
      if (!(error instanceof WrittenMeanwhile) || tries === mostTries) throw error
    }
  }
}

async function writesOf(
  { schema, storageInstance }: RxCollection<SealedRow>,
  rewrites: readonly Rewrite[],
  tab: string,
): Promise<BulkWriteRow<SealedRow>[]> {
  const keys = rewrites.map(({ key }) => key)
  // From the disk: RxDB remembers rows, and hears of another tab's writes later.
  const found = await storageInstance.findDocumentsById(keys, true)
  const there = new Map(found.map((row) => [row.key, row]))
  const writes = await Promise.all(
    rewrites.map(async ({ key, make }): Promise<BulkWriteRow<SealedRow>[]> => {
      const previous = there.get(key)
      const row = await make(previous && !previous._deleted ? previous : null)
      if (row && previous) return [{ previous, document: { ...previous, ...row, _deleted: false } }]
      if (row) return [{ document: fillObjectDataBeforeInsert(schema, row) }]
      // Without its body: what left the scope leaves the disk, though a mark of it lies there a while longer (OFF-11).
      const isThere = previous && !previous._deleted
      return isThere ? [{ previous, document: { ...previous, body: '', tab, _deleted: true } }] : []
    }),
  )
  return writes.flat()
}
