import type { EntryId } from './ids'

/** What precedence compares first (C4): rank in the cell, then the moment made (ms). */
export interface Weight {
  rank: number
  made: number
}

interface Seeing {
  base: readonly EntryId[]
  /** Null for an entry that is not admitted. */
  own: Weight | null
}

/** Everything that can be reached from these through `base`, themselves too. Unknown ids lead nowhere (C2). */
export function reachable(from: readonly EntryId[], nodes: ReadonlyMap<EntryId, Seeing>): Set<EntryId> {
  const found = new Set<EntryId>()
  const queue = [...from]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (found.has(next)) continue
    found.add(next)
    queue.push(...(nodes.get(next)?.base ?? []))
  }
  return found
}

const nothing: Weight = { rank: 0, made: -1 }

/**
 * Each entry's weight in a cell: the highest rank and the latest `made` of itself and its admitted ancestors, and always
 * a moment after them (C4). So whoever writes on top of what holds, holds: were it only as late, the ids would decide,
 * and a third value could come to hold by an entry that speaks against it.
 */
export function weigh(nodes: ReadonlyMap<EntryId, Seeing>): Map<EntryId, Weight> {
  const weights = new Map<EntryId, Weight>()
  const open = new Set<EntryId>()
  for (const start of nodes.keys()) {
    // A stack of its own: chains grow long, and the engine's stack does not.
    const path = [start]
    for (let id = path.at(-1); id !== undefined; id = path.at(-1)) {
      const node = nodes.get(id)
      if (!node || weights.has(id)) {
        path.pop()
        continue
      }
      const unweighed = node.base.filter((base) => nodes.has(base) && !weights.has(base) && !open.has(base))
      if (unweighed.length > 0) {
        open.add(id)
        path.push(...unweighed)
        continue
      }
      weights.set(id, weightOf(node, weights))
      path.pop()
    }
  }
  return weights
}

function weightOf({ base, own }: Seeing, weights: ReadonlyMap<EntryId, Weight>): Weight {
  let { rank, made } = nothing
  for (const id of base) {
    const seen = weights.get(id) ?? nothing
    rank = Math.max(rank, seen.rank)
    made = Math.max(made, seen.made)
  }
  return own ? { rank: Math.max(rank, own.rank), made: Math.max(made + 1, own.made) } : { rank, made }
}
