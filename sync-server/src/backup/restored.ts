import { randomUUID } from 'node:crypto'
import type { SheetDocument } from 'shared/journal/document'
import { noteRestored } from '../journal/epochs'
import type { StoreFactory } from '../store/store'

/**
 * Tells a journal that it was set back (O3): it begins a new epoch, in which devices offer again what they hold, without
 * waiting for a receipt to prove the loss; and sequences handed out before belong to another feed of changes.
 */
export async function markRestored(
  stores: StoreFactory,
  { databases, made }: { databases: readonly string[]; made: string },
  random: () => number,
): Promise<void> {
  for (const database of databases) {
    const store = await stores.open<SheetDocument>(database)
    await store.ensure()
    await store.setLocal('feed', { feed: randomUUID() })
    if (database.startsWith('journal-')) await noteRestored(store, random, Date.parse(made))
  }
}
