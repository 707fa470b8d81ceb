import adapter from 'pouchdb-adapter-leveldb-core'
import PouchDB from 'pouchdb-core'
import { indexFolders, readIndexes } from './embedded-indexes'
import { StoreUnavailable } from './store'
import type { OpenLevel } from './synced-level'
import { views } from './views-plugin'

// A folder is no address: this must be said of each database, never in `defaults`.
leveldb.valid = () => true
leveldb.use_prefix = false
function leveldb(this: unknown, options: object, callback: (error: Error | null) => void): void {
  adapter.call(this, options, callback)
}
PouchDB.adapter('leveldb', leveldb, true)
PouchDB.plugin(views)

/**
 * A PouchDB folder, opened again after any failure. PouchDB counts sequences in memory: once a write has failed, they may
 * no longer be what is on disk, and the next write could take the place of the last one. Disk says what is true.
 */
export class EmbeddedConnection {
  readonly #folder: string
  readonly #options: PouchDB.Options
  readonly #running = new Set<Promise<unknown>>()
  #pouch: Promise<PouchDB>
  #lastWrite: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(folder: string, openLevel: OpenLevel) {
    this.#folder = folder
    this.#options = {
      adapter: 'leveldb',
      db: openLevel,
      // A ledger is in its document whole: former revisions would only repeat it.
      auto_compaction: true,
      revs_limit: 100,
      // PouchDB takes two writes of the same content for one, even on different leaves, and reports neither.
      deterministic_revs: false,
      // An index that has fallen behind catches up in small bites: whoever writes waits for one of them.
      view_update_changes_batch_size: 20,
    }
    this.#pouch = Promise.resolve(this.#open())
  }

  /** Runs one question. Expected answers (404, 409) are for `work` to catch: whatever it throws is trouble. */
  async ask<T>(work: (pouch: PouchDB) => Promise<T>): Promise<T> {
    if (this.#closed) throw new StoreUnavailable('the embedded store is closed')
    const pouch = this.#pouch
    const running = pouch.then(work)
    this.#running.add(running)
    try {
      return await running
    } catch (cause) {
      this.#openAgain(pouch)
      const message = cause instanceof Error ? cause.message : JSON.stringify(cause)
      throw new StoreUnavailable(`the embedded store does not answer: ${message}`, { cause })
    } finally {
      this.#running.delete(running)
    }
  }

  /** Runs writes one after another, so that none is under way where another has failed. */
  askAlone<T>(work: (pouch: PouchDB) => Promise<T>): Promise<T> {
    const done = this.#lastWrite.then(() => this.ask(work))
    this.#lastWrite = done.catch(() => {})
    return done
  }

  async close(): Promise<void> {
    await this.#lastWrite
    this.#closed = true
    await this.#closeAll(await this.#pouch)
  }

  #openAgain(broken: Promise<PouchDB>): void {
    if (this.#pouch !== broken) return
    this.#pouch = broken
      .then((pouch) => this.#closeAll(pouch))
      .catch(() => {})
      .then(() => this.#open())
  }

  #open(): PouchDB {
    const pouch = new PouchDB(this.#folder, this.#options)
    // Whoever reads changes listens for the database's end meanwhile, and a school reads at once after a restart.
    pouch.setMaxListeners(0)
    return pouch
  }

  /** The last change that an index of a view knows of. One that cannot be read is removed: it will be made again. */
  readIndexes(): Promise<number> {
    return readIndexes(this.#folder, (folder) => new PouchDB(folder, this.#options))
  }

  /** Closes the indexes of views too, which PouchDB leaves open. Waits for readers: it reads on in what is closed. */
  async #closeAll(pouch: PouchDB): Promise<void> {
    await Promise.allSettled(this.#running)
    for (const index of await indexFolders(this.#folder)) await new PouchDB(index, this.#options).close()
    await pouch.close()
  }
}
