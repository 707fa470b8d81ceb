import { dayOf } from 'shared/calendar/zone'
import type { SheetDocument } from 'shared/journal/document'
import { judge } from 'shared/journal/judge'
import { flatten, latestReceipts, type Link } from 'shared/journal/ledger'
import type { Admission, Receipt } from 'shared/journal/receipt'
import { isInScope, scopeOf } from 'shared/journal/scope'
import { policyOn, type Directory } from 'shared/people/directory'
import { isStaff, viewerOf } from 'shared/people/viewer'
import type { Complain, Complaint } from './complaint'
import type { SimulatedDevice } from './device'
import { children, db } from './people'
import type { Day } from './steps'

/** A3: what restricts binds so late (ms), and no server knows less than what was so long ago. */
const grace = 10_000
const confirmedFor = 5_000
/** For so long after the grace former directories are kept (ms). */
const settling = 60_000
/** How far a copy of a cluster may lag (ms). */
const lag = 60_000

/**
 * Rights that change while entries and answers are under way: nobody is sent what they may see no more, every admission
 * is the answer of a directory that was in force, and what was right within the grace does not wait (A1, A3, I6).
 */
export async function checkRights({ world, school, devices }: Day): Promise<Complaint[]> {
  const complaints: Complaint[] = []
  const complain: Complain = (rule, says) => void complaints.push({ rule, says })
  const { past, stores, restores, clockWasSet } = school
  // What a store may take to answer, over the several calls of one confirmation.
  const latency = 2_000 + 5 * school.parts.interrupts.pace
  const slack = confirmedFor + latency + (stores.kind === 'copies' ? lag : 0)
  const inForce = (from: number, to: number) => past.mixed(from - grace - slack, to)
  for (const device of devices) checkSeen(device, inForce, complain)
  const docs = [...(await school.documents()).values()]
  const now = past.between(world.now(), world.now())
  for (const doc of docs) {
    for (const judged of entriesOf(doc)) {
      const { entry, receipt, admissions } = judged
      const answers = (directories: readonly Directory[]) =>
        directories.map((one) => judgeBy(one, judged, doc))
      if (waitsForFact(receipt.admission) && answers(now).every(({ is }) => is === 'in'))
        complain('A1', `${entry.id} on ${doc._id} still waits: ${JSON.stringify(receipt.admission)}`)
      // Moments of receipts are moments of the run only where the school's clock was true, and its past its own.
      if (clockWasSet || restores.length > 0 || !doc._id.startsWith('lesson:')) continue
      const hadRight = (one: Directory) => !isWithoutRight(judgeBy(one, judged, doc))
      const known = past.mixed(receipt.received - grace - slack, receipt.judged)
      if (receipt.admission.is === 'in' && !any(known, hadRight))
        complain('A3', `${entry.id} on ${doc._id} was admitted by no directory that was in force`)
      if (isOfPeople(receipt.admission)) {
        const refuses = (one: Directory) => judgeBy(one, judged, doc).is === 'out'
        if (!any(past.mixed(receipt.received - grace - latency, receipt.judged), refuses))
          complain('A1', `${entry.id} on ${doc._id} was refused by no directory that was in force`)
      }
      // What rests on an entry that came later still than the grace is judged when that comes.
      const waited = admissions.some((admission) => waitsForFact(admission) && !waitsForDirectory(admission))
      // Of a settling that hangs for longer than former directories are kept, what was right within the grace waits too.
      const wasSoon = receipt.judged - receipt.received < settling
      if (stores.kind === 'one' && waitsForDirectory(receipt.admission) && !waited && wasSoon) {
        const surely = past.surely(receipt.received - grace + 1, receipt.received)
        const known = cellsBefore(receipt.received, doc)
        if (surely.some((one) => judgeBy(one, judged, { ...doc, cells: known }).is === 'in'))
          complain('A3', `${entry.id} on ${doc._id} waits, and was right within the grace`)
      }
    }
    if (!clockWasSet) checkMade(doc, devices, now[0], complain)
  }
  return complaints
}

