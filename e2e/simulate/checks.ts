import { fold } from 'shared/journal/fold'
import { foldRulesFor, type SheetDocument } from 'shared/journal/document'
import { admittedOf, flatten, latestReceipts, verifyLedger } from 'shared/journal/ledger'
import { idOf } from 'shared/journal/entry'
import { project } from 'shared/journal/project'
import { isInScope, scopeOf } from 'shared/journal/scope'
import { viewerOf } from 'shared/people/viewer'
import { directoryOf, type Directory } from 'shared/people/directory'
import { canonicalJson } from 'shared/plain/hash'
import type { SimulatedDevice } from './device'
import { children, db } from './people'
import type { Random } from './random'
import type { School } from './school'

export interface Complaint {
  rule: string
  says: string
}

async function documentsOf(school: School): Promise<Map<string, SheetDocument>> {
  const store = await school.stores.open<SheetDocument>(db)
  const docs = await store.range('a', 'z~', 10_000)
  return new Map(docs.map((doc) => [doc._id, doc]))
}

/** At any moment: what a device shows as at the school is in a ledger (I10), and nothing is there twice (I1). */
export async function checkTruth(school: School, devices: readonly SimulatedDevice[]): Promise<Complaint[]> {
  const docs = await documentsOf(school)
  const complaints: Complaint[] = []
  const inLedger = new Set<string>()
  for (const alarm of school.alarms)
    complaints.push({ rule: 'O3', says: `a server raised an alarm: ${alarm}` })
  for (const doc of docs.values()) {
    for (const link of flatten(doc.links)) {
      if (link.type !== 'entry') continue
      if (inLedger.has(link.entry.id))
        complaints.push({ rule: 'I1', says: `${link.entry.id} is in the ledger twice` })
      inLedger.add(link.entry.id)
    }
  }
  for (const { name, disk } of devices) {
    for (const [id, { receipt }] of disk.rows) {
      if (receipt && !inLedger.has(id))
        complaints.push({
          rule: 'I10',
          says: `${name} holds a receipt of ${id}, the ledger lacks it: ${JSON.stringify([receipt.admission, receipt.sheet])}`,
        })
    }
  }
  return complaints
}

/** When all is quiet: nothing lost, nothing altered, every replica the same, every chain whole. */
export async function checkQuiet(
  school: School,
  devices: readonly SimulatedDevice[],
  random: Random,
): Promise<Complaint[]> {
  const docs = await documentsOf(school)
  const complaints: Complaint[] = []
  const complain = (rule: string, says: string) => complaints.push({ rule, says })
  for (const alarm of school.alarms) complain('O3', `a server raised an alarm: ${alarm}`)
  const directory = directoryOf(
    [...docs.values()].map(({ _id, version, cells }) => ({ id: _id, version, cells })),
  )
  for (const doc of docs.values()) checkSheet(doc, directory, school, random, complain)
  for (const device of devices) {
    checkKept(device, docs, complain)
    checkReplica(device, docs, directory, school, complain)
  }
  return complaints
}

type Complain = (rule: string, says: string) => void

function checkSheet(
  doc: SheetDocument,
  directory: Directory,
  school: School,
  random: Random,
  complain: Complain,
): void {
  const fault = verifyLedger(db, doc._id, doc.links, (receipt) => school.signer.isSignedReceipt(receipt))
  if (fault) complain('I5', `${doc._id}: ${JSON.stringify(fault)}`)
  const entries = admittedOf({ links: doc.links, texts: doc.texts })
  for (let i = entries.length - 1; i > 0; i -= 1) {
    const j = random.int(0, i)
    const [a, b] = [entries[i], entries[j]]
    if (a && b) [entries[i], entries[j]] = [b, a]
  }
  const again = fold([...entries, ...entries.slice(0, 3)], foldRulesFor(doc._id, directory))
  const cells = Object.fromEntries(
    Object.entries(doc.cells).map(([cell, { version: _version, ...rest }]) => [cell, rest]),
  )
  if (canonicalJson(again.cells) !== canonicalJson(cells))
    complain('C1', `${doc._id} folds otherwise in another order`)
}

function checkKept(
  { name, kept, disk }: SimulatedDevice,
  docs: Map<string, SheetDocument>,
  complain: Complain,
): void {
  for (const id of kept) if (!disk.rows.has(id)) complain('I1', `${name} has lost ${id} from its disk`)
  for (const [id, { entry, receipt }] of disk.rows) {
    const links = docs.get(entry.sheet)?.links ?? []
    const stored = flatten(links).find((link) => link.type === 'entry' && link.entry.id === id)
    if (stored?.type !== 'entry') complain('I1', `${name}: ${id} is in no ledger`)
    else if (idOf(stored.entry) !== id) complain('I2', `${name}: ${id} was altered`)
    if (!receipt) complain('I3', `${name}: ${id} has no receipt`)
    else if (!latestReceipts(links).has(receipt.entry))
      complain('I1', `${name}: receipt of ${id} without an entry`)
  }
}

// I3: a device holds exactly what its viewer may see, as it is.
function checkReplica(
  device: SimulatedDevice,
  docs: Map<string, SheetDocument>,
  directory: Directory,
  school: School,
  complain: Complain,
): void {
  const viewer = viewerOf(device.person, '2026-09-16', directory)
  const scope = scopeOf(viewer, directory, '2026-09-16')
  const rightful = new Map<string, string>()
  for (const doc of docs.values()) {
    if (!isInScope(doc._id, scope)) continue
    const view = project(doc, viewer, directory)
    if (view && Object.keys(view.cells).length + Object.keys(view.own).length > 0)
      rightful.set(doc._id, canonicalJson(view))
  }
  for (const [id, view] of rightful) {
    const held = device.disk.sheets.get(id)
    if (!held) complain('I3', `${device.name} (${device.person}) lacks ${id}`)
    else if (canonicalJson(held) !== view)
      complain('I3', `${device.name} (${device.person}) shows another ${id}`)
  }
  for (const id of device.disk.sheets.keys()) {
    const doc = docs.get(id)
    if (!doc || !isInScope(id, scope) || project(doc, viewer, directory) === null) {
      complain('I6', `${device.name} (${device.person}) still holds ${id} at ${school.world.now()}`)
    }
  }
  // I8: whoever lost is told, on each of their devices.
  for (const [id, { entry }] of device.disk.rows) {
    const standing = docs.get(entry.sheet)?.standings[id]?.standing
    const told = device.disk.sheets.get(entry.sheet)?.own[id]
    if (standing?.is === 'superseded' && told?.is !== 'superseded')
      complain('I8', `${device.name}: ${id} lost, nobody was told`)
  }
}

/** I6: no byte about another family's child ever came to a guardian's device, not even for a moment. */
export function checkSeen(devices: readonly SimulatedDevice[]): Complaint[] {
  const own: Record<string, string[]> = { g1: ['s1', 's9'], g2: ['s2'] }
  return devices.flatMap(({ name, person, seen }) => {
    const mine = own[person]
    if (!mine) return []
    const foreign = children.filter((child) => !mine.includes(child))
    const leak = seen.find((text) => foreign.some((child) => new RegExp(`[":]${child}[":]`).test(text)))
    return leak ? [{ rule: 'ACC-19', says: `${name} (${person}) was sent ${leak.slice(0, 200)}` }] : []
  })
}
