import { hashOf } from '../plain/hash'
import type { Json } from '../plain/json'
import { commitChange, idOf, reveal, saltedParts, type Entry } from './entry'
import type { Admitted } from './fold'
import type { EntryId } from './ids'
import type { Receipt } from './receipt'
import { receiptHash } from './receipt-proof'

/**
 * What a sheet's ledger is made of, in order of arrival. Each link hashes the one before, so an edit, a drop or a
 * reorder is found (L1). Entries stand in it with commitments in place of free text.
 */
export type Link =
  | { type: 'entry'; entry: Entry; receipt: Receipt; hash: string }
  /** A fact arrived and the server judged a waiting entry again (A1). */
  | { type: 'readmit'; receipt: Receipt; hash: string }
  /** Two servers wrote at once: the other branch after the common prefix, its own chain intact (S2). */
  | { type: 'merge'; heads: [string, string]; branch: Link[]; hash: string }

export type UnhashedLink =
  | Omit<Extract<Link, { type: 'entry' }>, 'hash'>
  | Omit<Extract<Link, { type: 'readmit' }>, 'hash'>
  | Omit<Extract<Link, { type: 'merge' }>, 'hash'>

export interface Ledger {
  links: Link[]
  /** The texts beside the ledger, by commitment: may be erased without breaking the chain. */
  texts: Record<string, Json>
}

/** The hash before the first link, different for every sheet: a ledger cannot be moved under another id. */
export function genesisOf(db: string, sheet: string): string {
  return hashOf({ genesis: sheet, db })
}

export function headHash(links: readonly Link[], genesis: string): string {
  return links.at(-1)?.hash ?? genesis
}

function hashLink(before: string, link: UnhashedLink): string {
  switch (link.type) {
    case 'entry':
      // The id commits to the content, so the link need not repeat it.
      return hashOf({ before, entry: link.entry.id, ...proofOf(link.receipt), type: link.type })
    case 'readmit':
      return hashOf({ before, ...proofOf(link.receipt), type: link.type })
    case 'merge':
      return hashOf({
        before,
        branch: link.branch.map(({ hash }) => hash),
        heads: link.heads,
        type: link.type,
      })
  }
}

// The whole receipt: its content, the way from there to what is signed, and the signature.
function proofOf(receipt: Receipt) {
  return {
    receipt: receiptHash(receipt),
    signature: receipt.signature,
    ...(receipt.path && { steps: receipt.path }),
  }
}

/** What comes to a ledger, in order: an entry with its receipt, or the answer to a waiting one that was judged again. */
export type Fact = { type: 'entry'; entry: Entry; receipt: Receipt } | { type: 'readmit'; receipt: Receipt }

/** Appends an arrived entry. Twice is once: a ledger that has it comes back as it was. */
export function appendEntry(ledger: Ledger, entry: Entry, receipt: Receipt): Ledger {
  return appendFacts(ledger, [{ type: 'entry', entry, receipt }])
}

/** Appends the answer to a waiting entry that was judged again. */
export function appendReadmission(ledger: Ledger, receipt: Receipt): Ledger {
  return appendFacts(ledger, [{ type: 'readmit', receipt }])
}

/** Appends facts in their order. Nothing new: the same ledger back. */
export function appendFacts(ledger: Ledger, facts: readonly Fact[]): Ledger {
  const known = new Set<EntryId>()
  for (const link of flatten(ledger.links)) if (link.type === 'entry') known.add(link.entry.id)
  const links = [...ledger.links]
  const texts = { ...ledger.texts }
  for (const fact of facts) {
    if (fact.type === 'readmit') {
      push(links, fact)
      continue
    }
    const { entry, receipt } = fact
    if (known.has(entry.id)) continue
    known.add(entry.id)
    const changes = entry.changes.map(commitChange)
    for (const { value } of entry.changes) Object.assign(texts, saltedParts(value))
    push(links, { type: 'entry', entry: { ...entry, changes }, receipt })
  }
  return links.length === ledger.links.length ? ledger : { links, texts }
}

function push(links: Link[], link: UnhashedLink): void {
  const receipt = link.type === 'merge' ? null : link.receipt
  const before = links.at(-1)?.hash ?? (receipt ? genesisOf(receipt.db, receipt.sheet) : '')
  links.push({ ...link, hash: hashLink(before, link) })
}

/**
 * Merges two ledgers that grew apart (S2): the union by entry id, the second branch kept whole inside a link that names
 * both heads. A ledger that contains the other comes back as it is.
 */
export function mergeLedgers(ours: Ledger, theirs: Ledger): Ledger {
  const texts = { ...theirs.texts, ...ours.texts }
  const hashes = new Set(allHashes(ours.links))
  const fork = theirs.links.findIndex(({ hash }) => !hashes.has(hash))
  if (fork < 0) return { links: ours.links, texts }
  const known = new Set(allHashes(theirs.links))
  if (ours.links.every(({ hash }) => known.has(hash))) return { links: theirs.links, texts }
  const branch = theirs.links.slice(fork)
  const heads: [string, string] = [headHash(ours.links, ''), headHash(theirs.links, '')]
  const links = [...ours.links]
  push(links, { type: 'merge', heads, branch })
  return { links, texts }
}

function allHashes(links: readonly Link[]): string[] {
  return links.flatMap((link) =>
    link.type === 'merge' ? [link.hash, ...allHashes(link.branch)] : [link.hash],
  )
}

/** Every link in order, those of merged branches among them. */
export function flatten(links: readonly Link[]): Exclude<Link, { type: 'merge' }>[] {
  return links.flatMap((link) => (link.type === 'merge' ? flatten(link.branch) : [link]))
}

