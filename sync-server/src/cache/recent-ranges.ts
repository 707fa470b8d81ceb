import type { SheetDocument } from 'shared/journal/document'
import { isJsonObject, type Json } from 'shared/plain/json'
import type { Store } from '../store/store'
import type { RecentChanges } from './recent-changes'

/** What is kept weighs no more than so many cells, a record of the ledger counted as four: less than a hundred megabytes. */
const mostWeight = 150_000
/** So many letters of homework, topics and remarks weigh as much as a cell. They lie in cells and in the ledger. */
const lettersOfWeight = 100

export type ReadRange = (start: string, end: string, limit: number) => Promise<readonly SheetDocument[]>

/** Ranges of sheets that were read lately: those of a class ask for the same. Losing them costs a read. */
export interface RecentRanges {
  /**
   * Looks at the store, and gives a way to read what is in a range, at most so many, no older than at that look. Nobody may
   * change what comes: others have the same.
   */
  asOfNow(): Promise<ReadRange>
  /** Forgets everything: the store was set back. */
  forget(): void
}

interface Kept {
  documents: readonly SheetDocument[]
  weight: number
  /** A sequence that had been looked at before they were read. */
  seq: string
}

interface Deps {
  store: Pick<Store<SheetDocument>, 'kind' | 'range'>
  recent: Pick<RecentChanges, 'look' | 'seq' | 'since'>
}

/**
 * Keeps ranges for as long as nothing in them has changed, by a look at the store for each reading. Only of a store in this very
 * process: of a cluster's copies one may lag behind what another tells of changes, and what is read now is never older
 * than a sequence that is handed out with it (P-2), where something kept might be.
 */
export function makeRecentRanges({ store, recent }: Deps): RecentRanges {
  // The longest unused come first.
  const kept = new Map<string, Kept>()
  let weight = 0

  function drop(key: string): void {
    weight -= kept.get(key)?.weight ?? 0
    kept.delete(key)
  }

  function keep(key: string, made: Kept): void {
    drop(key)
    if (made.weight > mostWeight / 2) return
    kept.set(key, made)
    weight += made.weight
    for (const oldest of kept.keys()) {
      if (weight <= mostWeight) break
      drop(oldest)
    }
  }

  const range: ReadRange = async (start, end, limit) => {
    const key = `${start} ${end} ${limit}`
    const known = kept.get(key)
    if (known && recent.since(known.seq, [{ start, end }])?.ids.length === 0) {
      keep(key, known)
      return known.documents
    }
    const seq = recent.seq()
    const documents = await store.range(start, end, limit)
    if (seq !== null)
      keep(key, { documents, seq, weight: documents.reduce((sum, doc) => sum + weigh(doc), 1) })
    return documents
  }

  return {
    async asOfNow() {
      if (store.kind !== 'embedded') return (start, end, limit) => store.range(start, end, limit)
      await recent.look()
      return range
    },
    forget() {
      kept.clear()
      weight = 0
    },
  }
}

function weigh({ cells, links, standings, texts }: SheetDocument): number {
  const written = Object.values(texts).reduce<number>((sum, told) => sum + lettersIn(told), 0)
  return (
    1 +
    Object.keys(cells).length +
    4 * links.length +
    Object.keys(standings).length +
    Math.ceil(written / lettersOfWeight)
  )
}

function lettersIn(told: Json): number {
  return isJsonObject(told) && typeof told.text === 'string' ? told.text.length : 0
}
