import { hashOf } from '../plain/hash'

/** A sheet as an anchor remembers it: how long its ledger was and what its last hash. */
export interface Leaf {
  sheet: string
  length: number
  head: string
}

/**
 * A signed root over every ledger of a database, chained to the one before and kept outside the store: a truncated
 * ledger or a deleted sheet is found by it (L2). `changed` lists the leaves that differ from the anchor before.
 */
export interface Anchor {
  db: string
  at: number
  count: number
  changed: Leaf[]
  root: string
  /** `hashOf` the anchor before, signature included; empty for the first. */
  before: string
  /** What the chain remembered counts no more: from here on it says what the restored store says. */
  setBack?: SetBack
  signature: string
}

/** The store was set back to an earlier state: a restore, recorded as an act, or a loss that devices proved (O3). */
export interface SetBack {
  /** The epoch that began with it. */
  epoch: string
  /** When the backup was made, ms; null where nobody said. */
  to: number | null
}
export type UnsignedAnchor = Omit<Anchor, 'signature'>

/** Merkle root over leaves in order of their sheet's id. */
export function merkleRoot(leaves: Iterable<Leaf>): string {
  let level = [...leaves]
    .sort((a, b) => (a.sheet < b.sheet ? -1 : 1))
    .map(({ sheet, length, head }) => hashOf({ leaf: [sheet, length, head] }))
  if (level.length === 0) return hashOf({ leaf: [] })
  while (level.length > 1) {
    const above: string[] = []
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i] ?? ''
      const right = level[i + 1]
      above.push(right === undefined ? left : hashOf({ node: [left, right] }))
    }
    level = above
  }
  return level[0] ?? ''
}

/**
 * The next anchor, unsigned: what changed since the last, and the root over everything. One that tells of a restore lists
 * everything.
 */
export function nextAnchor(
  db: string,
  at: number,
  last: Anchor | null,
  before: Map<string, Leaf>,
  now: Map<string, Leaf>,
  setBack: SetBack | null = null,
): UnsignedAnchor {
  const changed = [...now.values()]
    .filter((leaf) => {
      const old = setBack ? undefined : before.get(leaf.sheet)
      return !old || old.head !== leaf.head || old.length !== leaf.length
    })
    .sort((a, b) => (a.sheet < b.sheet ? -1 : 1))
  return {
    db,
    at,
    count: now.size,
    changed,
    root: merkleRoot(now.values()),
    before: last ? hashOf(last) : '',
    ...(setBack ? { setBack } : {}),
  }
}

export type AnchorFault =
  | { fault: 'chain' | 'signature' | 'root'; at: number }
  | { fault: 'deleted' | 'truncated' | 'rewritten'; sheet: string }

/** Replays anchors into the leaves they remember, or names the first fault. */
export function replayAnchors(
  anchors: readonly Anchor[],
  isSigned: (anchor: Anchor) => boolean,
): Map<string, Leaf> | AnchorFault {
  const leaves = new Map<string, Leaf>()
  let before = ''
  for (const [at, anchor] of anchors.entries()) {
    if (anchor.before !== before) return { fault: 'chain', at }
    if (!isSigned(anchor)) return { fault: 'signature', at }
    if (anchor.setBack) leaves.clear()
    for (const leaf of anchor.changed) leaves.set(leaf.sheet, leaf)
    if (anchor.count !== leaves.size || merkleRoot(leaves.values()) !== anchor.root)
      return { fault: 'root', at }
    before = hashOf(anchor)
  }
  return leaves
}

/** Holds the store against what the anchors remember. `hashAt` is that of `ledger.ts`, asked of the sheet's links. */
export function compareWithStore(
  leaves: ReadonlyMap<string, Leaf>,
  hashAt: (sheet: string, length: number, head: string) => string | 'no-sheet' | 'too-short',
): AnchorFault | null {
  for (const { sheet, length, head } of leaves.values()) {
    const hash = hashAt(sheet, length, head)
    if (hash === 'no-sheet') return { fault: 'deleted', sheet }
    if (hash === 'too-short') return { fault: 'truncated', sheet }
    if (hash !== head) return { fault: 'rewritten', sheet }
  }
  return null
}