/** Number of facts in the ledger, branches included. */
export function lengthOf(links: readonly Link[]): number {
  return links.reduce((sum, link) => sum + 1 + (link.type === 'merge' ? lengthOf(link.branch) : 0), 0)
}

/** The receipt that stands for an entry: of several servers' the first received. */
export function findReceipt(links: readonly Link[], entry: EntryId): Receipt | null {
  let found: Receipt | null = null
  for (const link of flatten(links)) {
    if (link.receipt.entry !== entry || link.type !== 'entry') continue
    if (!found || precedes(link.receipt, found)) found = link.receipt
  }
  return found
}

/** The last word on each entry: its receipt, or the latest readmission. */
export function latestReceipts(links: readonly Link[]): Map<EntryId, Receipt> {
  const first = new Map<EntryId, Receipt>()
  const later = new Map<EntryId, Receipt>()
  for (const { type, receipt } of flatten(links)) {
    const map = type === 'entry' ? first : later
    const known = map.get(receipt.entry)
    const takes = !known || (type === 'entry' ? precedes(receipt, known) : precedes(known, receipt))
    if (takes) map.set(receipt.entry, receipt)
  }
  for (const [id, receipt] of later) first.set(id, receipt)
  return first
}

function precedes(a: Receipt, b: Receipt): boolean {
  return a.judged - b.judged < 0 || (a.judged === b.judged && a.signature < b.signature)
}

/** The entries of a ledger as the fold reads them, texts opened. */
export function admittedOf(ledger: Ledger): Admitted[] {
  const receipts = latestReceipts(ledger.links)
  const entries = new Map<EntryId, Admitted>()
  for (const link of flatten(ledger.links)) {
    if (link.type !== 'entry' || entries.has(link.entry.id)) continue
    const receipt = receipts.get(link.entry.id) ?? link.receipt
    entries.set(link.entry.id, {
      id: link.entry.id,
      author: link.entry.author,
      changes: link.entry.changes.map((change) => ({ ...change, value: reveal(change.value, ledger.texts) })),
      admission: receipt.admission,
      capacity: receipt.capacity,
      made: receipt.made.from,
    })
  }
  return [...entries.values()]
}

export type LedgerFault = { at: number; fault: 'hash' | 'entry-id' | 'receipt' | 'signature' | 'merge-heads' }

/**
 * Checks a chain: every hash follows from the one before, every entry has the id of its content, every receipt speaks of
 * its entry and carries the server's signature (A4, L1). Null when all is well; `at` counts from 0.
 */
export function verifyLedger(
  db: string,
  sheet: string,
  links: readonly Link[],
  isSigned: (receipt: Receipt) => boolean,
): LedgerFault | null {
  const genesis = genesisOf(db, sheet)
  const isOfSheet = (fact: { db: string; sheet: string }) => fact.db === db && fact.sheet === sheet
  return verifyLinks(links, genesis, { known: new Set([genesis]), isOfSheet, isSigned })
}

interface Verifying {
  /** Every hash met so far, those of merged branches too: a later branch may have grown from any of them. */
  known: Set<string>
  isOfSheet: (fact: { db: string; sheet: string }) => boolean
  isSigned: (receipt: Receipt) => boolean
}

function verifyLinks(links: readonly Link[], start: string, verifying: Verifying): LedgerFault | null {
  let before = start
  for (const [at, { hash, ...link }] of links.entries()) {
    if (hash !== hashLink(before, link)) return { at, fault: 'hash' }
    const fault = link.type === 'merge' ? verifyMerge(link, before, verifying) : verifyFact(link, verifying)
    if (fault) return { at, fault }
    verifying.known.add(hash)
    before = hash
  }
  return null
}

function verifyFact(
  link: Exclude<UnhashedLink, { type: 'merge' }>,
  { isOfSheet, isSigned }: Verifying,
): LedgerFault['fault'] | null {
  if (!isOfSheet(link.receipt)) return 'receipt'
  if (!isSigned(link.receipt)) return 'signature'
  if (link.type === 'readmit') return null
  if (link.receipt.entry !== link.entry.id || !isOfSheet(link.entry)) return 'receipt'
  return idOfCommitted(link.entry) === link.entry.id ? null : 'entry-id'
}

function verifyMerge(
  { heads, branch }: Extract<UnhashedLink, { type: 'merge' }>,
  before: string,
  verifying: Verifying,
): LedgerFault['fault'] | null {
  const [first] = branch
  if (!first || heads[0] !== before || heads[1] !== branch.at(-1)?.hash) return 'merge-heads'
  const { hash, ...link } = first
  const root = [...verifying.known].find((known) => hashLink(known, link) === hash)
  if (root === undefined) return 'merge-heads'
  return verifyLinks(branch, root, verifying)?.fault ?? null
}

/** The first text beside the ledger that is not what its commitment says, or null (L1). Erased texts are not missed. */
export function falseText({ texts }: Pick<Ledger, 'texts'>): string | null {
  return Object.entries(texts).find(([commitment, text]) => hashOf(text) !== commitment)?.[0] ?? null
}

/**
 * The chain hash that an anchor of this head and length finds in the ledger (L2): the head itself wherever it stands, for
 * a merge may have made a branch of what was anchored, and a hash vouches for all before it.
 */
export function hashAt(
  links: readonly Link[],
  { length, head }: { length: number; head: string },
): string | 'too-short' {
  if (allHashes(links).includes(head)) return head
  return lengthOf(links) < length ? 'too-short' : headHash(links, '')
}

function idOfCommitted(entry: Entry): string {
  const { id: _id, ...content } = entry
  // Commitments have no salt of their own, so committing again changes nothing.
  return idOf(content)
}
