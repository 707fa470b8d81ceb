import { mkdir, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { designDocuments } from 'couchdb/design-documents.mjs'
import { EmbeddedDatabase } from './embedded-database'
import { lockFolder } from './folder-lock'
import { dropIndexes, dropDamagedIndexes } from './embedded-indexes'
import { forgetLoss, noteLoss, rememberLoss } from './level-loss'
import { viewSource } from './map-function'
import { checkDatabaseName, checkWrites } from './plain-document'
import { StoreUnavailable } from './store'
import type { Store, StoredDocument, StoreFactory, Unfollow, Write } from './store'
import { syncedLevel, type OpenLevel } from './synced-level'

export interface EmbeddedOptions {
  openLevel?: OpenLevel
  /** Something that was on disk is gone: a file of the database is damaged. Its history begins anew. */
  onLoss?: OnLoss
}
type OnLoss = (database: string, says: string) => void

/**
 * Stores in process: PouchDB over LevelDB in `<dataDir>/store`, every write synced before it is answered. One process a
 * folder: a second one is told so.
 */
export async function makeEmbeddedStores(
  dataDir: string,
  { openLevel = syncedLevel, onLoss = () => {} }: EmbeddedOptions = {},
): Promise<StoreFactory> {
  const folder = join(dataDir, 'store')
  await mkdir(folder, { recursive: true })
  const unlock = await lockFolder(folder)
  const rooms = new Rooms(folder, openLevel, onLoss)
  return {
    kind: 'embedded',
    async open<D extends StoredDocument>(database: string) {
      checkDatabaseName(database)
      return new EmbeddedStore<D>(database, rooms)
    },
    list: (prefix) => rooms.list(prefix),
    async close() {
      await rooms.close()
      await unlock()
    },
  }
}

/** The databases that are open: one each, whoever asks. */
class Rooms {
  readonly #folder: string
  readonly #openLevel: OpenLevel
  readonly #onLoss: OnLoss
  readonly #open = new Map<string, Promise<EmbeddedDatabase>>()

  constructor(folder: string, openLevel: OpenLevel, onLoss: OnLoss) {
    this.#folder = folder
    this.#openLevel = openLevel
    this.#onLoss = onLoss
  }

  /** Views have folders beside those of their databases; the lock has one too. */
  async list(prefix: string): Promise<string[]> {
    const entries = await readdir(this.#folder, { withFileTypes: true })
    return entries
      .filter((entry) => entry.isDirectory() && entry.name !== 'lock' && !entry.name.includes('-mrview-'))
      .map(({ name }) => name)
      .filter((name) => name.startsWith(prefix))
      .sort()
  }

  async get(database: string): Promise<EmbeddedDatabase> {
    const open = this.#open.get(database)
    if (open) return open
    if (!(await this.list(database)).includes(database)) {
      throw new StoreUnavailable(`there is no database ${database} yet`)
    }
    return this.create(database)
  }

  create(database: string): Promise<EmbeddedDatabase> {
    let opening = this.#open.get(database)
    if (!opening) {
      opening = this.#create(database)
      this.#open.set(database, opening)
      opening.catch(() => this.#open.delete(database))
    }
    return opening
  }

  async #create(database: string): Promise<EmbeddedDatabase> {
    const path = join(this.#folder, database)
    await dropDamagedIndexes(path)
    const found = await rememberLoss(path)
    const opened = new EmbeddedDatabase(path, this.#openLevel)
    const loss = found ?? ((await opened.isSetBack()) ? 'the end of its log is gone' : null)
    // An index that is ahead is what tells: the note first.
    if (loss !== null && found === null) await noteLoss(path, loss)
    // They may know of changes whose numbers will be given again.
    if (loss !== null) await dropIndexes(path)
    await opened.setUp(designDocuments(database), { anew: loss !== null })
    if (loss !== null) {
      await forgetLoss(path)
      this.#onLoss(database, loss)
    }
    // LevelDB syncs what is in its folder; that there is one is for us to sync.
    const folder = await open(this.#folder)
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
    return opened
  }

  async close(): Promise<void> {
    const all = [...this.#open.values()]
    this.#open.clear()
    for (const opening of all) await (await opening).close()
  }
}

class EmbeddedStore<D extends StoredDocument> implements Store<D> {
  readonly kind = 'embedded'
  readonly #database: string
  readonly #rooms: Rooms
  readonly #unfollows = new Set<Unfollow>()

  constructor(database: string, rooms: Rooms) {
    this.#database = database
    this.#rooms = rooms
  }

  async ensure() {
    await this.#rooms.create(this.#database)
  }

  async info() {
    return (await this.#room()).info()
  }

  async get(ids: readonly string[]) {
    return (await this.#room()).get<D>(ids)
  }

  async write(writes: readonly Write<D>[]) {
    checkWrites(writes)
    return (await this.#room()).write(writes)
  }

  async range(start: string, end: string, limit: number) {
    return (await this.#room()).range<D>(start, end, limit)
  }

  async changes(since: string | null, limit: number) {
    return (await this.#room()).changes(since, limit)
  }

  follow(since: string, onChange: (ids: string[], seq: string) => void) {
    let stopped = false
    let unfollow: Unfollow = () => {}
    const start = async (): Promise<void> => {
      const { followers } = await this.#room()
      if (!stopped) unfollow = followers.follow(since, onChange)
    }
    void start()
    const stop = (): void => {
      stopped = true
      unfollow()
      this.#unfollows.delete(stop)
    }
    this.#unfollows.add(stop)
    return stop
  }

  async view(name: string, key: string) {
    const { path } = viewSource(designDocuments(this.#database), name)
    return (await this.#room()).view(path, key)
  }

  async local<V extends object>(id: string) {
    return (await this.#room()).local<V>(id)
  }

  async setLocal<V extends object>(id: string, value: V) {
    await (await this.#room()).setLocal(id, value)
  }

  /** Stops this store's followers. The database stays open for others until the factory is closed. */
  async close() {
    for (const stop of this.#unfollows) stop()
  }

  #room(): Promise<EmbeddedDatabase> {
    return this.#rooms.get(this.#database)
  }
}