// I6, ACC-19: by one directory that was in force, every sheet of an answer was this person's, and every child in it theirs.
function checkSeen(
  { name, person, seen }: SimulatedDevice,
  inForce: (from: number, to: number) => Iterable<Directory>,
  complain: Complain,
): void {
  for (const { asked, came, time, sheets, text } of seen) {
    const shows = (directory: Directory) => {
      const day = dayOf(time, directory.school.zone)
      const viewer = viewerOf(person, day, directory)
      const scope = scopeOf(viewer, directory, day)
      if (!sheets.every((id) => isInScope(id, scope))) return false
      return (
        isStaff(viewer) || !children.some((child) => !viewer.children.includes(child) && names(text, child))
      )
    }
    if (!any(inForce(asked, came), shows))
      return complain('ACC-19', `${name} (${person}) was sent ${text.slice(0, 200)}`)
  }
}

function any<T>(all: Iterable<T>, holds: (one: T) => boolean): boolean {
  for (const one of all) if (holds(one)) return true
  return false
}

function names(text: string, child: string): boolean {
  return new RegExp(`[":]${child}[":]`).test(text)
}

interface Judged {
  entry: Extract<Link, { type: 'entry' }>['entry']
  /** The newest. */
  receipt: Receipt
  /** What it was told so far. */
  admissions: readonly Admission[]
}

function entriesOf(doc: SheetDocument): Judged[] {
  const latest = latestReceipts(doc.links)
  const links = flatten(doc.links)
  return links.flatMap((link) => {
    if (link.type !== 'entry') return []
    const receipt = latest.get(link.entry.id)
    const told = links.filter((one) => one.receipt.entry === link.entry.id)
    const admissions = told.map((one) => one.receipt.admission)
    return receipt ? [{ entry: link.entry, receipt, admissions }] : []
  })
}

/** The cells that something had been written in by then: a mark rests on a column that may have come later. */
function cellsBefore(moment: number, { cells, links }: SheetDocument): SheetDocument['cells'] {
  const written = new Set(
    flatten(links).flatMap((link) =>
      link.type === 'entry' && link.receipt.received <= moment
        ? link.entry.changes.map(({ cell }) => cell)
        : [],
    ),
  )
  return Object.fromEntries(Object.entries(cells).filter(([cell]) => written.has(cell)))
}

function judgeBy(directory: Directory, { entry, receipt }: Judged, doc: SheetDocument): Admission {
  const { made, received } = receipt
  const viewerAt = (instant: number) =>
    viewerOf(entry.author, dayOf(instant, directory.school.zone), directory)
  const early = viewerAt(made.from)
  const cells = new Map(
    flatten(doc.links).flatMap((link) =>
      link.type === 'entry' ? [[link.entry.id, link.entry.changes.map(({ cell }) => cell)] as const] : [],
    ),
  )
  return judge(entry, {
    db,
    actor: isStaff(early) ? early : viewerAt(made.to),
    directory,
    cells: doc.cells,
    cellsOf: (id) => cells.get(id) ?? null,
    made,
    received,
  }).admission
}

function waitsForFact(admission: Admission): boolean {
  return admission.is === 'waiting' && admission.for !== 'deputy' && admission.for !== 'batch'
}

function waitsForDirectory(admission: Admission): boolean {
  return admission.is === 'waiting' && ['right', 'lesson', 'student'].includes(admission.for)
}

function isWithoutRight(admission: Admission): boolean {
  return waitsForDirectory(admission) || isOfPeople(admission)
}

function isOfPeople(admission: Admission): boolean {
  return (
    admission.is === 'out' && ['no-such-person', 'not-in-journal', 'not-for-families'].includes(admission.why)
  )
}

// T1, T2: whatever the device's clock says, the author's tap is inside the interval that the school has fixed.
function checkMade(
  doc: SheetDocument,
  devices: readonly SimulatedDevice[],
  directory: Directory | undefined,
  complain: Complain,
): void {
  const policy = directory && policyOn('2026-09-16', directory)
  const tolerance = (policy?.sync.clockToleranceSeconds ?? 0) * 1000
  for (const { entry, receipt } of entriesOf(doc)) {
    const tapped = devices.find(({ name }) => name === entry.device)?.kept.get(entry.id)
    if (tapped === undefined) continue
    const { from, to } = receipt.made
    if (tapped < from - tolerance || tapped > to + tolerance)
      complain('T1', `${entry.id} was made at ${tapped}, the school says ${from}–${to}`)
  }
}
