import type { Entry } from './entry'
import { fold, type Admitted } from './fold'
import type { FoldRules } from './capacity'
import { guessMade } from './made'
import type { ProjectedSheet } from './project'
import type { Capacity, Receipt } from './receipt'
import type { Cell } from './sheet'
import type { Standing } from './standing'
import type { Json } from '../plain/json'
import { must } from '../plain/must'

/** An entry of the person of this device, with its receipt once the server has it. */
export interface OwnEntry {
  entry: Entry
  receipt: Receipt | null
  /** In what capacity it was written, as the device's own judge saw it. */
  capacity: Capacity
}

/** Where an own value stands: only on this device, or at the school and waiting, or refused. */
export type OwnState = 'on-device' | 'waiting' | 'out'

/** A cell as its viewer's screen shows it. */
export interface ShownCell extends Cell {
  /** The value shown is an own one that the school has not got yet. */
  onDevice: boolean
  /** The version at which the school's value last changed (P-4): how a diary tells what is new. None on an own value. */
  version?: number
  /** An own value that does not hold yet: it waits for a fact or a deputy, or was refused. */
  mine?: { entry: string; value: Json; state: 'waiting' | 'out'; standing: Standing }
}

export interface ShownSheet {
  id: string
  cells: Record<string, ShownCell>
  /** What became of own entries, those not sent yet among them (standing by the device's own fold). */
  own: Record<string, { standing: Standing; state: OwnState | 'at-school' }>
}

/**
 * What the screen shows: the pulled sheet with own entries that it does not name yet, folded by the same rules as at the
 * school. An entry leaves the overlay when a pulled sheet names its id (O2), not when its receipt comes.
 */
export function overlay(
  id: string,
  pulled: ProjectedSheet | null,
  own: readonly OwnEntry[],
  rules: FoldRules,
): ShownSheet {
  const named = pulled?.own ?? {}
  const fresh = own.filter(({ entry }) => !Object.hasOwn(named, entry.id))
  const touched = new Set(fresh.flatMap(({ entry }) => entry.changes.map(({ cell }) => cell)))
  const shown: ShownSheet = { id, cells: {}, own: {} }
  for (const [cell, { value, version, heads, contested, times }] of Object.entries(pulled?.cells ?? {})) {
    const seen = { value, heads: heads ?? [], contested: contested ?? false, times: times ?? 1 }
    shown.cells[cell] = { ...seen, onDevice: false, version }
  }
  for (const [entry, standing] of Object.entries(named)) shown.own[entry] = { standing, state: 'at-school' }

  const folded = fold([...pulledHeads(pulled, touched), ...fresh.map(asAdmitted)], rules)
  const unsent = new Set(fresh.filter(({ receipt }) => !receipt).map(({ entry }) => entry.id))
  for (const cell of touched) {
    const now = folded.cells[cell]
    if (!now) continue
    const onDevice = unsent.has(must(now.heads[0], cell).id)
    // A pulled cell's heads stand for all its entries: only what is more than they is new.
    const before = shown.cells[cell]
    const times = (before?.times ?? 0) + now.times - (before?.heads.length ?? 0)
    shown.cells[cell] = { ...now, times, onDevice }
  }
  for (const { entry, receipt } of fresh) {
    const standing = must(folded.standings[entry.id], entry.id)
    shown.own[entry.id] = { standing, state: receipt ? stateOf(standing) : 'on-device' }
  }
  for (const { entry } of own) showOwnValue(shown, entry)
  return shown
}

function stateOf(standing: Standing): OwnState | 'at-school' {
  return standing.is === 'waiting' || standing.is === 'out' ? standing.is : 'at-school'
}

// A value of mine that waits is hatched over what holds, until I write over it or it is settled.
function showOwnValue(shown: ShownSheet, entry: Entry): void {
  const fate = must(shown.own[entry.id], entry.id).standing
  for (const { cell, value } of entry.changes) {
    if (fate.is !== 'waiting' && fate.is !== 'out') {
      delete shown.cells[cell]?.mine
      continue
    }
    const under = shown.cells[cell] ?? { value: null, heads: [], contested: false, times: 0, onDevice: false }
    shown.cells[cell] = { ...under, mine: { entry: entry.id, value, state: fate.is, standing: fate } }
  }
}

// A pulled cell's heads stand for everything behind them, and bring the weight of it (C4).
function* pulledHeads(pulled: ProjectedSheet | null, touched: ReadonlySet<string>): Iterable<Admitted> {
  const byId = new Map<string, Admitted>()
  for (const cell of touched) {
    for (const { id, author, capacity, made, rank, value } of pulled?.cells[cell]?.heads ?? []) {
      const known = byId.get(id)
      const change = { cell, value, base: [], inherited: { made, rank } }
      if (known) byId.set(id, { ...known, changes: [...known.changes, change] })
      else
        byId.set(id, {
          id,
          author,
          capacity,
          made: 0,
          changes: [change],
          admission: { is: 'in' },
        })
    }
  }
  yield* byId.values()
}

function asAdmitted({ entry, receipt, capacity }: OwnEntry): Admitted {
  return {
    id: entry.id,
    author: entry.author,
    changes: entry.changes,
    admission: receipt?.admission ?? { is: 'in' },
    capacity: receipt?.capacity ?? capacity,
    made: receipt?.made.from ?? guessMade(entry.made),
  }
}

/** The entries whose value a person sees in a cell: what their next change is based on (C2). */
export function baseOf(shown: ShownSheet, cell: string): string[] {
  const seen = shown.cells[cell]
  if (!seen) return []
  const heads = seen.heads.map(({ id }) => id)
  return seen.mine?.state === 'waiting' ? [...heads, seen.mine.entry] : heads
}
