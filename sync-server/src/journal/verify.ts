import { compareWithStore, replayAnchors, type AnchorFault, type SetBack } from 'shared/journal/anchor'
import { documentOf, type SheetDocument } from 'shared/journal/document'
import { foldRulesOf, type FoldRules } from 'shared/journal/capacity'
import { addressOf } from 'shared/journal/ids'
import { falseText, flatten, lengthOf, verifyLedger, type LedgerFault } from 'shared/journal/ledger'
import { directoryOf, type Directory } from 'shared/people/directory'
import { hashOf } from 'shared/plain/hash'
import { defaultPolicy } from 'shared/policy/policy'
import type { Store } from '../store/store'
import { hashesOf, type AnchorFile } from './anchors'
import type { Signer } from './port'

/** What is wrong with a journal. `cells`: a sheet does not say what its ledger adds up to. */
export type JournalFault =
  | ({ sheet: string } & LedgerFault)
  | { sheet: string; fault: 'text' | 'cells' }
  | AnchorFault

export interface Verified {
  sheets: number
  entries: number
  anchors: number
  /** When anchors say that the store was set back: no fault, but somebody should know why. */
  setBack: (SetBack & { at: number })[]
  faults: JournalFault[]
}

interface Known {
  hashes: Set<string>
  length: number
}

const page = 200

/**
 * Verifies a whole journal (A4, L1, L2): every chain and signature, every text against its commitment, every sheet folded
 * again, and the whole against the anchors kept outside the store. Nothing is judged again: the answers are in the chain.
 */
export async function verifyJournal(
  store: Pick<Store<SheetDocument>, 'range'>,
  anchors: Pick<AnchorFile, 'readAll'>,
  signer: Pick<Signer, 'isSignedReceipt' | 'isSignedAnchor'>,
  db: string,
): Promise<Verified> {
  const directory = await readDirectory(store)
  const verified: Verified = { sheets: 0, entries: 0, anchors: 0, setBack: [], faults: [] }
  const known = new Map<string, Known>()
  for await (const doc of documents(store, 'a', 'z~')) {
    verified.sheets++
    verified.entries += flatten(doc.links).filter(({ type }) => type === 'entry').length
    known.set(doc._id, { hashes: hashesOf(doc.links), length: lengthOf(doc.links) })
    const fault = verifySheet(doc, db, directory, signer)
    if (fault) verified.faults.push({ sheet: doc._id, ...fault })
  }
  const kept = await anchors.readAll()
  verified.anchors = kept.length
  verified.setBack = kept.flatMap(({ at, setBack }) => (setBack ? [{ ...setBack, at }] : []))
  const leaves = replayAnchors(kept, (anchor) => signer.isSignedAnchor(anchor))
  if (!(leaves instanceof Map)) {
    verified.faults.push(leaves)
    return verified
  }
  for (const leaf of leaves.values()) {
    const one = new Map([[leaf.sheet, leaf]])
    // A hash commits to all before it, in a merged branch as well: where the head is found, the past is whole.
    const fault = compareWithStore(one, (sheet, length) => {
      const found = known.get(sheet)
      if (!found) return 'no-sheet'
      if (found.hashes.has(leaf.head)) return leaf.head
      return found.length < length ? 'too-short' : ''
    })
    if (fault) verified.faults.push(fault)
  }
  return verified
}

function verifySheet(
  doc: SheetDocument,
  db: string,
  directory: Directory,
  signer: Pick<Signer, 'isSignedReceipt'>,
): LedgerFault | { fault: 'text' | 'cells' } | null {
  const fault = verifyLedger(db, doc._id, doc.links, (receipt) => signer.isSignedReceipt(receipt))
  if (fault) return fault
  if (falseText(doc) !== null) return { fault: 'text' }
  // The policy of the date may have changed since the sheet was last written: one that was ever in force will do.
  return possibleRules(doc._id, directory).some((rules) => isFoldOf(doc, rules)) ? null : { fault: 'cells' }
}

function possibleRules(sheet: string, { policies }: Directory): FoldRules[] {
  const all = [...policies.map(({ policy }) => policy), defaultPolicy]
  const rules = (addressOf(sheet)?.type === 'lesson' ? all : [defaultPolicy]).map(foldRulesOf)
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()]
}

function isFoldOf(doc: SheetDocument, rules: FoldRules): boolean {
  const place = { db: doc.db, sheet: doc._id, epoch: doc.epoch }
  const again = documentOf(place, doc, rules, doc.version, doc)
  return hashOf([again.cells, again.standings]) === hashOf([doc.cells, doc.standings])
}

async function readDirectory(store: Pick<Store<SheetDocument>, 'range'>): Promise<Directory> {
  const sheets = []
  // Everything but the lessons, which are many.
  for (const [start, end] of [
    ['a', 'lesson'],
    ['lesson;', 'z~'],
  ] as const) {
    for await (const { _id: id, version, cells } of documents(store, start, end))
      sheets.push({ id, version, cells })
  }
  return directoryOf(sheets)
}

async function* documents(
  store: Pick<Store<SheetDocument>, 'range'>,
  start: string,
  end: string,
): AsyncGenerator<SheetDocument> {
  for (let from = start; ;) {
    const documents = await store.range(from, end, page)
    yield* documents
    const last = documents.at(-1)
    if (!last || documents.length < page) return
    from = `${last._id}!`
  }
}
