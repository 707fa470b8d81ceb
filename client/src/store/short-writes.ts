import {
  addRxStorageMultiInstanceSupport,
  categorizeBulkWriteRows,
  type BulkWriteRow,
  type EventBulk,
  type RxDocumentData,
  type RxStorageBulkWriteResponse,
  type RxStorageChangeEvent,
  type RxStorageDefaultCheckpoint,
  type RxStorageInstanceCreationParams,
  type StringKeys,
} from 'rxdb'
import {
  DEXIE_DOCS_TABLE_NAME,
  getDexieDbWithTables,
  RX_STORAGE_NAME_DEXIE,
  RxStorageDexie,
  RxStorageInstanceDexie,
} from 'rxdb/plugins/storage-dexie'
import type { DexieOptions } from 'dexie'
import { Subject } from 'rxjs'
import { must } from 'shared/plain/must'

/** A bulk in this context is written whole, or not at all: it fails with `WrittenMeanwhile` where one row conflicts. */
export const allOrNone = 'all-or-none'
/** So is one in this; and it does not wait for the disk: with the system's power the newest of them may be gone, whole. */
export const allOrNoneSoon = 'all-or-none, soon'

export class WrittenMeanwhile extends Error {
  override name = 'WrittenMeanwhile'
  override message = 'a row of the bulk was written meanwhile'
}

type Answer<Row> = ReturnType<typeof categorizeBulkWriteRows<Row>>
type Bulk<Row> = EventBulk<RxStorageChangeEvent<RxDocumentData<Row>>, RxStorageDefaultCheckpoint>
/** A document as RxDB lays it down: IndexedDB has no index over true and false. */
interface Laid {
  _deleted: '0' | '1'
}

/**
 * RxDB's storage over Dexie, with a shorter write of flat rows: RxDB's own asks Dexie four times within its transaction,
 * twice about attachments that no row of ours has, and a tap waits for each. Same tables, same rows, same conflicts.
 */
export class ShortWrites extends RxStorageDexie {
  override async createStorageInstance<Row>(
    params: RxStorageInstanceCreationParams<Row, DexieOptions>,
  ): Promise<RxStorageInstanceDexie<Row>> {
    // What RxDB notes for itself is not flat.
    if (params.collectionName.startsWith('_')) return super.createStorageInstance(params)
    const instance = new ShortWritesInstance<Row>(
      this,
      params.databaseName,
      params.collectionName,
      params.schema,
      getDexieDbWithTables(params.databaseName, params.collectionName, this.settings, params.schema),
      params.options,
      this.settings,
      params.devMode,
    )
    addRxStorageMultiInstanceSupport(RX_STORAGE_NAME_DEXIE, params, instance)
    return instance
  }
}

class ShortWritesInstance<Row> extends RxStorageInstanceDexie<Row> {
  readonly #written = new Subject<Bulk<Row>>()

  override changeStream() {
    return this.#written.asObservable()
  }

  override async bulkWrite(
    writes: BulkWriteRow<Row>[],
    context: string,
  ): Promise<RxStorageBulkWriteResponse<Row>> {
    if (writes.length === 0) return { error: [] }
    const { errors, eventBulk, newestRow } = await this.#inDatabase(async (database) => {
      const allNew = writes.every(({ previous }) => !previous)
      const added = allNew && (await this.#add(database, writes, context))
      return added || this.#write(database, writes, context)
    })
    if (eventBulk.events.length > 0) {
      const { document } = must(newestRow, 'a row written')
      eventBulk.checkpoint = { id: this.#keyOf(document), lwt: document._meta.lwt }
      this.#written.next(eventBulk)
    }
    return { error: errors }
  }

  override close(): Promise<void> {
    this.#written.complete()
    return super.close()
  }

  /**
   * Browsers drop a connection under a page that lay in the background (iOS does): no transaction begins on it any more.
   * Then it is opened again, as Dexie does for itself, and the work done anew.
   */
  async #inDatabase<R>(work: (database: IDBDatabase) => Promise<R>): Promise<R> {
    const { dexieDb } = await this.internals
    const open = async () => {
      if (this.closed) throw new Error(`${this.collectionName} is closed`)
      if (!dexieDb.isOpen()) await dexieDb.open()
      return dexieDb.backendDB()
    }
    const database = await open()
    try {
      return await work(database)
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'InvalidStateError') throw error
      // Somebody else may have opened it again meanwhile.
      if (dexieDb.backendDB() === database) dexieDb.close({ disableAutoOpen: false })
      return work(await open())
    }
  }

  /** Adds rows without looking first; null, and nothing added, where one of them is there. */
  #add(database: IDBDatabase, writes: BulkWriteRow<Row>[], context: string) {
    return new Promise<Answer<Row> | null>((resolve, reject) => {
      const { transaction, table } = this.#begin(database, context)
      const answer = categorizeBulkWriteRows(this, this.#primary, new Map(), writes, context)
      transaction.addEventListener('complete', () => resolve(answer))
      transaction.addEventListener('abort', () => {
        if (transaction.error?.name === 'ConstraintError') resolve(null)
        else reject(transaction.error ?? new Error('aborted'))
      })
      for (const { document } of answer.bulkInsertDocs) table.add(laid(document))
      // Not waiting until the browser finds out that nothing else is coming.
      transaction.commit()
    })
  }

  /** Looks at what is there, and writes on top of it what does not conflict, in one transaction. */
  #write(database: IDBDatabase, writes: BulkWriteRow<Row>[], context: string) {
    return new Promise<Answer<Row>>((resolve, reject) => {
      const { transaction, table } = this.#begin(database, context)
      let answer: Answer<Row> | null = null
      let failed = new Error('aborted')
      transaction.addEventListener('complete', () => resolve(must(answer, 'an answer')))
      transaction.addEventListener('abort', () => reject(transaction.error ?? failed))
      const there = new Map<string, RxDocumentData<Row>>()
      let unread = writes.length
      const put = () => {
        answer = categorizeBulkWriteRows(this, this.#primary, there, writes, context)
        if (isWhole(context) && answer.errors.length > 0) {
          failed = new WrittenMeanwhile()
          transaction.abort()
          return
        }
        for (const { document } of [...answer.bulkInsertDocs, ...answer.bulkUpdateDocs])
          table.put(laid(document))
        transaction.commit()
      }
      for (const { document } of writes) {
        const key = this.#keyOf(document)
        const reading: IDBRequest<Laid | undefined> = table.get(key)
        reading.addEventListener('success', () => {
          if (reading.result) there.set(key, taken(reading.result))
          unread -= 1
          if (unread === 0) put()
        })
      }
    })
  }

  #begin(database: IDBDatabase, context: string) {
    const settled = this.settings.chromeTransactionDurability ?? 'default'
    const durability = context === allOrNoneSoon ? 'relaxed' : settled
    const transaction = database.transaction(DEXIE_DOCS_TABLE_NAME, 'readwrite', { durability })
    return { transaction, table: transaction.objectStore(DEXIE_DOCS_TABLE_NAME) }
  }

  get #primary(): StringKeys<Row> {
    return this.primaryPath as StringKeys<Row>
  }

  #keyOf(document: BulkWriteRow<Row>['document']): string {
    return String(document[this.primaryPath])
  }
}

function isWhole(context: string): boolean {
  return context === allOrNone || context === allOrNoneSoon
}

function laid<Row>(document: RxDocumentData<Row>): Laid {
  return { ...document, _deleted: document._deleted ? '1' : '0' }
}

function taken<Row>(found: Laid): RxDocumentData<Row> {
  return { ...found, _deleted: found._deleted === '1' } as RxDocumentData<Row>
}
