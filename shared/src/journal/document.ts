import { policyOn, type Directory } from '../people/directory'
import { defaultPolicy } from '../policy/policy'
import type { Json } from '../plain/json'
import { foldRulesOf, type FoldRules } from './capacity'
import { fold, foldVersion, type Folded } from './fold'
import { addressOf, type EntryId } from './ids'
import { admittedOf, flatten, type Ledger, type Link } from './ledger'
import type { Cell } from './sheet'
import type { Standing } from './standing'

/** A sheet as the store keeps it: one document. Cells and standings are the fold of the ledger, kept for reading. */
export interface SheetDocument {
  /** The sheet's id. */
  _id: string
  type: string
  db: string
  /** Grows with every write, and never goes back in one epoch (P-2): see `sync-server` ticks. */
  version: number
  epoch: string
  fold: number
  links: Link[]
  texts: Record<string, Json>
  cells: Record<string, StoredCell>
  standings: Record<EntryId, StoredStanding>
  /** Entries that wait for a fact: the sweep finds them by this. */
  waiting: boolean
}
/** A cell and the sheet's version at which it last came to say something else (P-4). */
export type StoredCell = Cell & { version: number }
export type StoredStanding = { standing: Standing; author: string; version: number }

/** The rules a sheet is folded by: those of the policy in force on its date (A3). */
export function foldRulesFor(sheet: string, directory: Directory): FoldRules {
  const address = addressOf(sheet)
  return foldRulesOf(address?.type === 'lesson' ? policyOn(address.date, directory) : defaultPolicy)
}

/**
 * The document that a ledger makes, each cell and standing stamped with the version at which it last changed. `folded` is
 * what this very ledger adds up to, where that is known.
 */
export function documentOf(
  place: { db: string; sheet: string; epoch: string },
  ledger: Ledger,
  rules: FoldRules,
  version: number,
  before: SheetDocument | null,
  folded: Folded = fold(admittedOf(ledger), rules),
): SheetDocument {
  const authors = new Map<EntryId, string>()
  for (const link of flatten(ledger.links))
    if (link.type === 'entry') authors.set(link.entry.id, link.entry.author)
  return {
    _id: place.sheet,
    type: addressOf(place.sheet)?.type ?? 'unknown',
    db: place.db,
    version,
    epoch: place.epoch,
    fold: foldVersion,
    links: ledger.links,
    texts: ledger.texts,
    cells: stampCells(folded, version, before),
    standings: stampStandings(folded, authors, version, before),
    waiting: Object.values(folded.standings).some(
      (standing) => standing.is === 'waiting' && standing.for !== 'deputy',
    ),
  }
}

function stampCells(
  folded: Folded,
  version: number,
  before: SheetDocument | null,
): Record<string, StoredCell> {
  const stamped: Record<string, StoredCell> = {}
  for (const [cell, now] of Object.entries(folded.cells)) {
    const old = before?.cells[cell]
    const same = old && sameCell(old, now)
    stamped[cell] = { ...now, version: same ? old.version : version }
  }
  return stamped
}

function sameCell(a: Cell, b: Cell): boolean {
  return (
    a.contested === b.contested &&
    a.times === b.times &&
    a.heads.length === b.heads.length &&
    a.heads.every(({ id, made, rank }, i) => {
      const head = b.heads[i]
      return id === head?.id && made === head.made && rank === head.rank
    }) &&
    JSON.stringify(a.value) === JSON.stringify(b.value)
  )
}

function stampStandings(
  folded: Folded,
  authors: ReadonlyMap<EntryId, string>,
  version: number,
  before: SheetDocument | null,
): Record<EntryId, StoredStanding> {
  const stamped: Record<EntryId, StoredStanding> = {}
  for (const [id, standing] of Object.entries(folded.standings)) {
    const old = before?.standings[id]
    const same = old && JSON.stringify(old.standing) === JSON.stringify(standing)
    stamped[id] = { standing, author: authors.get(id) ?? '', version: same ? old.version : version }
  }
  return stamped
}
