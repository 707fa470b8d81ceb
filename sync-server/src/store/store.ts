/** What a stored document must have: an ASCII id with a type prefix. Revisions travel beside it, never inside. */
export interface StoredDocument {
  _id: string
}

/** A document with its revision, and the conflicting leaves that lost (S2): settle them before writing. */
export interface Leafed<D> {
  doc: D
  rev: string
  conflicts: { doc: D; rev: string }[]
}

export interface Write<D> {
  doc: D
  /** The revision read, or null for a new document. */
  rev: string | null
  /** Losing leaves to delete in the same bulk (S2). */
  drop?: string[]
}

/**
 * What became of one write of a bulk: it is on disk in enough copies; somebody else wrote first; or nobody can say —
 * accepted by too few copies, or no answer (S1). Neither conflict nor uncertainty is an exception.
 */
export type WriteOutcome = { is: 'written'; rev: string } | { is: 'conflict' } | { is: 'uncertain' }

export interface ChangesPage {
  /**
   * Ids of changed documents, each once; deleted ones are left out. Their order says nothing: CouchDB keeps one for each
   * shard only.
   */
  ids: string[]
  /**
   * In a cluster: the revision of each that won at the copy that tells of it. Other copies may lack it yet, so that a
   * quorum of them gives something older: see `readListed`.
   */
  revs?: ReadonlyMap<string, string>
  /** Where this page ends: opaque. */
  seq: string
  more: boolean
}

export interface StoreInfo {
  /** Tells one history of changes from another: a sequence belongs to its feed. */
  feed: string
  seq: string
}

/** Stops a `follow`. */
export type Unfollow = () => void

/**
 * One database of documents: CouchDB through nano, PouchDB in process, or memory. One contract suite runs against every
 * adapter. No bulk is all or nothing (S4). Only a store that cannot be reached throws, with `StoreUnavailable`.
 */
export interface Store<D extends StoredDocument = StoredDocument> {
  readonly kind: 'embedded' | 'couchdb' | 'memory'
  /** Creates the database with its views where it is missing. Safe twice. */
  ensure(): Promise<void>
  info(): Promise<StoreInfo>
  /** The documents that exist, by id; always with their conflicting leaves. */
  get(ids: readonly string[]): Promise<Map<string, Leafed<D>>>
  /** Writes in bulk; outcomes by id. An answer `written` means: on disk (S1). */
  write(writes: readonly Write<D>[]): Promise<Map<string, WriteOutcome>>
  /** Documents by id from `start` to `end`, both included, in order of code points, at most `limit`. */
  range(start: string, end: string, limit: number): Promise<D[]>
  /** Ids changed after `since` (null: from the beginning), without documents. */
  changes(since: string | null, limit: number): Promise<ChangesPage>
  /** Calls back with batches of changed ids as they come, until unfollowed. Reconnects by itself. */
  follow(since: string, onChange: (ids: string[], seq: string) => void): Unfollow
  /** Rows of a view of `couchdb/design/journal/`, for a key: the ids of documents that emitted it. */
  view(name: string, key: string): Promise<string[]>
  /** A local document: of this database, never replicated. Null where there is none. */
  local<V extends object>(id: string): Promise<V | null>
  setLocal<V extends object>(id: string, value: V): Promise<void>
  close(): Promise<void>
}

/** Opens databases by name. `journal-<school>-<year>` hold sheets; `accounts` holds sign-ins and sessions. */
export interface StoreFactory {
  readonly kind: Store['kind']
  open<D extends StoredDocument>(database: string): Promise<Store<D>>
  /** The names of databases that exist and start with the prefix. */
  list(prefix: string): Promise<string[]>
  close(): Promise<void>
}

/** The store cannot be reached or does not answer: the request is answered 503, the device tries again. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable'
}

/** The store answers, and does not let this server's account do that. */
export class NotAllowed extends StoreUnavailable {
  override name = 'NotAllowed'
}

/** What is left of the store is not what was written to it. A backup is, and what came after it the devices offer again. */
export class StoreDamaged extends StoreUnavailable {
  override name = 'StoreDamaged'
}
