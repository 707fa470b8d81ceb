import { must } from 'shared/plain/must'
import type { Schedule } from '../journal/schedule'
import { Followers } from './followers'
import { documentOfLeaf, endsOf, livingOf, MemoryDatabase, type Leaf } from './memory-database'
import { checkDatabaseName, checkWrites, isDocumentId, textOfDocument } from './plain-document'
import { StoreUnavailable } from './store'
import type { Leafed, Store, StoredDocument, StoreFactory, Unfollow, Write, WriteOutcome } from './store'

const howMany = 3
/** Of three copies, as CouchDB asks by default. */
const quorum = 2

export interface CopiesOptions {
  schedule: Schedule
  /** How long (ms) something sent to a copy is under way; asked for each copy and each bulk. */
  delay: () => number
  /** How long (ms) until what one copy has is told to the others. */
  spread: () => number
  /** A whole number from 0 up to, not including, `n`: which copy answers. */
  pick: (n: number) => number
  /** Nothing reaches this copy now: it answers with what it has, and lags. */
  lags?: (copy: number) => boolean
  /** The answer to this bulk is lost on the way: what came of it stays (S1). */
  losesAnswer?: (database: string) => boolean
  /** Hands every reader the same documents, frozen. */
  shared?: boolean
}

/** A cluster of CouchDB in memory: every database in three copies, each with a mind of its own. */
export interface CopiedStores extends StoreFactory {
  plantLeaf(database: string, doc: StoredDocument, rev: string): Promise<void>
  /** Every copy learns all that any other has, as when one that lagged is back. */
  catchUp(): void
  /**
   * What is kept of it now, in a cluster of its own (O3): with `locals` each copy as it is, as from pictures of their disks;
   * without, what any of them has, put into a new feed, as a tool that replicates does.
   */
  backup(options: CopiesOptions, kept: { locals: boolean }): CopiedStores
}

interface Room {
  copies: MemoryDatabase[]
  followers: Followers
}

export function makeCopiedStores(options: CopiesOptions): CopiedStores {
  return storesOver(new Map(), options)
}

function storesOver(rooms: Map<string, Room>, options: CopiesOptions): CopiedStores {
  const stores = new Set<{ close(): Promise<void> }>()
  return {
    kind: 'couchdb',
    async open<D extends StoredDocument>(database: string) {
      checkDatabaseName(database)
      const store = new CopiedStore<D>(database, rooms, options)
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
      for (const copy of rooms.get(database)?.copies ?? []) copy.plant(doc, rev)
      rooms.get(database)?.followers.tell()
    },
    catchUp() {
      for (const room of rooms.values()) spreadAll(room, () => false)
    },
    backup(otherOptions, kept) {
      const restored = new Map<string, Room>()
      for (const [name, room] of rooms) {
        const again = roomOf(kept.locals ? room.copies.map((copy) => copy.copy()) : anew(room))
        restored.set(name, again)
        // What one of them has they tell each other when they are up.
        const { schedule, spread, lags = () => false } = otherOptions
        schedule(spread(), () => spreadAll(again, lags))
      }
      return storesOver(restored, otherOptions)
    },
  }
}

function anew({ copies }: Room): MemoryDatabase[] {
  const [first] = copies
  const whole = first?.copy({ locals: false })
  for (const other of copies) if (whole) tell(other, whole, other.ids())
  return Array.from({ length: howMany }, () => must(whole, 'a whole copy').copy())
}

function roomOf(copies: MemoryDatabase[]): Room {
  const [first] = copies
  if (!first) throw new Error('a database without copies')
  return {
    copies,
    followers: new Followers(async (since, limit) =>
      named(0, first.changes(since.split(':')[0] ?? null, limit)),
    ),
  }
}

function named<P extends { seq: string }>(copy: number, page: P): P {
  return { ...page, seq: nameOf(copy, page.seq) }
}

// The count comes first, as in CouchDB's own.
function nameOf(copy: number, seq: string): string {
  return `${seq}:${copy}`
}

function tell(from: MemoryDatabase, to: MemoryDatabase, ids: Iterable<string>): void {
  for (const id of ids) for (const leaf of from.allLeaves(id)) to.accept(id, leaf)
}

function spreadAll(
  { copies, followers }: Room,
  lags: (copy: number) => boolean,
  ids?: readonly string[],
): void {
  for (const [at, to] of copies.entries()) {
    if (lags(at)) continue
    for (const from of copies) if (from !== to) tell(from, to, ids ?? from.ids())
  }
  followers.tell()
}

class CopiedStore<D extends StoredDocument> implements Store<D> {
  readonly kind = 'couchdb'
  readonly #database: string
  readonly #rooms: Map<string, Room>
  readonly #options: CopiesOptions
  readonly #unfollows = new Set<Unfollow>()

  constructor(database: string, rooms: Map<string, Room>, options: CopiesOptions) {
    this.#database = database
    this.#rooms = rooms
    this.#options = options
  }

