import { must } from 'shared/plain/must'
import { Followers } from './followers'
import { documentOfLeaf, MemoryDatabase, type Leaf } from './memory-database'
import { checkDatabaseName, checkWrites, isDocumentId } from './plain-document'
import { StoreUnavailable } from './store'
import type { Leafed, Store, StoredDocument, StoreFactory, Unfollow, Write, WriteOutcome } from './store'

/**
 * What a test makes of a write: `conflict`: somebody else was first; `uncertain-kept`: it is on disk, but its answer is
 * lost; `uncertain-lost`: it is not, and nobody knows (S1).
 */
export type Fault = 'conflict' | 'uncertain-kept' | 'uncertain-lost'

export interface MemoryOptions {
  /** Asked before each write of a bulk, in order. May throw `StoreUnavailable`: what came before it in the bulk stays. */
  onWrite?: (database: string, write: Write<StoredDocument>) => Fault | null
  /** Asked before each reading call. May throw `StoreUnavailable`. */
  onRead?: (database: string) => void
  /** Hands every reader the same documents, frozen: reading costs nothing, and whoever changes what they read throws. */
  shared?: boolean
}

/** Stores in memory, for tests and the simulation: no timers, no chance, the same calls give the same revisions. */
export interface MemoryStores extends StoreFactory {
  /** Adds a leaf beside those there are, as a second server of a cluster does that wrote at the same time (S2). */
  plantLeaf(database: string, doc: StoredDocument, rev: string): Promise<void>
  /**
   * All databases as they are now, in stores of their own: what a backup restores (O3). `locals`: with the local
   * documents, as a copy of the folder has them; without, the feed is another, as after `couchbackup`.
   */
  backup(options?: MemoryOptions, kept?: { locals: boolean }): MemoryStores
}

interface Room {
  data: MemoryDatabase
  followers: Followers
}

export function makeMemoryStores(options: MemoryOptions = {}): MemoryStores {
  return storesOver(new Map(), options)
}

function storesOver(rooms: Map<string, Room>, options: MemoryOptions): MemoryStores {
  const stores = new Set<{ close(): Promise<void> }>()
  return {
    kind: 'memory',
    async open<D extends StoredDocument>(database: string) {
      checkDatabaseName(database)
      const store = new MemoryStore<D>(database, rooms, options)
      stores.add(store)
      return store
    },
    async list(prefix) {
      return [...rooms.keys()].filter((name) => name.startsWith(prefix)).sort()
    },
    async close() {
      for (const store of stores) await store.close()
    },
    async plantLeaf(database, doc, rev) {
      const { data, followers } = must(rooms.get(database), database)
      data.plant(doc, rev)
      followers.tell()
    },
    backup(otherOptions = {}, kept = { locals: true }) {
      const copies = [...rooms].map(([name, { data }]) => [name, roomOf(data.copy(kept))] as const)
      return storesOver(new Map(copies), otherOptions)
    },
  }
}

function roomOf(data: MemoryDatabase): Room {
  return { data, followers: new Followers(async (since, limit) => data.changes(since, limit)) }
}

class MemoryStore<D extends StoredDocument> implements Store<D> {
  readonly kind = 'memory'
  readonly #database: string
  readonly #rooms: Map<string, Room>
  readonly #options: MemoryOptions
  readonly #unfollows = new Set<Unfollow>()

  constructor(database: string, rooms: Map<string, Room>, options: MemoryOptions) {
    this.#database = database
    this.#rooms = rooms
    this.#options = options
  }

  async ensure() {
    if (!this.#rooms.has(this.#database))
      this.#rooms.set(this.#database, roomOf(new MemoryDatabase(this.#database)))
  }

  async info() {
    const { feed, seq } = this.#read()
    return { feed, seq }
  }

  async get(ids: readonly string[]) {
    const data = this.#read()
    const found = new Map<string, Leafed<D>>()
    for (const id of ids) {
      const [winner, ...losers] = isDocumentId(id) ? data.leaves(id) : []
      if (winner)
        found.set(id, { ...this.#opened(winner), conflicts: losers.map((leaf) => this.#opened(leaf)) })
    }
    return found
  }

  async write(writes: readonly Write<D>[]) {
    checkWrites(writes)
    const { data, followers } = this.#room()
    const outcomes = new Map<string, WriteOutcome>()
    try {
      for (const write of writes) outcomes.set(write.doc._id, this.#writeOne(data, write))
    } finally {
      followers.tell()
    }
    return outcomes
  }

  #writeOne(data: MemoryDatabase, write: Write<D>): WriteOutcome {
    const fault = this.#options.onWrite?.(this.#database, write) ?? null
    if (fault === 'conflict') return { is: 'conflict' }
    if (fault === 'uncertain-lost') return { is: 'uncertain' }
    const rev = data.write(write)
    if (fault === 'uncertain-kept') return { is: 'uncertain' }
    return rev === null ? { is: 'conflict' } : { is: 'written', rev }
  }

  async range(start: string, end: string, limit: number) {
    return this.#read()
      .range(start, end, limit)
      .map((leaf) => this.#opened(leaf).doc)
  }

  async changes(since: string | null, limit: number) {
    return this.#read().changes(since, limit)
  }

  follow(since: string, onChange: (ids: string[], seq: string) => void) {
    const unfollow = this.#room().followers.follow(since, onChange)
    this.#unfollows.add(unfollow)
    return () => {
      this.#unfollows.delete(unfollow)
      unfollow()
    }
  }

  async view(name: string, key: string) {
    return this.#read().view(name, key)
  }

  async local<V extends object>(id: string) {
    const text = this.#read().locals.get(id)
    return text === undefined ? null : (JSON.parse(text) as V)
  }

  async setLocal<V extends object>(id: string, value: V) {
    this.#room().data.locals.set(id, JSON.stringify(value))
  }

  async close() {
    for (const unfollow of this.#unfollows) unfollow()
    this.#unfollows.clear()
  }

  #opened(leaf: Leaf): { doc: D; rev: string } {
    const doc = this.#options.shared ? documentOfLeaf(leaf) : (JSON.parse(leaf.text) as object)
    return { doc: doc as D, rev: leaf.rev }
  }

  #read(): MemoryDatabase {
    this.#options.onRead?.(this.#database)
    return this.#room().data
  }

  #room(): Room {
    const room = this.#rooms.get(this.#database)
    if (!room) throw new StoreUnavailable(`there is no database ${this.#database} yet`)
    return room
  }
}
