import { randomUUID } from 'node:crypto'
import type PouchDB from 'pouchdb-core'
import type { DesignDocument } from 'couchdb/design-documents.mjs'
import { must } from 'shared/plain/must'
import { EmbeddedConnection } from './embedded-connection'
import { Followers } from './followers'
import { isDocumentId } from './plain-document'
import { RecentChanges } from './recent-changes'
import type { ChangesPage, Leafed, StoredDocument, StoreInfo, Write, WriteOutcome } from './store'
import type { OpenLevel } from './synced-level'

/** One database in process. */
export class EmbeddedDatabase {
  readonly followers = new Followers((since, limit) => this.changes(since, limit))
  readonly #connection: EmbeddedConnection
  readonly #recent = new RecentChanges()
  #designs = 0
  #feed = ''

  constructor(folder: string, openLevel: OpenLevel) {
    this.#connection = new EmbeddedConnection(folder, openLevel)
  }

  /** Whether an index knows of changes that the documents do not: then they have lost their end. */
  async isSetBack(): Promise<boolean> {
    const { update_seq } = await this.#connection.ask((pouch) => pouch.info())
    return (await this.#connection.readIndexes()) > update_seq
  }

  /**
   * Puts the views in place and names the feed of changes. Safe twice. `anew`: something that was written is missing, so
   * the history that devices spoke to is over (O3): a journal that finds no epoch begins one after `epoch-before`, and
   * they offer again.
   */
  async setUp(designs: readonly DesignDocument[], { anew = false } = {}): Promise<void> {
    this.#designs = designs.length
    if (anew) await this.#endHistory()
    for (const design of designs) await this.#setUpDesign(design)
    const known = await this.local<{ feed: string }>('feed')
    this.#feed = known?.feed ?? randomUUID()
    if (!known) await this.setLocal('feed', { feed: this.#feed })
  }

  async #endHistory(): Promise<void> {
    const epoch = await this.local('epoch')
    // The note first: a start that is broken off here comes this way again, and finds it.
    if (epoch) await this.setLocal('epoch-before', epoch)
    for (const id of ['feed', 'epoch']) await this.#dropLocal(id)
  }

  async #setUpDesign(design: DesignDocument): Promise<void> {
    const there = await this.#find(design._id)
    if (there && JSON.stringify(there.views) === JSON.stringify(design.views)) return
    await this.#connection.askAlone((pouch) =>
      pouch.put({ ...design, ...(there ? { _rev: there._rev } : {}) }),
    )
    await this.#connection.askAlone((pouch) => pouch.viewCleanup())
  }

