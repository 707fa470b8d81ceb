import { dayOf } from 'shared/calendar/zone'
import { foldRulesFor, type SheetDocument } from 'shared/journal/document'
import { idOf } from 'shared/journal/entry'
import { fold } from 'shared/journal/fold'
import { admittedOf, flatten, latestReceipts } from 'shared/journal/ledger'
import { project, type ProjectedSheet } from 'shared/journal/project'
import { isInScope, scopeOf } from 'shared/journal/scope'
import { directoryOf, type Directory } from 'shared/people/directory'
import { viewerOf } from 'shared/people/viewer'
import { canonicalJson } from 'shared/plain/hash'
import type { Disk } from '../../client/src/store/memory-storage'
import { verifyJournal } from '../../sync-server/src/journal/verify'
import { maybeUnwritten } from 'shared/journal/unwritten'
import type { Complain, Complaint } from './complaint'
import type { SimulatedDevice } from './device'
import { db } from './people'
import type { Random } from './random'
import type { School } from './school'
import type { Day } from './steps'

type Documents = Map<string, SheetDocument>

/** When all is quiet: nothing lost, nothing altered, every replica the same, every chain whole. */
export async function checkQuiet({ world, school, devices, random }: Day): Promise<Complaint[]> {
  const complaints: Complaint[] = []
  const complain: Complain = (rule, says) => void complaints.push({ rule, says })
  const docs = await school.documents()
  const directory = directoryOf(
    [...docs.values()].map(({ _id, version, cells }) => ({ id: _id, version, cells })),
  )
  await checkLeaves(school, complain)
  for (const doc of docs.values()) checkFold(doc, directory, random, complain)
  await checkAnchors(school, complain)
  for (const device of devices) {
    const disk = await device.parts.disk.read()
    checkKept(device, disk, docs, complain)
    checkReplica(device, disk, docs, directory, school, complain)
    checkTold(device, disk, docs, complain)
  }
  await world.run(world.now())
  return complaints
}

// S2: whatever two servers wrote at once is one ledger again.
async function checkLeaves(school: School, complain: Complain): Promise<void> {
  const store = await school.stores.factory.open<SheetDocument>(db)
  for (const [id, { conflicts }] of await store.get((await store.changes(null, 100_000)).ids))
    if (conflicts.length > 0) complain('S2', `${id} still has ${conflicts.length + 1} leaves`)
}

function checkFold(doc: SheetDocument, directory: Directory, random: Random, complain: Complain): void {
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

// I5, L1, L2: the verifier that operators have, over every chain, text, cell and anchor.
async function checkAnchors(school: School, complain: Complain): Promise<void> {
  const { world, parts } = school
  const store = await school.stores.factory.open<SheetDocument>(db)
  for (const { journal, anchors } of school.servers) {
    if (!journal) continue
    let done = false
    journal
      .anchor()
      .finally(() => (done = true))
      .catch(() => {})
    await world.runUntil(() => done, 3_600_000)
    const verified = await verifyJournal(store, { readAll: async () => anchors }, parts.signer, db)
    for (const fault of verified.faults) {
      // A store that was set back has lost what an anchor saw, until the loss is proven; a chain is whole all the same.
      const mayBe = fault.fault === 'truncated' || fault.fault === 'rewritten' || fault.fault === 'deleted'
      if (!(mayBe && school.restores.length > 0)) complain('I5', JSON.stringify(fault))
    }
    const covered = new Set(anchors.flatMap(({ changed }) => changed.map(({ sheet }) => sheet)))
    if (covered.size < verified.sheets)
      complain('L2', `of ${verified.sheets} sheets anchors know ${covered.size}`)
  }
}

function checkKept(
  { name, kept }: SimulatedDevice,
  { rows }: Disk,
  docs: Documents,
  complain: Complain,
): void {
  for (const id of kept.keys()) if (!rows.has(id)) complain('I1', `${name} has lost ${id} from its disk`)
  for (const [id, { entry, receipt }] of rows) {
    if (receipt && maybeUnwritten(receipt)) continue
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
  { sheets, rows }: Disk,
  docs: Documents,
  directory: Directory,
  school: School,
  complain: Complain,
): void {
  const [server] = school.servers
  const day = dayOf(server?.now() ?? 0, directory.school.zone)
  const viewer = viewerOf(device.person, day, directory)
  const scope = scopeOf(viewer, directory, day)
  const epoch = server?.journal?.epoch() ?? ''
  for (const doc of docs.values()) {
    if (!isInScope(doc._id, scope)) continue
    const view = project(doc, viewer, directory)
    if (!view || Object.keys(view.cells).length + Object.keys(view.own).length === 0) continue
    const held = sheets.get(doc._id)
    if (!held) complain('I3', `${device.name} (${device.person}) lacks ${doc._id}`)
    else if (!isShown(held, { ...view, epoch }))
      complain('I3', `${device.name} (${device.person}) shows another ${doc._id}`)
  }
  for (const id of sheets.keys()) {
    const doc = docs.get(id)
    if (!doc || !isInScope(id, scope) || project(doc, viewer, directory) === null)
      complain('I6', `${device.name} (${device.person}) still holds ${id}`)
  }
  // I8: whoever lost is told, on each of their devices that may see the sheet.
  for (const [id, { entry }] of rows) {
    const standing = docs.get(entry.sheet)?.standings[id]?.standing
    const held = sheets.get(entry.sheet)
    if (held && standing?.is === 'superseded' && held.own[id]?.is !== 'superseded')
      complain('I8', `${device.name}: ${id} lost, nobody was told`)
  }
}

// A remark to the family that never held makes an older version count, of what was not shown; two leaves that both had a
// cell, united, keep the later of its versions: neither is news. What a device has is never newer than what it may see (P-4).
function isShown(held: ProjectedSheet, view: ProjectedSheet): boolean {
  const isOlder = Object.entries(view.cells).every(
    ([name, { version }]) => (held.cells[name]?.version ?? 0) <= version,
  )
  return (
    isOlder &&
    held.version <= view.version &&
    canonicalJson(withoutVersions(held)) === canonicalJson(withoutVersions(view))
  )
}

function withoutVersions(sheet: ProjectedSheet): ProjectedSheet {
  const cells = Object.entries(sheet.cells).map(([name, cell]) => [name, { ...cell, version: 0 }])
  return { ...sheet, version: 0, cells: Object.fromEntries(cells) }
}

// I4, I10: what the screens say is what lies on the disk; a refusal stays in sight, unless a
// second delivery of the same entry was taken in.
function checkTold(
  { name, journal }: SimulatedDevice,
  { rows }: Disk,
  docs: Documents,
  complain: Complain,
): void {
  if (!journal) return complain('I11', `${name} does not come up`)
  const fates = new Map(journal.own().map((own) => [own.entry.id, own.fate.standing.is]))
  for (const [id, { entry, receipt }] of rows) {
    const { is } = docs.get(entry.sheet)?.standings[id]?.standing ?? { is: 'out' }
    if (receipt?.admission.is === 'out' && is === 'out' && fates.get(id) !== 'out')
      complain('I4', `${name}: the refusal of ${id} is hidden`)
  }
  const unsent = [...rows.values()].filter(({ receipt }) => !receipt).length
  if (journal.status().unsent !== unsent)
    complain('I10', `${name} says ${journal.status().unsent} unsent, there are ${unsent}`)
}
