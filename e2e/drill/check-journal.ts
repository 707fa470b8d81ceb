import { join } from 'node:path'
import type { SheetDocument } from 'shared/journal/document'
import { flatten, type Link } from 'shared/journal/ledger'
import type { EntryId } from 'shared/journal/ids'
import { directoryOf, type Directory } from 'shared/people/directory'
import { must } from 'shared/plain/must'
import type { AccountsDocument } from '../../sync-server/src/accounts/documents'
import { makeAnchorFile } from '../../sync-server/src/journal/anchor-file'
import { makeSigner } from '../../sync-server/src/journal/signer'
import { verifyJournal, type Verified } from '../../sync-server/src/journal/verify'
import { keyFromAccounts, keyFromFile } from '../../sync-server/src/start/signing-key'
import { openStores } from '../../sync-server/src/store/open-stores'
import type { Store } from '../../sync-server/src/store/store'

export interface Complaint {
  rule: string
  says: string
}

/** What a school's store holds, read by somebody who trusts no server. */
export interface School {
  docs: Map<string, SheetDocument>
  directory: Directory
  epoch: string
  verified: Verified
  /** Leaves that nobody has merged yet. */
  conflicts: number
}

const page = 200

/**
 * Reads a whole journal straight from its store and verifies it against the anchors (A4, L1, L2). An embedded store must
 * have no server.
 */
export async function readSchool(place: { dataDir: string; couchdb: string | null }): Promise<School> {
  const { dataDir, couchdb } = place
  const stores = await openStores({ dataDir, couchdbUrl: couchdb ?? undefined })
  try {
    const db = must((await stores.list('journal-'))[0], 'a journal')
    const store = await stores.open<SheetDocument>(db)
    const accounts = await stores.open<AccountsDocument>('accounts')
    const key = couchdb ? await keyFromAccounts(accounts) : await keyFromFile(dataDir, true)
    const anchors = makeAnchorFile(join(dataDir, 'anchors', `${db}.jsonl`))
    const { docs, conflicts } = await readAll(store)
    const epoch = (await store.local<{ id: string }>('epoch'))?.id ?? ''
    const verified = await verifyJournal(store, anchors, makeSigner(key), db)
    return { docs, directory: directoryIn(docs), epoch, verified, conflicts }
  } finally {
    await stores.close()
  }
}

async function readAll(store: Store<SheetDocument>) {
  const docs = new Map<string, SheetDocument>()
  let conflicts = 0
  for (let from = 'a'; ;) {
    const some = await store.range(from, 'z~', page)
    for (const leafed of (await store.get(some.map(({ _id }) => _id))).values()) {
      docs.set(leafed.doc._id, leafed.doc)
      conflicts += leafed.conflicts.length
    }
    const last = some.at(-1)
    if (!last || some.length < page) return { docs, conflicts }
    from = `${last._id}!`
  }
}

export function directoryIn(docs: ReadonlyMap<string, SheetDocument>): Directory {
  return directoryOf([...docs.values()].map(({ _id: id, version, cells }) => ({ id, version, cells })))
}

/** Every entry that stands in a ledger, by id, with the sheets that it stands on. */
export function entriesIn(docs: ReadonlyMap<string, SheetDocument>): Map<EntryId, string[]> {
  const found = new Map<EntryId, string[]>()
  for (const doc of docs.values()) {
    const here = new Set(flatten(doc.links).flatMap((link) => (link.type === 'entry' ? [link.entry.id] : [])))
    for (const id of here) found.set(id, [...(found.get(id) ?? []), doc._id])
  }
  return found
}

/** I1, I5: the chains are whole, and no entry stands twice: on two sheets, or in one server's run of links. */
export function checkLedgers({ docs, verified, conflicts }: School): Complaint[] {
  const complaints: Complaint[] = verified.faults.map((fault) => ({
    rule: 'I5',
    says: JSON.stringify(fault),
  }))
  for (const [id, sheets] of entriesIn(docs)) {
    if (sheets.length > 1) complaints.push({ rule: 'I1', says: `${id} stands on ${sheets.join(' and ')}` })
  }
  for (const doc of docs.values()) {
    for (const id of doubledIn(doc.links))
      complaints.push({ rule: 'I1', says: `${id} is twice in ${doc._id}` })
  }
  if (conflicts > 0) complaints.push({ rule: 'S2', says: `${conflicts} leaves were never merged` })
  return complaints
}

/** O3: where nothing was lost, no new history began: every device would fetch everything again for nothing. */
export function checkHistory({ epoch }: School, before: string): Complaint[] {
  return epoch === before ? [] : [{ rule: 'O3', says: 'a new epoch began, and nothing had been lost' }]
}

/** The epoch that a running server tells its devices. */
export async function epochOf({ url }: { url: string }): Promise<string> {
  const { epoch } = (await (await fetch(`${url}/api/health`)).json()) as { epoch: string }
  return epoch
}

// Two servers may each have taken an entry before their branches met: a merge keeps both branches whole (S2).
function doubledIn(links: readonly Link[]): EntryId[] {
  const seen = new Set<EntryId>()
  return links.flatMap((link) => {
    if (link.type === 'merge') return doubledIn(link.branch)
    if (link.type !== 'entry') return []
    const isTwice = seen.has(link.entry.id)
    seen.add(link.entry.id)
    return isTwice ? [link.entry.id] : []
  })
}
