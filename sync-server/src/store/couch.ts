import { designDocuments } from 'couchdb/design-documents.mjs'
import { ensureDatabase } from './couch-ensure'
import { followCouch, pageOf, type CouchChanges } from './couch-feed'
import { localOf, setLocalOf } from './couch-local'
import { CouchServer, NoAnswer } from './couch-server'
import { viewSource } from './map-function'
import { checkDatabaseName, checkWrites, isDocumentId, plainDocument } from './plain-document'
import { StoreUnavailable } from './store'
import type { Leafed, Store, StoredDocument, StoreFactory, Write, WriteOutcome } from './store'

/** Stores in CouchDB 3, one node or a cluster, at an address like `http://account:password@host:5984`. */
export function makeCouchStores(url: string): StoreFactory {
  const server = new CouchServer(url)
  const stores = new Set<{ close(): Promise<void> }>()
  return {
    kind: 'couchdb',
    async open<D extends StoredDocument>(database: string) {
      checkDatabaseName(database)
      const store = new CouchStore<D>(server, database)
      stores.add(store)
      return store
    },
    async list(prefix) {
      const qs = { startkey: prefix, endkey: `${prefix}\ufff0` }
      const names = await server.ask<string[]>({ path: '_all_dbs', qs })
      return names.filter((name) => name.startsWith(prefix)).sort()
    },
    async close() {
      for (const store of stores) await store.close()
      await server.close()
    },
  }
}

interface AllDocs {
  rows: { id?: string; key: string; error?: string; doc?: Fields | null }[]
}
interface Fields extends StoredDocument {
  _rev: string
  _conflicts?: string[]
}
interface BulkRow {
  id: string
  ok?: boolean
  rev?: string
  accepted?: boolean
  error?: string
}

class CouchStore<D extends StoredDocument> implements Store<D> {
  readonly kind = 'couchdb'
  readonly #server: CouchServer
  readonly #db: string
  readonly #designs: number
  readonly #stops = new Set<AbortController>()
  #feed: string | null = null

  constructor(server: CouchServer, db: string) {
    this.#server = server
    this.#db = db
    this.#designs = designDocuments(db).length
  }

