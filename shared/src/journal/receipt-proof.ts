import { canonicalJson, hashOf } from '../plain/hash'
import type { Receipt, UnsignedReceipt } from './receipt'

/**
 * Receipts of one batch are signed at once: over the root of a Merkle tree whose leaves they are (RFC 6962 has the idea,
 * `anchor.ts` the same hashes). Each carries its way up to the root, so each proves itself alone, years later; and a
 * class of forty marks costs the school one signature, and a device one check.
 */
export interface Batch {
  root: string
  /** Each leaf's way to the root, in the order of the leaves: neighbours with the side they stand on. */
  paths: string[][]
}

const leaves = new WeakMap<object, string>()

/** The hash of a receipt's content: what is signed, and what its link in the ledger commits to. */
export function receiptHash(receipt: Receipt | UnsignedReceipt): string {
  const known = leaves.get(receipt)
  if (known) return known
  const { admission, by, capacity, db, entry, epoch, judged, made, received, sheet } = receipt
  const leaf = hashOf({
    leaf: { admission, by, capacity, db, entry, epoch, judged, made, received, sheet },
  })
  // Receipts are never changed in place; one that is made of another is another object.
  leaves.set(receipt, leaf)
  return leaf
}

/** The tree over these leaves. At least one. */
export function batchOf(hashes: readonly string[]): Batch {
  const paths = hashes.map((): string[] => [])
  let level = hashes.map((hash, i) => ({ hash, under: [i] }))
  while (level.length > 1) {
    const above: typeof level = []
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i], level[i + 1]]
      if (!left) break
      if (!right) {
        above.push(left)
        continue
      }
      for (const at of left.under) paths[at]?.push(`r${right.hash}`)
      for (const at of right.under) paths[at]?.push(`l${left.hash}`)
      above.push({ hash: nodeOf(left.hash, right.hash), under: [...left.under, ...right.under] })
    }
    level = above
  }
  return { root: level[0]?.hash ?? '', paths }
}

/** The root that a receipt's own content and way lead to: what its signature must be over. */
export function rootOf(receipt: Receipt): string {
  return (receipt.path ?? []).reduce(
    (hash, step) => (step.startsWith('l') ? nodeOf(step.slice(1), hash) : nodeOf(hash, step.slice(1))),
    receiptHash(receipt),
  )
}

/** The text whose UTF-8 is signed with Ed25519. */
export function signedText(root: string): string {
  return canonicalJson({ receipts: root })
}

/** Completes receipts with one signature over all of them. */
export function sealReceipts(
  receipts: readonly UnsignedReceipt[],
  sign: (text: string) => string,
): Receipt[] {
  if (receipts.length === 0) return []
  const { root, paths } = batchOf(receipts.map(receiptHash))
  const signature = sign(signedText(root))
  return receipts.map((receipt, i) => {
    const path = paths[i] ?? []
    const sealed = { ...receipt, ...(path.length > 0 ? { path } : {}), signature }
    leaves.set(sealed, receiptHash(receipt))
    return sealed
  })
}

function nodeOf(left: string, right: string): string {
  return hashOf({ node: [left, right] })
}

/** Whether two receipts say the same: those of one batch share a signature. */
export function isSameReceipt(a: Receipt | null | undefined, b: Receipt | null | undefined): boolean {
  if (!a || !b) return !a && !b
  return a.signature === b.signature && receiptHash(a) === receiptHash(b)
}
