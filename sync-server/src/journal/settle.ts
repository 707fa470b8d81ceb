import { documentOf, foldRulesFor, type SheetDocument } from 'shared/journal/document'
import type { Entry } from 'shared/journal/entry'
import { grace, judgeInGrace } from 'shared/journal/grace'
import { addressOf, type EntryId } from 'shared/journal/ids'
import { judge, judgeVersion } from 'shared/journal/judge'
import { latestReceipts, type Ledger } from 'shared/journal/ledger'
import { fixMade, type ClockReading, type Interval } from 'shared/journal/made'
import type { Admission, Receipt, UnsignedReceipt } from 'shared/journal/receipt'
import { policyOn, type Directory } from 'shared/people/directory'
import { isStaff } from 'shared/people/viewer'
import { defaultPolicy } from 'shared/policy/policy'
import { isDirectorySheet } from '../cache/directory-cache'
import type { Leafed, Write } from '../store/store'
import { mergeLeaves } from './merge-leaves'
import type { Signer } from './port'
import { viewersOf, type Viewers } from './viewers'
import { WorkingSheet } from './working-sheet'

/** An entry at the door: shape, id, database and author are right. */
export interface Arrival {
  entry: Entry
  received: number
  /** What the device's clocks said as it sent (T2). */
  clock: ClockReading | null
  /** A receipt of ours that came along: the entry is offered again after the store was set back (O3). */
  offered: Receipt | null
}

/** What entries are judged on and signed with. */
export interface Bench {
  db: string
  epoch: string
  directory: Directory
  /** Directories in force until a moment not before this one (ms), the newest first (A3). */
  former?: (since: number) => readonly Directory[]
  signer: Signer
  /** Now, ms. */
  judged: number
  /** Set-up of a new journal: entries come with their moment, and directory sheets ask for no right. */
  founding?: boolean
}

export interface Settled {
  /** The last word on each arrival. */
  receipts: Map<EntryId, Receipt>
  /** Offered receipts that the ledger lacked. */
  restored: Receipt[]
  /** Something was refused for good. */
  refused: boolean
  /** Null where nothing changed. */
  write: Write<SheetDocument> | null
}

export type Confirm = 'never' | 'known' | 'always'

/**
 * Settles what arrived on one sheet against what the store has of it: leaves merged (S2), each entry judged, appended
 * and receipted, waiting ones judged again, the whole folded. Pure but for the signature: a conflict is settled by
 * reading again and asking again. `confirm` tells when even an unchanged sheet is written, because nobody vouches for
 * what was read of it (S1): always, or where an arrival stands in it already.
 */
export function settle(
  sheet: string,
  leafed: Leafed<SheetDocument> | null,
  arrivals: readonly Arrival[],
  bench: Bench,
  version: number,
  confirm: Confirm = 'never',
): Settled {
  const merged = mergeLeaves(leafed)
  const { before, drop } = merged
  const rules = foldRulesFor(sheet, bench.directory)
  const working = new WorkingSheet(merged.ledger, rules, drop.length === 0 ? (leafed?.doc.cells ?? {}) : null)
  const here: Here = {
    working,
    bench,
    by: { directory: versionsFor(sheet, bench.directory), rules: judgeVersion },
  }
  const restored: Receipt[] = []
  let refused = false
  let known = false
  for (const arrival of arrivals) {
    const { entry, offered } = arrival
    if (working.find(entry.id)) {
      known = true
      continue
    }
    const receipt = offered ?? receive(arrival, here)
    if (offered) restored.push(offered)
    else refused ||= receipt.admission.is === 'out'
    working.append(entry, receipt)
  }
  refused = judgeWaiting(here) || refused
  const ledger = working.seal(bench.signer.signReceipts)
  const receipts = receiptsOf(arrivals, ledger)
  const grew = ledger.links !== leafed?.doc.links && ledger.links.length > 0
  const vouches = confirm === 'always' || (confirm === 'known' && known)
  if (!grew && drop.length === 0 && !(vouches && leafed)) return { receipts, restored, refused, write: null }
  const next = Math.max(version, ...versionsOf(leafed).map((old) => old + 1))
  const place = { db: bench.db, sheet, epoch: bench.epoch }
  const doc = documentOf(place, ledger, rules, next, before, working.folded())
  return { receipts, restored, refused, write: { doc, rev: leafed?.rev ?? null, drop } }
}

/** What every judgement of one sitting over a sheet has in common. */
interface Here {
  working: WorkingSheet
  bench: Bench
  by: Receipt['by']
}

function receiptsOf(arrivals: readonly Arrival[], ledger: Ledger): Map<EntryId, Receipt> {
  if (arrivals.length === 0) return new Map()
  const all = latestReceipts(ledger.links)
  return new Map(
    arrivals.flatMap(({ entry }) => {
      const receipt = all.get(entry.id)
      return receipt ? [[entry.id, receipt]] : []
    }),
  )
}

