import { createHash } from 'node:crypto'
import { designDocuments } from 'couchdb/design-documents.mjs'
import { textOfDocument } from './plain-document'
import type { ChangesPage, StoredDocument, Write } from './store'
import { mapFunction, viewSource, type MapFunction } from './map-function'

/** One end of a document's tree of revisions. A deleted one stays as a tombstone. */
export interface Leaf {
  rev: string
  text: string
  deleted: boolean
}

/** What CouchDB keeps of a database, in memory: leaves, the order of changes, local documents. */
export class MemoryDatabase {
  readonly feed: string
  readonly locals = new Map<string, string>()
  readonly #name: string
  readonly #leaves = new Map<string, Leaf[]>()
  /** Ids of documents that are not deleted, in order. */
  #ids: string[] = []
  /** Every change ever, and the latest of each id: sequence n is `#log[n - 1]`. */
  readonly #log: string[] = []
  readonly #latest = new Map<string, number>()
  readonly #maps = new Map<string, MapFunction>()
  /** What each view emitted for a document, with the change it was asked at: most have not changed since. */
  readonly #emitted = new Map<string, { seq: number; keys: unknown[] }>()

  constructor(name: string) {
    this.#name = name
    this.feed = `memory-${name}`
  }

  get seq(): string {
    return String(this.#log.length)
  }

  /** Living leaves, the winner first: the highest generation, then the highest hash, as CouchDB chooses. */
  leaves(id: string): Leaf[] {
    return (this.#leaves.get(id) ?? []).filter(({ deleted }) => !deleted).sort(byPrecedence)
  }

  /** Writes on the leaf it names, or on none where the document does not exist. The new revision; null on conflict. */
  write({ doc, rev, drop = [] }: Write<StoredDocument>): string | null {
    const all = this.#leaves.get(doc._id) ?? []
    const living = all.filter(({ deleted }) => !deleted)
    // A document that was deleted goes on from its tombstone.
    const parent = rev === null ? all.toSorted(byPrecedence)[0] : living.find((leaf) => leaf.rev === rev)
    if (rev === null ? living.length > 0 : !parent) return null
    const text = textOfDocument(doc)
    const written: Leaf = { rev: nextRev(parent?.rev ?? null, text), text, deleted: false }
    const others = all
      .filter((leaf) => leaf !== parent)
      .map((leaf) => (drop.includes(leaf.rev) && !leaf.deleted ? tombstone(leaf) : leaf))
    this.#keep(doc._id, [written, ...others])
    return written.rev
  }

  plant(doc: StoredDocument, rev: string): void {
    const others = (this.#leaves.get(doc._id) ?? []).filter((leaf) => leaf.rev !== rev)
    this.#keep(doc._id, [{ rev, text: textOfDocument(doc), deleted: false }, ...others])
  }

  #keep(id: string, leaves: Leaf[]): void {
    this.#leaves.set(id, leaves)
    const at = firstAtLeast(this.#ids, id)
    if (this.#ids[at] !== id) this.#ids.splice(at, 0, id)
    this.#log.push(id)
    this.#latest.set(id, this.#log.length)
  }

  range(start: string, end: string, limit: number): Leaf[] {
    const found: Leaf[] = []
    for (let at = firstAtLeast(this.#ids, start); at < this.#ids.length && found.length < limit; at++) {
      const id = this.#ids[at]
      if (id === undefined || id > end) break
      const [winner] = this.leaves(id)
      if (winner) found.push(winner)
    }
    return found
  }

  changes(since: string | null, limit: number): ChangesPage {
    const ids: string[] = []
    let seq = Number(since ?? 0)
    for (; seq < this.#log.length && ids.length < limit; seq++) {
      const id = this.#log[seq]
      if (id !== undefined && this.#latest.get(id) === seq + 1) ids.push(id)
    }
    // The end of the log is always some document's latest change.
    return { ids, seq: String(seq), more: seq < this.#log.length }
  }

  view(name: string, key: string): string[] {
    let map = this.#maps.get(name)
    if (!map) this.#maps.set(name, (map = mapFunction(viewSource(designDocuments(this.#name), name).map)))
    return this.#ids.filter((id) => this.#emits(name, map, id).includes(key))
  }

  #emits(name: string, map: MapFunction, id: string): unknown[] {
    const seq = this.#latest.get(id) ?? 0
    const known = this.#emitted.get(`${name} ${id}`)
    if (known?.seq === seq) return known.keys
    const [winner, ...losers] = this.leaves(id)
    const conflicts = losers.length > 0 ? { _conflicts: losers.map(({ rev }) => rev) } : {}
    const keys = winner ? map({ ...(JSON.parse(winner.text) as object), _rev: winner.rev, ...conflicts }) : []
    this.#emitted.set(`${name} ${id}`, { seq, keys })
    return keys
  }

  copy(): MemoryDatabase {
    const copy = new MemoryDatabase(this.#name)
    for (const [id, leaves] of this.#leaves) copy.#leaves.set(id, [...leaves])
    for (const [id, seq] of this.#latest) copy.#latest.set(id, seq)
    for (const [id, text] of this.locals) copy.locals.set(id, text)
    copy.#ids = [...this.#ids]
    copy.#log.push(...this.#log)
    return copy
  }
}

function nextRev(parent: string | null, text: string): string {
  const generation = (parent === null ? 0 : generationOf(parent)) + 1
  return `${generation}-${createHash('md5').update(`${parent}\n${text}`).digest('hex')}`
}

function tombstone({ rev, text }: Leaf): Leaf {
  return { rev: nextRev(rev, 'deleted'), text, deleted: true }
}

function generationOf(rev: string): number {
  return Number(rev.slice(0, rev.indexOf('-')))
}

function byPrecedence(a: Leaf, b: Leaf): number {
  return generationOf(b.rev) - generationOf(a.rev) || (a.rev < b.rev ? 1 : -1)
}

function firstAtLeast(sorted: readonly string[], id: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? '') < id) low = middle + 1
    else high = middle
  }
  return low
}
