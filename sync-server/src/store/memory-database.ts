import { createHash } from 'node:crypto'
import { designDocuments } from 'couchdb/design-documents.mjs'
import { textOfDocument } from './plain-document'
import type { ChangesPage, StoredDocument, Write } from './store'
import { mapFunction, viewSource, type MapFunction } from './map-function'

/** A revision and those it grew from. */
interface Revision {
  rev: string
  from: Revision | null
}

/** One end of a document's tree of revisions. A deleted one stays as a tombstone. */
export interface Leaf extends Revision {
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
  /** When this copy first had a revision: the change it came with. */
  readonly #had = new Map<string, number>()
  readonly #latest = new Map<string, number>()
  readonly #maps = new Map<string, MapFunction>()
  /** What each view emitted for a document, with the change it was asked at: most have not changed since. */
  readonly #emitted = new Map<string, { seq: number; keys: unknown[] }>()

  constructor(name: string, feed = `memory-${name}`) {
    this.#name = name
    this.feed = feed
  }

  get seq(): string {
    return String(this.#log.length)
  }

  leaves(id: string): Leaf[] {
    return livingOf(this.allLeaves(id))
  }

  /** Tombstones too: what a copy has to tell another. */
  allLeaves(id: string): readonly Leaf[] {
    return this.#leaves.get(id) ?? []
  }

  /** Writes on the leaf it names, or on none where the document does not exist. The new revision; null on conflict. */
  write({ doc, rev, drop = [] }: Write<StoredDocument>, text = textOfDocument(doc)): string | null {
    const all = this.#leaves.get(doc._id) ?? []
    const living = all.filter(({ deleted }) => !deleted)
    // A document that was deleted goes on from its tombstone.
    const parent = rev === null ? all.toSorted(byPrecedence)[0] : living.find((leaf) => leaf.rev === rev)
    if (rev === null ? living.length > 0 : !parent) return null
    const from = parent ? revisionOf(parent) : null
    const written: Leaf = { rev: nextRev(parent?.rev ?? null, text), from, text, deleted: false }
    const others = all
      .filter((leaf) => leaf !== parent)
      .map((leaf) => (drop.includes(leaf.rev) && !leaf.deleted ? tombstone(leaf) : leaf))
    this.#keep(doc._id, [written, ...others])
    return written.rev
  }

  /** Deletes one end of the tree, where it is one: a revision that others grew from stays. */
  bury(id: string, rev: string): void {
    const leaves = this.allLeaves(id)
    if (!leaves.some((leaf) => leaf.rev === rev && !leaf.deleted)) return
    this.#keep(
      id,
      leaves.map((leaf) => (leaf.rev === rev ? tombstone(leaf) : leaf)),
    )
  }

  ids(): readonly string[] {
    return this.#ids
  }