  async info(): Promise<StoreInfo> {
    const { update_seq } = await this.#connection.ask((pouch) => pouch.info())
    return { feed: this.#feed, seq: String(update_seq) }
  }

  async get<D extends StoredDocument>(ids: readonly string[]): Promise<Map<string, Leafed<D>>> {
    const keys = [...new Set(ids)].filter(isDocumentId)
    // One by one: for many keys PouchDB opens an iterator each, which takes four times as long.
    const docs = await this.#connection.ask((pouch) =>
      Promise.all(keys.map((id) => find(pouch, id, { conflicts: true }))),
    )
    const found = new Map<string, Leafed<D>>()
    for (const doc of docs) {
      if (!doc) continue
      const losers = await Promise.all((doc._conflicts ?? []).map((rev) => this.#find(doc._id, rev)))
      found.set(doc._id, {
        ...opened<D>(doc),
        // One that has gone since was merged by somebody: a write that would drop it does no harm.
        conflicts: losers.filter((leaf) => leaf !== null).map((leaf) => opened<D>(leaf)),
      })
    }
    return found
  }

  async write<D extends StoredDocument>(writes: readonly Write<D>[]): Promise<Map<string, WriteOutcome>> {
    if (writes.length === 0) return new Map()
    const docs = writes.map(({ doc, rev }) => ({
      _id: doc._id,
      ...asItIs(doc),
      ...(rev === null ? {} : { _rev: rev }),
    }))
    try {
      return await this.#connection.askAlone(async (pouch) => {
        const { update_seq: before } = await pouch.info()
        // Rows come in the order of the documents.
        const rows = await pouch.bulkDocs(docs)
        const outcomes = new Map(writes.map(({ doc: { _id } }, at) => [_id, outcomeOf(rows[at])]))
        const written = writes.filter(({ doc }) => outcomes.get(doc._id)?.is === 'written')
        // Afterwards: a bulk deletes losing leaves also beside a union that conflicts, and what stood in them is lost (S4).
        const drops = written.flatMap(({ doc: { _id }, drop = [] }) =>
          drop.map((_rev) => ({ _id, _rev, _deleted: true })),
        )
        if (drops.length > 0) await pouch.bulkDocs(drops)
        const { update_seq: after } = await pouch.info()
        const perhaps = writes.filter(({ doc }) => outcomes.get(doc._id)?.is !== 'conflict')
        this.#recent.note(
          before,
          after,
          perhaps.map(({ doc }) => doc._id),
        )
        return outcomes
      })
    } catch (error) {
      // What came of it is for the disk to say.
      this.#recent.forget()
      throw error
    } finally {
      this.followers.tell()
    }
  }

  async range<D extends StoredDocument>(startkey: string, endkey: string, limit: number): Promise<D[]> {
    const { rows } = await this.#connection.ask((pouch) =>
      pouch.allDocs({ startkey, endkey, limit: limit + this.#designs, include_docs: true }),
    )
    return rows
      .filter(({ id }) => isDocumentId(id))
      .slice(0, limit)
      .map(({ doc, id }) => opened<D>(must(doc, id)).doc)
  }

  async changes(since: string | null, limit: number): Promise<ChangesPage> {
    const from = Number(since ?? 0)
    const recent = this.#recent.after(from, limit)
    if (recent) return recent
    // One more than asked for tells whether there is more.
    const { results } = await this.#connection.ask((pouch) =>
      pouch.changes({ since: from, limit: limit + 1 }),
    )
    const page = results.slice(0, limit)
    return {
      ids: page.filter(({ id, deleted }) => !deleted && isDocumentId(id)).map(({ id }) => id),
      seq: String(page.at(-1)?.seq ?? from),
      more: results.length > limit,
    }
  }

  async view(path: string, key: string): Promise<string[]> {
    const { rows } = await this.#connection.ask((pouch) => pouch.query(path, { key }))
    return [...new Set(rows.map(({ id }) => id))]
  }

  async local<V extends object>(id: string): Promise<V | null> {
    const doc = await this.#find(`_local/${id}`)
    return doc ? (doc.value as V) : null
  }

  /** The last to write holds. */
  async setLocal(id: string, value: object): Promise<void> {
    await this.#connection.askAlone(async (pouch) => {
      const there = await find(pouch, `_local/${id}`)
      await pouch.put({ _id: `_local/${id}`, value, ...(there ? { _rev: there._rev } : {}) })
    })
  }

  async #dropLocal(id: string): Promise<void> {
    await this.#connection.askAlone(async (pouch) => {
      const there = await find(pouch, `_local/${id}`)
      if (there) await pouch.put({ _id: there._id, _rev: there._rev, _deleted: true })
    })
  }

  close(): Promise<void> {
    return this.#connection.close()
  }

  #find(id: string, rev?: string): Promise<PouchDB.Fields | null> {
    return this.#connection.ask((pouch) => find(pouch, id, rev === undefined ? {} : { rev }))
  }
}

/** Something that PouchDB is to spell, and not to copy first: it copies plain objects only, deeply and slowly. */
class AsItIs {
  readonly #value: unknown

  constructor(value: unknown) {
    this.#value = value
  }

  toJSON(): unknown {
    return this.#value
  }
}

function asItIs(doc: StoredDocument): object {
  return Object.fromEntries(
    Object.entries(doc).map(([field, value]: [string, unknown]) => [
      field,
      typeof value === 'object' && value !== null ? new AsItIs(value) : value,
    ]),
  )
}

async function find(
  pouch: PouchDB,
  id: string,
  options: { rev?: string; conflicts?: boolean } = {},
): Promise<PouchDB.Fields | null> {
  return pouch.get(id, options).catch((error: unknown) => {
    if (hasStatus(error, 404)) return null
    throw error
  })
}

function opened<D extends StoredDocument>({
  _rev,
  _conflicts,
  ...doc
}: PouchDB.Fields): { doc: D; rev: string } {
  return { doc: doc as unknown as D, rev: _rev }
}

function outcomeOf(row: PouchDB.BulkRow | undefined): WriteOutcome {
  if (row?.ok && row.rev) return { is: 'written', rev: row.rev }
  return row?.status === 409 ? { is: 'conflict' } : { is: 'uncertain' }
}

function hasStatus(error: unknown, status: number): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && error.status === status
}