  async ensure() {
    if (this.#rooms.has(this.#database)) return
    const copies = Array.from({ length: howMany }, () => new MemoryDatabase(this.#database))
    this.#rooms.set(this.#database, roomOf(copies))
  }

  async info() {
    const [at, copy] = this.#anyCopy()
    return { feed: copy.feed, seq: nameOf(at, copy.seq) }
  }

  /** With a read quorum: two copies are asked, and what either has counts. */
  async get(ids: readonly string[]) {
    const found = new Map<string, Leafed<D>>()
    const { copies } = this.#room()
    const skipped = this.#options.pick(howMany)
    const asked = copies.filter((_, at) => at !== skipped)
    for (const id of ids) {
      if (!isDocumentId(id)) continue
      const [winner, ...losers] = livingOf(endsOf(asked.flatMap((copy) => copy.allLeaves(id))))
      if (winner)
        found.set(id, { ...this.#opened(winner), conflicts: losers.map((leaf) => this.#opened(leaf)) })
    }
    return found
  }

  /**
   * A bulk goes to every copy by itself and arrives at each in its own time, so that of two bulks at once each may win
   * somewhere: two servers' writes of one revision may both be kept, with no partition at all (S2). Losing leaves are
   * dropped by a bulk of their own, where their union was written (S2).
   */
  async write(writes: readonly Write<D>[]) {
    checkWrites(writes)
    const bulk = writes.map(({ doc, rev }) => ({ id: doc._id, rev, doc, text: textOfDocument(doc) }))
    const replies = await this.#send((copy) =>
      bulk.map(({ doc, rev, text }) => copy.write({ doc, rev }, text)),
    )
    const outcomes = new Map<string, WriteOutcome>()
    for (const [at, { id }] of bulk.entries()) {
      const kept = replies.flatMap((reply) => reply[at] ?? [])
      if (kept.length >= quorum) outcomes.set(id, { is: 'written', rev: kept[0] ?? '' })
      else outcomes.set(id, { is: kept.length > 0 || replies.length < quorum ? 'uncertain' : 'conflict' })
    }
    const drops = writes.filter(({ doc, drop }) => drop?.length && outcomes.get(doc._id)?.is === 'written')
    if (drops.length > 0) {
      await this.#send((copy) => {
        for (const { doc, drop = [] } of drops) for (const rev of drop) copy.bury(doc._id, rev)
      })
    }
    this.#spreadLater(bulk.map(({ id }) => id))
    if (!this.#options.losesAnswer?.(this.#database)) return outcomes
    return new Map(bulk.map(({ id }): [string, WriteOutcome] => [id, { is: 'uncertain' }]))
  }

  async #send<R>(act: (copy: MemoryDatabase) => R): Promise<R[]> {
    const { copies, followers } = this.#room()
    const { lags = () => false, delay, schedule } = this.#options
    const replies = await Promise.all(
      copies.map(async (copy, at) => {
        const ms = delay()
        if (lags(at)) return []
        if (ms > 0) await new Promise<void>((resolve) => void schedule(ms, resolve))
        return [act(copy)]
      }),
    )
    followers.tell()
    return replies.flat()
  }

  #spreadLater(ids: readonly string[]): void {
    const room = this.#room()
    const { spread, schedule, lags = () => false } = this.#options
    schedule(spread(), () => spreadAll(room, lags, ids))
  }

  async range(start: string, end: string, limit: number) {
    const [, copy] = this.#anyCopy()
    return copy.range(start, end, limit).map((leaf) => this.#opened(leaf).doc)
  }

  async changes(since: string | null, limit: number) {
    const [at, copy] = this.#anyCopy()
    const [seq = '', place = ''] = (since ?? '').split(':')
    const other = this.#room().copies[Number(place)]
    if (since === null || !other) return named(at, copy.changes(null, limit))
    const from = Number(place) === at ? Number(seq) : copy.knownTo(other, Number(seq))
    return named(at, copy.changes(String(from), limit))
  }

  follow(since: string, onChange: (ids: string[], seq: string) => void) {
    const [seq = '', place = ''] = since.split(':')
    const { copies, followers } = this.#room()
    const [first, other] = [copies[0], copies[Number(place)]]
    const from = place === '0' || !first || !other ? seq : String(first.knownTo(other, Number(seq)))
    const unfollow = followers.follow(nameOf(0, from), onChange)
    this.#unfollows.add(unfollow)
    return () => {
      this.#unfollows.delete(unfollow)
      unfollow()
    }
  }

  async view(name: string, key: string) {
    return this.#anyCopy()[1].view(name, key)
  }

  // Local documents are written and read by quorum too; that their copies may differ is not modelled.
  async local<V extends object>(id: string) {
    const text = this.#room().copies[0]?.locals.get(id)
    return text === undefined ? null : (JSON.parse(text) as V)
  }

  async setLocal<V extends object>(id: string, value: V) {
    this.#room().copies[0]?.locals.set(id, JSON.stringify(value))
  }

  async close() {
    for (const unfollow of this.#unfollows) unfollow()
    this.#unfollows.clear()
  }

  #opened(leaf: Leaf): { doc: D; rev: string } {
    const doc = this.#options.shared ? documentOfLeaf(leaf) : (JSON.parse(leaf.text) as object)
    return { doc: doc as D, rev: leaf.rev }
  }

  #anyCopy(): [at: number, copy: MemoryDatabase] {
    const at = this.#options.pick(howMany)
    const copy = this.#room().copies[at]
    if (!copy) throw new Error(`no copy ${at}`)
    return [at, copy]
  }

  #room(): Room {
    const room = this.#rooms.get(this.#database)
    if (!room) throw new StoreUnavailable(`there is no database ${this.#database} yet`)
    return room
  }
}
