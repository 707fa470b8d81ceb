import type { SheetDocument, StoredCell, StoredStanding } from 'shared/journal/document'
import { mergeLedgers, type Ledger } from 'shared/journal/ledger'
import type { Leafed } from '../store/store'

export interface Merged {
  ledger: Ledger
  /** What every reader may already have: the cells and standings that all leaves agree on. */
  before: SheetDocument | null
  /** Losing leaves, to be deleted in the same bulk. */
  drop: string[]
}

/**
 * The union of a document's leaves (S2). A cell keeps its version only where all leaves say the same: somebody may have
 * read the losing leaf, and must learn of every cell that differs from what they read (P-4).
 */
export function mergeLeaves(leafed: Leafed<SheetDocument> | null): Merged {
  if (!leafed) return { ledger: { links: [], texts: {} }, before: null, drop: [] }
  const { doc, conflicts } = leafed
  const docs = conflicts.map((conflict) => conflict.doc)
  const ledger = docs.reduce<Ledger>((all, leaf) => mergeLedgers(all, leaf), doc)
  if (docs.length === 0) return { ledger: { links: doc.links, texts: doc.texts }, before: doc, drop: [] }
  return { ledger, before: docs.reduce(common, doc), drop: conflicts.map(({ rev }) => rev) }
}

function common(a: SheetDocument, b: SheetDocument): SheetDocument {
  return {
    ...a,
    cells: shared<StoredCell>(a.cells, b.cells),
    standings: shared<StoredStanding>(a.standings, b.standings),
  }
}

function shared<V extends { version: number }>(
  a: Record<string, V>,
  b: Record<string, V>,
): Record<string, V> {
  const same: Record<string, V> = {}
  for (const [key, one] of Object.entries(a)) {
    const other = Object.hasOwn(b, key) ? b[key] : undefined
    if (!other || textOf(one) !== textOf(other)) continue
    same[key] = { ...one, version: Math.max(one.version, other.version) }
  }
  return same
}

function textOf(value: { version: number }): string {
  return JSON.stringify({ ...value, version: 0 })
}