function versionsOf(leafed: Leafed<SheetDocument> | null): number[] {
  return leafed ? [leafed.doc.version, ...leafed.conflicts.map(({ doc }) => doc.version)] : []
}

function receive(arrival: Arrival, { working, bench, by }: Here): UnsignedReceipt {
  const { entry, received } = arrival
  const made = bench.founding ? { from: received, to: received } : madeOf(arrival, working, bench)
  const { admission, capacity, directory } = decide(entry, made, received, working, bench)
  return {
    entry: entry.id,
    db: bench.db,
    sheet: entry.sheet,
    epoch: bench.epoch,
    received,
    judged: Math.max(received, bench.judged),
    made,
    capacity,
    by: judgedBy(directory, bench, by, entry.sheet),
    admission,
  }
}

function judgedBy(directory: Directory, bench: Bench, by: Receipt['by'], sheet: string): Receipt['by'] {
  return directory === bench.directory ? by : { ...by, directory: versionsFor(sheet, directory) }
}

// T1: the newest facts of the server that the entry embeds are its contact and the bases that other devices made.
function madeOf({ entry, received, clock }: Arrival, working: WorkingSheet, bench: Bench): Interval {
  const { contact } = entry.made
  const seen = entry.changes.flatMap(({ base }) =>
    base.flatMap((id) => {
      const known = working.find(id)
      return known && known.entry.device !== entry.device ? [known.received] : []
    }),
  )
  const address = addressOf(entry.sheet)
  const policy = address?.type === 'lesson' ? policyOn(address.date, bench.directory) : defaultPolicy
  return fixMade(entry.made, {
    received,
    clock,
    seen,
    tolerance: policy.sync.clockToleranceSeconds * 1000,
    contactProven: contact !== null && bench.signer.isTimeToken(contact.time, contact.token),
  })
}

function decide(entry: Entry, made: Interval, received: number, working: WorkingSheet, bench: Bench) {
  const { db, founding } = bench
  const former = () => bench.former?.(received - grace) ?? []
  return judgeInGrace(bench.directory, former, (directory) =>
    judge(entry, {
      db,
      actor: actorOf(entry.author, made, viewersOf(directory)),
      directory,
      cells: working.cells,
      cellsOf: working.cellsOf,
      made,
      received,
      // Lessons of a new journal are judged by the ordinary rules.
      ...(founding && isDirectorySheet(entry.sheet) ? { founding } : {}),
    }),
  )
}

// ACC-26: who the author was when it was made; what they made on duty does not become a stranger's. Where the moment is
// uncertain they are taken for on duty if they may have been: the doubt about the time is judged apart (T3).
function actorOf(author: string, made: Interval, viewers: Viewers) {
  const early = viewers.at(author, made.from)
  return isStaff(early) ? early : viewers.at(author, made.to)
}

// A1: the fact may have arrived. One readmission may be the fact that the next one waits for. Tells of a refusal.
function judgeWaiting({ working, bench, by }: Here): boolean {
  let refused = false
  for (let moved = true; moved;) {
    moved = false
    for (const { entry, receipt } of working.waiting()) {
      const { admission, capacity, directory } = decide(entry, receipt.made, receipt.received, working, bench)
      if (sameAdmission(admission, receipt.admission)) continue
      const { entry: id, db, sheet, received, made } = receipt
      const judged = Math.max(bench.judged, receipt.judged + 1)
      const { epoch } = bench
      const then = judgedBy(directory, bench, by, sheet)
      working.readmit({ entry: id, db, sheet, epoch, received, judged, made, capacity, by: then, admission })
      refused ||= admission.is === 'out'
      moved = true
    }
  }
  return refused
}

function sameAdmission(a: Admission, b: Admission): boolean {
  if (a.is === 'waiting' && b.is === 'waiting') return a.for === b.for && a.why === b.why && a.due === b.due
  if (a.is === 'out' && b.is === 'out') return a.why === b.why
  return a.is === b.is
}

/** The versions of the directory sheets that a judgement on this sheet reads (A4). */
function versionsFor(sheet: string, { versions, sections }: Directory): Record<string, number> {
  const address = addressOf(sheet)
  const ids = ['school', 'staff']
  if (address?.type === 'lesson') {
    const schoolClass = sections.get(address.section)?.class
    ids.push('calendar', 'policy')
    if (schoolClass) ids.push(`roster:${schoolClass}`, `timetable:${schoolClass}`)
  }
  // In the order of their names, as they are spelt in every receipt.
  return Object.fromEntries(
    ids.sort().flatMap((id) => (versions[id] === undefined ? [] : [[id, versions[id]]])),
  )
}
