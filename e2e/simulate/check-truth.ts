import type { SheetDocument } from 'shared/journal/document'
import { flatten, genesisOf, headHash } from 'shared/journal/ledger'
import { hashesOf } from '../../sync-server/src/journal/anchors'
import { maybeUnwritten } from 'shared/journal/unwritten'
import type { Leafed } from '../../sync-server/src/store/store'
import type { Disk } from '../../client/src/store/memory-storage'
import type { Complaint } from './complaint'
import type { SimulatedDevice } from './device'
import { db } from './people'
import type { School } from './school'

interface Read {
  entries: Set<string>
  hashes: Set<string>
  isTwice: string | null
}

/**
 * At any moment: what a device shows as at the school is in a ledger (I10), nothing is there twice (I1), no ledger has
 * shrunk (I2), and nobody was called without reason (O3). What has not changed since the last check is not read again.
 */
export class TruthCheck {
  readonly #read = new WeakMap<SheetDocument, Read>()
  readonly #heads = new Map<string, string>()

  constructor(
    readonly school: School,
    readonly devices: readonly SimulatedDevice[],
  ) {}

  async check(): Promise<Complaint[]> {
    const { school } = this
    const complaints: Complaint[] = []
    const wasSetBack = school.restores.length > 0
    if (!wasSetBack)
      for (const alarm of school.alarms)
        complaints.push({ rule: 'O3', says: `a server raised an alarm: ${alarm}` })
    const entries = new Set<string>()
    const disks = await Promise.all(
      this.devices.map(async ({ name, parts }) => [name, await parts.disk.read()] as const),
    )
    const written = disks.flatMap(([, { rows }]) => [...rows.values()].map(({ entry }) => entry.sheet))
    for (const [id, leafed] of await leavesOf(school, [...written, ...this.#heads.keys()])) {
      const leaves = [leafed, ...leafed.conflicts].map(({ doc }) => this.#readOf(doc))
      for (const { isTwice } of leaves)
        if (isTwice) complaints.push({ rule: 'I1', says: `${isTwice} is in the ledger twice` })
      for (const leaf of leaves) for (const entry of leaf.entries) entries.add(entry)
      const head = this.#heads.get(id)
      if (head && !wasSetBack && !leaves.some(({ hashes }) => hashes.has(head)))
        complaints.push({ rule: 'I2', says: `the ledger of ${id} has lost what it had` })
      if (leaves.length === 1) this.#heads.set(id, headHash(leafed.doc.links, genesisOf(db, id)))
    }
    if (!wasSetBack) for (const [name, disk] of disks) complaints.push(...untrueOn(name, disk, entries))
    return complaints
  }

  #readOf(doc: SheetDocument): Read {
    const known = this.#read.get(doc)
    if (known) return known
    const read: Read = { entries: new Set(), hashes: hashesOf(doc.links), isTwice: null }
    const first = new Map<string, string>()
    for (const link of flatten(doc.links)) {
      if (link.type !== 'entry') continue
      // Two servers may each have taken it in before they knew of each other: then it stands in a merged branch too.
      const where = doc.links.includes(link) ? 'trunk' : 'branch'
      if (first.get(link.entry.id) === 'trunk' && where === 'trunk') read.isTwice = link.entry.id
      first.set(link.entry.id, where)
      read.entries.add(link.entry.id)
    }
    this.#read.set(doc, read)
    return read
  }
}

// A copy that lags does not know of every sheet: those that must be there are asked for by name.
async function leavesOf(
  school: School,
  known: readonly string[],
): Promise<Map<string, Leafed<SheetDocument>>> {
  const store = await school.stores.factory.open<SheetDocument>(db)
  const { ids } = await store.changes(null, 100_000)
  return store.get([...new Set([...ids, ...known])])
}

function untrueOn(name: string, { rows }: Disk, entries: ReadonlySet<string>): Complaint[] {
  return [...rows].flatMap(([id, { receipt }]) => {
    if (!receipt || maybeUnwritten(receipt) || entries.has(id)) return []
    const told = JSON.stringify([receipt.admission, receipt.sheet])
    return [{ rule: 'I10', says: `${name} holds a receipt of ${id}, the ledger lacks it: ${told}` }]
  })
}