  async ensure() {
    await ensureDatabase(this.#server, this.#db)
  }

  async info() {
    const { update_seq } = await this.#server.ask<{ update_seq: string | number }>({ db: this.#db })
    this.#feed ??= (await this.local<{ feed: string }>('feed'))?.feed ?? null
    if (this.#feed === null) throw new StoreUnavailable(`${this.#db} has no feed yet: ensure it first`)
    return { feed: this.#feed, seq: String(update_seq) }
  }

  /** By `keys`, `_all_docs` opens each document with a read quorum: this is what settling reads (S1). */
  async get(ids: readonly string[]) {
    const found = new Map<string, Leafed<D>>()
    const keys = [...new Set(ids)].filter(isDocumentId)
    if (keys.length === 0) return found
    const { rows } = await this.#server.ask<AllDocs>({
      db: this.#db,
      path: '_all_docs',
      method: 'post',
      qs: { include_docs: true, conflicts: true },
      body: { keys },
    })
    const trouble = rows.find(({ error }) => error !== undefined && error !== 'not_found')
    if (trouble) throw new StoreUnavailable(`CouchDB could not read ${trouble.key}: ${trouble.error}`)
    const docs = rows.flatMap(({ doc }) => doc ?? [])
    const losers = await this.#leaves(docs)
    for (const doc of docs) {
      const leaf = opened<D>(doc)
      found.set(doc._id, { ...leaf, conflicts: losers.filter(({ doc: { _id } }) => _id === doc._id) })
    }
    return found
  }

  /** The losing leaves of all these. One that has gone since was merged: a write that would drop it does no harm. */
  async #leaves(docs: readonly Fields[]): Promise<{ doc: D; rev: string }[]> {
    const wanted = docs.flatMap(({ _id, _conflicts = [] }) => _conflicts.map((rev) => ({ id: _id, rev })))
    if (wanted.length === 0) return []
    const { results } = await this.#server.ask<{
      results: { docs: { ok?: Fields & { _deleted?: true } }[] }[]
    }>({
      db: this.#db,
      path: '_bulk_get',
      method: 'post',
      body: { docs: wanted },
    })
    return results
      .flatMap(({ docs: leaves }) => leaves)
      .flatMap(({ ok }) => (ok && !ok._deleted ? [opened<D>(ok)] : []))
  }

  async write(writes: readonly Write<D>[]) {
    checkWrites(writes)
    if (writes.length === 0) return new Map<string, WriteOutcome>()
    const docs = writes.map(({ doc, rev }) => ({
      ...plainDocument(doc),
      ...(rev === null ? {} : { _rev: rev }),
    }))
    const rows = await this.#bulk(docs)
    // Rows come in the order of the documents; one that is not where it should be is believed nothing.
    const outcomes = new Map(
      docs.map(({ _id }, at) => [_id, outcomeOf(rows[at]?.id === _id ? rows[at] : undefined)]),
    )
    // Afterwards, and only where their union is on disk: a bulk deletes losing leaves also beside a union that conflicts,
    // and what stood in them alone would be lost (S4). Left over, they are merged again.
    const drops = writes.flatMap(({ doc: { _id }, drop = [] }) =>
      outcomes.get(_id)?.is === 'written' ? drop.map((_rev) => ({ _id, _rev, _deleted: true })) : [],
    )
    if (drops.length > 0) await this.#bulk(drops)
    return outcomes
  }

  async #bulk(docs: readonly object[]): Promise<BulkRow[]> {
    return this.#server
      .ask<BulkRow[]>({ db: this.#db, path: '_bulk_docs', method: 'post', body: { docs } })
      .catch((error: unknown) => {
        if (error instanceof NoAnswer) return []
        throw error
      })
  }

  async range(startkey: string, endkey: string, limit: number) {
    const qs = { startkey, endkey, limit: limit + this.#designs, include_docs: true }
    const { rows } = await this.#server.ask<AllDocs>({ db: this.#db, path: '_all_docs', qs })
    return rows
      .flatMap(({ doc }) => (doc && isDocumentId(doc._id) ? [opened<D>(doc).doc] : []))
      .slice(0, limit)
  }

  async changes(since: string | null, limit: number) {
    const qs = { since: since ?? '0', limit }
    return pageOf(await this.#server.ask<CouchChanges>({ db: this.#db, path: '_changes', qs }))
  }

  follow(since: string, onChange: (ids: string[], seq: string) => void) {
    const stop = new AbortController()
    this.#stops.add(stop)
    void followCouch(this.#server, this.#db, since, onChange, stop.signal)
    return () => {
      this.#stops.delete(stop)
      stop.abort()
    }
  }

  async view(name: string, key: string) {
    const { path } = viewSource(designDocuments(this.#db), name)
    const [design, view] = path.split('/')
    const { rows } = await this.#server.ask<{ rows: { id: string }[] }>({
      db: this.#db,
      path: `_design/${design}/_view/${view}`,
      qs: { key },
    })
    return [...new Set(rows.map(({ id }) => id))].sort()
  }

  local<V extends object>(id: string) {
    return localOf<V>(this.#server, this.#db, id)
  }

  setLocal<V extends object>(id: string, value: V) {
    return setLocalOf(this.#server, this.#db, id, value)
  }

  /** Stops this store's followers. */
  async close() {
    for (const stop of this.#stops) stop.abort()
    this.#stops.clear()
  }
}

function opened<D extends StoredDocument>({ _rev, _conflicts, ...doc }: Fields): { doc: D; rev: string } {
  return { doc: doc as unknown as D, rev: _rev }
}

// S1: `accepted` is a write in fewer copies than it takes.
function outcomeOf(row: BulkRow | undefined): WriteOutcome {
  if (row?.ok && row.rev && !row.accepted) return { is: 'written', rev: row.rev }
  return row?.error === 'conflict' ? { is: 'conflict' } : { is: 'uncertain' }
}
