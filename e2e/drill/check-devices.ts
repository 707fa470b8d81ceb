import { dayOf } from 'shared/calendar/zone'
import type { SheetDocument } from 'shared/journal/document'
import type { EntryId } from 'shared/journal/ids'
import { flatten } from 'shared/journal/ledger'
import { project } from 'shared/journal/project'
import type { Receipt } from 'shared/journal/receipt'
import { isInScope, scopeOf } from 'shared/journal/scope'
import { viewerOf } from 'shared/people/viewer'
import { canonicalJson } from 'shared/plain/hash'
import { maybeUnwritten } from 'shared/journal/unwritten'
import type { Disk } from '../../client/src/store/memory-storage'
import { entriesIn, type Complaint, type School } from './check-journal'

/** A device when all is quiet. */
export interface Held {
  name: string
  person: string
  /** Every entry that it ever confirmed as durable. */
  kept: ReadonlySet<EntryId>
  disk: Disk
  /** What its badge says. */
  unsent: number
  /** The school's time, as it knows it. */
  now: number
}

/** I1–I3, O2: what a device confirmed is in a ledger, what it was told stands, and it shows what the school has. */
export function checkDevices(school: School, devices: readonly Held[]): Complaint[] {
  const ledgers = entriesIn(school.docs)
  const receipts = receiptsIn(school.docs)
  return devices.flatMap((device) => [
    ...checkKept(device, ledgers),
    ...checkReceipts(device, receipts),
    ...checkReplica(device, school),
  ])
}

function checkKept(
  { name, kept, disk, unsent }: Held,
  ledgers: ReadonlyMap<EntryId, readonly string[]>,
): Complaint[] {
  const complaints: Complaint[] = []
  const complain = (rule: string, says: string) => complaints.push({ rule, says: `${name}: ${says}` })
  if (unsent !== 0) complain('I3', `the badge says ${unsent} unsent`)
  for (const id of kept) {
    const row = disk.rows.get(id)
    if (!row) complain('I1', `${id} is gone from its disk`)
    // An answer at the door is written nowhere: the drill writes nothing that is refused there.
    else if (!row.receipt || maybeUnwritten(row.receipt)) complain('I1', `${id} was not taken in`)
    const sheets = ledgers.get(id) ?? []
    if (sheets.length !== 1) complain('I1', `${id} is in ${sheets.length} ledgers`)
    else if (row && sheets[0] !== row.entry.sheet) complain('I2', `${id} stands on ${sheets[0]}`)
  }
  return complaints
}

function receiptsIn(docs: ReadonlyMap<string, SheetDocument>): Set<string> {
  const all = new Set<string>()
  for (const doc of docs.values()) for (const { receipt } of flatten(doc.links)) all.add(spell(receipt))
  return all
}

function spell(receipt: Receipt): string {
  return canonicalJson(receipt)
}

function checkReceipts({ name, disk }: Held, receipts: ReadonlySet<string>): Complaint[] {
  return [...disk.rows.values()].flatMap(({ entry, receipt }) =>
    receipt && !receipts.has(spell(receipt))
      ? [{ rule: 'O2', says: `${name}: the receipt of ${entry.id} on ${entry.sheet} does not stand` }]
      : [],
  )
}

// I3, I6: a device holds exactly what its person may see, as it is.
function checkReplica({ name, person, disk, now }: Held, school: School): Complaint[] {
  const { directory, docs, epoch } = school
  const day = dayOf(now, directory.school.zone)
  const viewer = viewerOf(person, day, directory)
  const scope = scopeOf(viewer, directory, day)
  const complaints: Complaint[] = []
  const complain = (rule: string, says: string) =>
    complaints.push({ rule, says: `${name} (${person}): ${says}` })
  for (const doc of docs.values()) {
    const view = isInScope(doc._id, scope) ? project(doc, viewer, directory) : null
    const held = disk.sheets.get(doc._id)
    if (!view && held) complain('I6', `holds ${doc._id}`)
    if (!view || (Object.keys(view.cells).length === 0 && Object.keys(view.own).length === 0)) continue
    if (!held) complain('I3', `lacks ${doc._id}`)
    else if (canonicalJson(held) !== canonicalJson({ ...view, epoch }))
      complain('I3', `shows another ${doc._id}`)
  }
  for (const id of disk.sheets.keys()) if (!docs.has(id)) complain('I3', `holds ${id}, which is nowhere`)
  return complaints
}