  plant(doc: StoredDocument, rev: string): void {
    const others = (this.#leaves.get(doc._id) ?? []).filter((leaf) => leaf.rev !== rev)
    this.#keep(doc._id, [{ rev, from: null, text: textOfDocument(doc), deleted: false }, ...others])
  }

  /** Takes over an end of another copy's tree: what it grew from is no end any more. False where it is known. */
  accept(id: string, leaf: Leaf): boolean {
    const all = this.#leaves.get(id) ?? []
    if (all.some((known) => grewFrom(known, leaf.rev))) return false
    this.#keep(id, [leaf, ...all.filter(({ rev }) => !grewFrom(leaf, rev))])
    return true
  }

  /**
   * How many of this copy's changes another surely had by its own change `seq`: from there on nothing that it lacked is
   * passed over. Some may come twice, as in a cluster.
   */
  knownTo(other: MemoryDatabase, seq: number): number {
    for (const [at, id] of this.#log.entries()) {
      if (this.#latest.get(id) !== at + 1) continue
      const hadAll = this.allLeaves(id).every(
        ({ rev }) => (other.#had.get(`${id} ${rev}`) ?? Infinity) <= seq,
      )
      if (!hadAll) return at
    }
    return this.#log.length
  }

  #keep(id: string, leaves: Leaf[]): void {
    this.#leaves.set(id, leaves)
    for (const { rev } of leaves) {
      const key = `${id} ${rev}`
      if (!this.#had.has(key)) this.#had.set(key, this.#log.length + 1)
    }
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

  changes(since: string | null, limit: number): ChangesPage & Required<Pick<ChangesPage, 'revs'>> {
    const ids: string[] = []
    let seq = Number(since ?? 0)
    for (; seq < this.#log.length && ids.length < limit; seq++) {
      const id = this.#log[seq]
      if (id !== undefined && this.#latest.get(id) === seq + 1) ids.push(id)
    }
    const revs = new Map(
      ids.flatMap((id) =>
        this.leaves(id)
          .slice(0, 1)
          .map(({ rev }) => [id, rev] as const),
      ),
    )
    // The end of the log is always some document's latest change.
    return { ids, revs, seq: String(seq), more: seq < this.#log.length }
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
    const keys = winner ? map({ ...documentOfLeaf(winner), _rev: winner.rev, ...conflicts }) : []
    this.#emitted.set(`${name} ${id}`, { seq, keys })
    return keys
  }

  /** All of it as it is now. Without its local documents it is another feed, as what `couchbackup` restores. */
  copy({ locals = true } = {}): MemoryDatabase {
    const copy = new MemoryDatabase(this.#name, locals ? this.feed : `${this.feed}+`)
    for (const [id, leaves] of this.#leaves) copy.#leaves.set(id, [...leaves])
    for (const [id, seq] of this.#latest) copy.#latest.set(id, seq)
    for (const [key, seq] of this.#had) copy.#had.set(key, seq)
    if (locals) for (const [id, text] of this.locals) copy.locals.set(id, text)
    copy.#ids = [...this.#ids]
    copy.#log.push(...this.#log)
    return copy
  }
}

function nextRev(parent: string | null, text: string): string {
  const generation = (parent === null ? 0 : generationOf(parent)) + 1
  return `${generation}-${createHash('md5').update(`${parent}\n${text}`).digest('hex')}`
}

function tombstone(leaf: Leaf): Leaf {
  return { rev: nextRev(leaf.rev, 'deleted'), from: revisionOf(leaf), text: leaf.text, deleted: true }
}

function revisionOf({ rev, from }: Revision): Revision {
  return { rev, from }
}

/** Whether it is this revision, or grew from it. */
function grewFrom(leaf: Revision, rev: string): boolean {
  for (let at: Revision | null = leaf; at; at = at.from) if (at.rev === rev) return true
  return false
}

/** Those that are not deleted, the winner first: the highest generation, then the highest hash, as CouchDB chooses. */
export function livingOf(leaves: readonly Leaf[]): Leaf[] {
  return leaves.filter(({ deleted }) => !deleted).sort(byPrecedence)
}

/** The ends of several copies' trees taken together. */
export function endsOf(leaves: readonly Leaf[]): Leaf[] {
  const ends: Leaf[] = []
  for (const leaf of leaves) {
    if (ends.some((known) => grewFrom(known, leaf.rev))) continue
    for (const [at, known] of [...ends.entries()].reverse()) if (grewFrom(leaf, known.rev)) ends.splice(at, 1)
    ends.push(leaf)
  }
  return ends
}

const opened = new WeakMap<Leaf, object>()

/** The document of a leaf. Nobody may change it: the same one is handed to every reader. */
export function documentOfLeaf(leaf: Leaf): object {
  const known = opened.get(leaf)
  if (known) return known
  const document = frozen(JSON.parse(leaf.text) as object)
  opened.set(leaf, document)
  return document
}

function frozen<T extends object>(value: T): T {
  for (const inner of Object.values(value) as unknown[]) {
    if (typeof inner === 'object' && inner !== null) frozen(inner)
  }
  return Object.freeze(value)
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
