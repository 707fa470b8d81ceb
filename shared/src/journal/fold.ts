import { canonicalJson } from '../plain/hash'
import type { Json } from '../plain/json'
import { must } from '../plain/must'
import { rankOf, type FoldRules } from './capacity'
import { reachable, weigh, type Weight } from './ancestry'
import type { Change } from './entry'
import type { EntryId, PersonId } from './ids'
import type { Admission, Capacity } from './receipt'
import type { Cell, Cells, Head } from './sheet'
import type { Standing } from './standing'

/** Version of the fold (A4). */
export const foldVersion = 1

/** An entry with what its receipt says, as far as the fold reads it. */
export interface Admitted {
  id: EntryId
  author: PersonId
  /** `inherited` is what a pulled head brings of ancestors that the device does not hold. */
  changes: readonly (Change & { inherited?: Weight })[]
  admission: Admission
  capacity: Capacity
  /** Earliest moment (ms) it can have been made. */
  made: number
}

export interface Folded {
  cells: Cells
  standings: Record<EntryId, Standing>
}

/** A candidate's or passed-over entry's place in one cell. */
interface Node {
  entry: Admitted
  value: Json
  base: readonly EntryId[]
  /** Rank and time of its own; null for one that is not admitted: it passes on what it saw and adds nothing. */
  own: Weight | null
}

/**
 * What the sheet says, and what became of each entry: a pure function of the *set* of entries with their receipts (C1).
 * Order, repetition and batching change nothing.
 */
export function fold(entries: Iterable<Admitted>, rules: FoldRules): Folded {
  const all = new Map<EntryId, Admitted>()
  for (const entry of entries) all.set(entry.id, entry)
  const sorted = [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1))

  const nodesByCell = new Map<string, Map<EntryId, Node>>()
  for (const entry of sorted) {
    for (const change of entry.changes) {
      let nodes = nodesByCell.get(change.cell)
      if (!nodes) nodesByCell.set(change.cell, (nodes = new Map()))
      nodes.set(entry.id, nodeOf(entry, change, rules))
    }
  }
  const cells: Cells = {}
  for (const [cell, nodes] of [...nodesByCell].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const folded = foldCell(nodes, rules)
    if (folded) cells[cell] = folded
  }
  return { cells, standings: standingsOf(sorted, cells, rules) }
}

/** What one cell says, by the entries that ever set it; null where none of them counts. */
export function foldOne(cell: string, entries: Iterable<Admitted>, rules: FoldRules): Cell | null {
  const nodes = new Map<EntryId, Node>()
  for (const entry of entries) {
    const change = entry.changes.find((candidate) => candidate.cell === cell)
    if (change) nodes.set(entry.id, nodeOf(entry, change, rules))
  }
  return foldCell(nodes, rules)
}

/** What became of each of these entries, by the cells that all of them add up to; in the order given. */
export function standingsOf(
  entries: Iterable<Admitted>,
  cells: Readonly<Cells>,
  rules: FoldRules,
): Record<EntryId, Standing> {
  const standings: Record<EntryId, Standing> = {}
  for (const { id, admission, changes } of entries) {
    const names = admission.is === 'in' ? changes.map(({ cell }) => cell).sort() : []
    const fates = names.map((cell) => fateOf(cell, id, must(cells[cell], cell), rules))
    standings[id] = standingOf(admission, fates)
  }
  return standings
}

function nodeOf(entry: Admitted, change: Admitted['changes'][number], rules: FoldRules): Node {
  const { cell, value, base, inherited } = change
  if (entry.admission.is !== 'in') return { entry, value, base, own: null }
  const rank = Math.max(rankOf(entry.capacity, cell, rules), inherited?.rank ?? 0)
  const made = Math.max(entry.made, inherited?.made ?? 0)
  return { entry, value, base, own: { rank, made } }
}

function foldCell(nodes: ReadonlyMap<EntryId, Node>, rules: FoldRules): Cell | null {
  const candidates = [...nodes.values()].filter(({ own }) => own !== null)
  // C3: a head is a candidate that no other candidate has seen.
  const seen = reachable(
    candidates.flatMap(({ base }) => base),
    nodes,
  )
  const weights = weigh(nodes)
  const heads = candidates
    .filter(({ entry }) => !seen.has(entry.id))
    .map(({ entry, value }): Head => {
      const { id, author, capacity } = entry
      const { made, rank } = must(weights.get(id), id)
      return { id, author, capacity, made, rank, value }
    })
    .sort(byPrecedence)
  const [top] = heads
  if (!top) return null
  const contested = heads.some((head) => isContested(top, head, rules))
  return { value: top.value, heads, contested, times: candidates.length }
}

function byPrecedence(a: Head, b: Head): number {
  return b.rank - a.rank || b.made - a.made || (a.id < b.id ? 1 : -1)
}

// C5. Equal values do not conflict.
function isContested(top: Head, head: Head, rules: FoldRules): boolean {
  if (sameValue(top.value, head.value)) return false
  if (top.author === head.author)
    return rules.askSameAuthor && Math.abs(top.made - head.made) <= rules.tolerance
  const capacities = new Set([top.capacity, head.capacity])
  return rules.askAboutSubstitute && capacities.has('assignee') && capacities.has('teacher')
}

/** What became of an entry in one cell of it; null where others have seen and replaced it. */
function fateOf(cell: string, id: EntryId, { heads, contested }: Cell, rules: FoldRules): Standing | null {
  const [top] = heads
  const head = heads.find((candidate) => candidate.id === id)
  if (!head || !top) return null
  const agrees = sameValue(head.value, top.value)
  // Of a contested cell the rivals wait for a choice; a third that neither would have kept is superseded all the same.
  if (contested && (agrees || isContested(top, head, rules))) return { is: 'contested', cell }
  return agrees ? { is: 'holds' } : { is: 'superseded', cell, by: top.id }
}

const severity = ['contested', 'superseded', 'holds'] as const

function standingOf(admission: Admission, fates: readonly (Standing | null)[]): Standing {
  if (admission.is !== 'in') return admission
  for (const is of severity) {
    const fate = fates.find((candidate) => candidate?.is === is)
    if (fate) return fate
  }
  return { is: 'replaced' }
}

/** Whether two values say the same. Texts differ in their salt even where they are alike, so it is left out. */
export function sameValue(a: Json, b: Json): boolean {
  return a === b || canonicalJson(withoutSalt(a)) === canonicalJson(withoutSalt(b))
}

function withoutSalt(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutSalt)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'salt')
      .map(([key, inner]) => [key, withoutSalt(inner)]),
  )
}
