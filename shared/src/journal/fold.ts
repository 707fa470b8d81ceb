import { hashOf } from '../plain/hash'
import type { Json } from '../plain/json'
import { rankOf, type FoldRules } from './capacity'
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
  kind: string
  author: PersonId
  changes: readonly Change[]
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
    for (const { cell, value, base } of entry.changes) {
      let nodes = nodesByCell.get(cell)
      if (!nodes) nodesByCell.set(cell, (nodes = new Map()))
      nodes.set(entry.id, { entry, value, base })
    }
  }
  const cells: Cells = {}
  const fates = new Map<EntryId, Standing[]>()
  for (const [cell, nodes] of [...nodesByCell].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const folded = foldCell(cell, nodes, rules)
    if (!folded) continue
    cells[cell] = folded
    for (const { entry } of nodes.values()) {
      if (entry.admission.is !== 'in') continue
      const fate = fateOf(cell, entry.id, folded)
      const list = fates.get(entry.id)
      if (list) list.push(fate)
      else fates.set(entry.id, [fate])
    }
  }
  const standings: Record<EntryId, Standing> = {}
  for (const entry of sorted) standings[entry.id] = standingOf(entry.admission, fates.get(entry.id) ?? [])
  return { cells, standings }
}

function foldCell(cell: string, nodes: Map<EntryId, Node>, rules: FoldRules): Cell | null {
  const candidates = [...nodes.values()].filter(({ entry }) => entry.admission.is === 'in')
  if (candidates.length === 0) return null
  const ancestors = new Map(candidates.map(({ entry }) => [entry.id, ancestorsOf(entry.id, nodes)]))
  // C3: a head is a candidate that no other candidate has seen.
  const seen = new Set<EntryId>()
  for (const set of ancestors.values()) for (const id of set) seen.add(id)
  const heads = candidates
    .filter(({ entry }) => !seen.has(entry.id))
    .map((node) => headOf(cell, node, ancestors.get(node.entry.id) ?? new Set(), nodes, rules))
    .sort(byPrecedence)
  const [top] = heads
  if (!top) return null
  const contested = heads.some((head) => head !== top && isContested(top, head, rules))
  return { value: top.value, heads, contested, times: candidates.length }
}

/** Everything reachable through `base`, whatever became of the entries between (C2). Unknown ids lead nowhere. */
function ancestorsOf(id: EntryId, nodes: ReadonlyMap<EntryId, Node>): Set<EntryId> {
  const found = new Set<EntryId>()
  const queue = [...(nodes.get(id)?.base ?? [])]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (found.has(next) || next === id) continue
    found.add(next)
    queue.push(...(nodes.get(next)?.base ?? []))
  }
  return found
}

// C4: the highest rank and the latest `made` of itself and its admitted ancestors.
function headOf(
  cell: string,
  { entry, value }: Node,
  ancestors: ReadonlySet<EntryId>,
  nodes: ReadonlyMap<EntryId, Node>,
  rules: FoldRules,
): Head {
  let rank = rankOf(entry.capacity, cell, rules)
  let made = entry.made
  for (const id of ancestors) {
    const ancestor = nodes.get(id)?.entry
    if (ancestor?.admission.is !== 'in') continue
    rank = Math.max(rank, rankOf(ancestor.capacity, cell, rules))
    made = Math.max(made, ancestor.made)
  }
  return { id: entry.id, author: entry.author, capacity: entry.capacity, made, rank, value }
}

function byPrecedence(a: Head, b: Head): number {
  return b.rank - a.rank || b.made - a.made || (a.id < b.id ? 1 : -1)
}

// C5. Equal values do not conflict.
function isContested(top: Head, head: Head, rules: FoldRules): boolean {
  if (sameValue(top.value, head.value)) return false
  if (top.author === head.author) return rules.askSameAuthor && Math.abs(top.made - head.made) <= rules.tolerance
  const capacities = new Set([top.capacity, head.capacity])
  return rules.askAboutSubstitute && capacities.has('assignee') && capacities.has('teacher')
}

function fateOf(cell: string, id: EntryId, folded: Cell): Standing {
  const [top] = folded.heads
  const head = folded.heads.find((candidate) => candidate.id === id)
  if (!head || !top) return { is: 'replaced' }
  if (folded.contested && (head === top || !sameValue(head.value, top.value))) return { is: 'contested', cell }
  if (head === top || sameValue(head.value, top.value)) return { is: 'holds' }
  return { is: 'superseded', cell, by: top.id }
}

const severity = ['contested', 'superseded', 'holds', 'replaced'] as const

function standingOf(admission: Admission, fates: readonly Standing[]): Standing {
  if (admission.is !== 'in') return admission
  for (const is of severity) {
    const fate = fates.find((candidate) => candidate.is === is)
    if (fate) return fate
  }
  return { is: 'replaced' }
}

/** Whether two values say the same. Texts differ in their salt even where they are alike, so it is left out. */
export function sameValue(a: Json, b: Json): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  return hashOf(withoutSalt(a)) === hashOf(withoutSalt(b))
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
