import type { Anchor, Leaf, SetBack } from 'shared/journal/anchor'
import { nextAnchor, replayAnchors } from 'shared/journal/anchor'
import type { SheetDocument } from 'shared/journal/document'
import { genesisOf, headHash, lengthOf, type Link } from 'shared/journal/ledger'
import { hashOf } from 'shared/plain/hash'
import { readListed } from '../store/read-listed'
import type { Store } from '../store/store'
import type { Epochs, Restored } from './epochs'
import type { JournalLog } from './journal-log'
import type { Signer } from './port'

/** Where anchors are kept: outside the store (L2). */
export interface AnchorFile {
  readAll(): Promise<Anchor[]>
  append(anchor: Anchor): Promise<void>
}

/**
 * What the last anchor of a chain had come to: `_local/anchored-<chain>`. Servers beside each other keep chains of their
 * own; a chain that is not where this says, because its file was restored, is read for from the beginning.
 */
interface Anchored {
  last: string
  feed: string
  seq: string
  epoch: string
}

export interface AnchorDeps {
  db: string
  store: Pick<Store<SheetDocument>, 'info' | 'changes' | 'get' | 'local' | 'setLocal'>
  signer: Signer
  epochs: Pick<Epochs, 'current'>
  file: AnchorFile
  now: () => number
  log: JournalLog
}

const page = 200

/** What an anchor remembers of a sheet. */
export function leafOf({ _id: sheet, db, links }: SheetDocument): Leaf {
  return { sheet, length: lengthOf(links), head: headHash(links, genesisOf(db, sheet)) }
}

/** Every hash of a chain, those of merged branches among them: each commits to all before it. */
export function hashesOf(links: readonly Link[]): Set<string> {
  const hashes = new Set<string>()
  const add = (some: readonly Link[]) => {
    for (const link of some) {
      hashes.add(link.hash)
      if (link.type === 'merge') add(link.branch)
    }
  }
  add(links)
  return hashes
}

/**
 * Writes the next anchor: what has grown since the last, and a signed root over everything (L2). A ledger that does not
 * grow out of what was anchored keeps its old leaf, so that the fault stays in sight — unless the store was known to be
 * set back since, which begins a new epoch and a new count, and is recorded. Null where nothing changed.
 */
export async function writeAnchor({
  db,
  store,
  signer,
  epochs,
  file,
  now,
  log,
}: AnchorDeps): Promise<Anchor | null> {
  const anchors = await file.readAll()
  const before = replayAnchors(anchors, (anchor) => signer.isSignedAnchor(anchor))
  if (!(before instanceof Map)) {
    log.error({ db, ...before }, 'THE ANCHORS OUTSIDE THE STORE DO NOT FIT TOGETHER: run verify')
    return null
  }
  const { feed } = await store.info()
  const epoch = epochs.current()
  const known = anchors[0] ? await store.local<Anchored>(placeOf(anchors[0])) : null
  const goesOn = known?.feed === feed && known.last === hashOf(anchors.at(-1))
  const setBack = await setBackSince(anchors, known, epoch, store)
  const leaves = new Map(setBack ? [] : before)
  let seq = goesOn && !setBack ? known.seq : null
  let reached = seq
  let isWhole = true
  for (let more = true; more;) {
    const changes = await store.changes(seq, page)
    const { found, lacks } = await readListed(store, changes)
    for (const { doc } of found.values()) {
      const old = before.get(doc._id)
      if (!old || setBack || hashesOf(doc.links).has(old.head)) leaves.set(doc._id, leafOf(doc))
      else log.error({ db, sheet: doc._id }, 'A LEDGER DOES NOT GROW OUT OF WHAT WAS ANCHORED: run verify')
    }
    isWhole &&= !lacks
    ;({ seq, more } = changes)
    // What was listed and not found comes under the next anchor.
    if (isWhole) reached = seq
  }
  const unsigned = nextAnchor(db, now(), anchors.at(-1) ?? null, before, leaves, setBack)
  const anchor = unsigned.changed.length > 0 || setBack ? signer.signAnchor(unsigned) : null
  if (anchor) await file.append(anchor)
  const chain = [...anchors, ...(anchor ? [anchor] : [])]
  const [first] = chain
  // After the file: broken off between the two, everything is read again and found known.
  if (first && reached !== null) {
    await store.setLocal<Anchored>(placeOf(first), { last: hashOf(chain.at(-1)), feed, seq: reached, epoch })
  }
  return anchor
}

// Only a loss that is known for one excuses a ledger: not a note that somebody took away.
async function setBackSince(
  anchors: readonly Anchor[],
  known: Anchored | null,
  epoch: string,
  store: AnchorDeps['store'],
): Promise<SetBack | null> {
  if (anchors.length === 0 || anchors.some(({ setBack }) => setBack?.epoch === epoch)) return null
  const restored = await store.local<Restored>('restored')
  if (restored?.epoch === epoch) return { epoch, to: restored.to }
  return known && known.epoch !== epoch ? { epoch, to: null } : null
}

function placeOf(first: Anchor): string {
  return `anchored-${hashOf(first).slice(0, 16)}`
}
