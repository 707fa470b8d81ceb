import { createRxDatabase, type RxCollection, type RxDatabase, type RxJsonSchema } from 'rxdb'
import type { DexieOptions } from 'dexie'
import { ShortWrites } from './short-writes'

/**
 * What lies on disk: opaque keys and sealed bodies. RxDB and its messages to other tabs never see anything else.
 */
export interface SealedRow {
  /** HMAC of the id. */
  key: string
  /** HMAC of what the row is for: rows of one shelf are read together. */
  shelf: string
  /** AES-GCM of the content. */
  body: string
  /** The tab that wrote it: the others take it in. */
  tab: string
}

export interface SealedCollections {
  entries: RxCollection<SealedRow>
  sheets: RxCollection<SealedRow>
}
export type SealedDatabase = RxDatabase<SealedCollections>

const hashLength = 43
export const sealedSchema: RxJsonSchema<SealedRow> = {
  version: 0,
  primaryKey: 'key',
  type: 'object',
  properties: {
    key: { type: 'string', maxLength: hashLength },
    shelf: { type: 'string', maxLength: hashLength },
    body: { type: 'string' },
    tab: { type: 'string' },
  },
  required: ['key', 'shelf', 'body', 'tab'],
  indexes: ['shelf'],
}

/**
 * Opens a person's two collections. `strict`: a write is on disk when it says so, not only in the system's cache, but for
 * pages of a pull.
 */
export async function openDatabase(vault: string, dexie: DexieOptions = {}): Promise<SealedDatabase> {
  const database = await createRxDatabase<SealedCollections>({
    name: `zvonok-${vault}`,
    storage: new ShortWrites({ ...dexie, chromeTransactionDurability: 'strict' }),
    multiInstance: true,
    eventReduce: false,
    // Signing out and in again quickly opens the same vault twice in one page.
    closeDuplicates: true,
  })
  await database.addCollections({ entries: { schema: sealedSchema }, sheets: { schema: sealedSchema } })
  return database
}
