import { dayOf, instantAt } from '../calendar/zone'
import { lessonOf, type Lesson } from '../calendar/lessons'
import { isKnown, isStaff, type Viewer } from '../people/viewer'
import { policyOn, type Directory } from '../people/directory'
import { directoryCells, type Role } from '../people/directory-cells'
import { bandFor, closesAt } from '../policy/deadline'
import type { Policy } from '../policy/policy'
import type { Json } from '../plain/json'
import { capacityOn } from './capacity'
import type { Change, Entry } from './entry'
import { sameValue } from './fold'
import { addressOf, type SheetAddress } from './ids'
import type { CellRule, LessonFacts } from './kinds/cell-rule'
import { lessonCellOf } from './kinds/lesson-cells'
import type { Interval } from './made'
import { admitted, out, waitingFor, waitingForDeputy, type Admission, type Capacity } from './receipt'

/** Version of these rules: it stands in every receipt (A4). */
export const judgeVersion = 1

/** Everything a judgement may rest on. The same on a phone, on the server and in a test. */
export interface Context {
  /** The database the sheet is in (I3). */
  db: string
  /** Who, as the server knows. */
  actor: Viewer
  directory: Directory
  /** The sheet's cells as they stand. */
  cells: Readonly<
    Record<
      string,
      { value: Json; contested?: boolean; heads?: readonly { id: string; author: string; value: Json }[] }
    >
  >
  /** The cells that an entry known on this sheet changed, or null for an unknown one (C2). */
  cellsOf: (entry: string) => readonly string[] | null
  made: Interval
  received: number
  /** Set-up of a new journal: there is nobody yet who could have a right. Only the server's own set-up says so. */
  founding?: boolean
}

export interface Judgement {
  admission: Admission
  capacity: Capacity
}

/**
 * May this person make this edit, in time, under this school's policy? Out is only for what can never become right;
 * what a fact may yet mend waits for it; what is late or doubtful waits for a deputy (A1, A2).
 */
export function judge(entry: Entry, context: Context): Judgement {
  const address = addressOf(entry.sheet)
  const capacity = address ? capacityFor(address, context) : 'none'
  return { admission: admissionOf(entry, address, capacity, context), capacity }
}

function admissionOf(
  entry: Entry,
  address: SheetAddress | null,
  capacity: Capacity,
  context: Context,
): Admission {
  if (entry.db !== context.db) return out('wrong-database')
  if (entry.author !== context.actor.person) return out('not-author')
  if (!address) return out('no-such-sheet')
  if (!context.founding) {
    const stranger = judgeAuthor(context)
    if (stranger) return stranger
  }
  if (baseElsewhere(entry, context)) return out('base-elsewhere')
  const answer =
    address.type === 'lesson'
      ? judgeOnLesson(entry, address, capacity, context)
      : judgeOnDirectory(entry, address, capacity, context)
  if (answer.is !== 'in') return answer
  if (hasUnknownBase(entry, context)) return waitingFor('base')
  // POL-M19: of somebody who has left since, a deputy accepts what was made before.
  if (!context.founding && context.received > dutyEnds(context)) return waitingForDeputy('late-delivery')
  return entry.batch ? waitingFor('batch') : answer
}

/** What stands against somebody who is not on duty here, or null. */
function judgeAuthor(context: Context): Admission | null {
  const { actor, directory, made } = context
  if (isStaff(actor)) return null
  // ACC-26: what was made before the duty ended is not lost with it; what was made after it never counts.
  if (directory.staff.has(actor.person) && made.from <= dutyEnds(context)) return waitingFor('right')
  // ACC-18: nobody but staff ever writes in the journal.
  return out(isKnown(actor) ? 'not-for-families' : 'not-in-journal')
}

/** The last moment (ms) of the author's duty. */
function dutyEnds({ actor, directory }: Context): number {
  const last = directory.staff.get(actor.person)?.to
  return last ? instantAt(last, '24:00', directory.school.zone) : Number.POSITIVE_INFINITY
}

function capacityFor(address: SheetAddress, { actor, directory, founding }: Context): Capacity {
  if (address.type !== 'lesson')
    return founding || keepsDirectory(actor.roles, address.type) ? 'office' : 'none'
  const lesson = lessonOf(address, directory)
  return lesson ? capacityOn(lesson, actor) : 'none'
}

// C2: a base on another cell can never become right; one that nobody has heard of may yet arrive.
function baseElsewhere(entry: Entry, { cellsOf }: Context): boolean {
  return entry.changes.some(({ cell, base }) => base.some((id) => cellsOf(id)?.includes(cell) === false))
}

function hasUnknownBase(entry: Entry, { cellsOf }: Context): boolean {
  return entry.changes.some(({ base }) => base.some((id) => cellsOf(id) === null))
}

// ---- lesson sheets

function judgeOnLesson(
  entry: Entry,
  address: Extract<SheetAddress, { type: 'lesson' }>,
  capacity: Capacity,
  context: Context,
): Admission {
  const { directory } = context
  if (entry.kind === 'keep-directory') return out('kind-on-wrong-sheet')
  if (!isOfYear(address.date, entry.db)) return out('outside-year')
  const lesson = lessonOf(address, directory)
  const facts = lesson && lessonFactsOf(lesson, directory, context.cells)
  if (!facts || lesson.cancelled) return waitingFor('lesson')

  const answers = entry.changes.map((change) => judgeChange(entry, change, facts, capacity, context))
  return (
    answers.find(({ is }) => is === 'out') ??
    // What waits for a fact is judged again when it arrives; only then does its lateness count.
    answers.find((answer) => answer.is === 'waiting' && answer.for !== 'deputy') ??
    answers.find(({ is }) => is === 'waiting') ??
    admitted
  )
}

// The calendar may be mended, the year in the name of the journal never: only what is outside of that is out for good.
function isOfYear(date: string, db: string): boolean {
  const year = Number(db.slice(-4))
  return date >= `${year}-07-01` && date <= `${year + 1}-08-31`
}

function judgeChange(
  entry: Entry,
  { cell, value, base }: Change,
  facts: LessonFacts,
  capacity: Capacity,
  context: Context,
): Admission {
  const rule = lessonCellOf(cell)
  if (!rule) return out('shape')
  const said = rule.judge(cell, value, facts)
  if (said.is === 'out') return said
  if (entry.kind === 'choose') return judgeChoice(entry, { cell, value, base }, context)
  if (!maySet(rule, capacity, facts.policy)) return waitingFor('right')
  if (said.is === 'waiting') return said
  return judgeTime(rule, cell, facts, context)
}

/**
 * C5: a contested cell is settled by one of its authors or a deputy, with one of the values in it. Those were judged as
 * they came, so a choice has no deadline of its own.
 */
function judgeChoice(entry: Entry, { cell, value, base }: Change, context: Context): Admission {
  if (hasUnknownBase(entry, context)) return waitingFor('base')
  const { contested, heads = [] } = context.cells[cell] ?? {}
  const offered = heads.filter(({ id }) => base.includes(id))
  const isOffered = offered.some((head) => sameValue(head.value, value))
  if (!contested || !isOffered) return out('nothing-to-choose')
  const { person, roles } = context.actor
  const may = roles.includes('deputy') || heads.some(({ author }) => author === person)
  return may ? admitted : waitingFor('right')
}

function maySet(rule: CellRule, capacity: Capacity, policy: Policy): boolean {
  if (capacity === 'assignee' || capacity === 'teacher') return true
  if (capacity !== 'homeroom') return false
  if (rule.homeroom === 'fact') return policy.attendance.homeroomEdit === 'direct'
  return rule.homeroom === 'reason' || rule.homeroom === 'remark'
}

function judgeTime(rule: CellRule, cell: string, facts: LessonFacts, context: Context): Admission {
  const { lesson, policy, schoolClass, directory } = facts
  const { made, received } = context
  const tolerance = policy.sync.clockToleranceSeconds * 1000
  const starts = lesson.start || instantAt(lesson.date, '00:00', directory.school.zone)
  if (!rule.early && made.to < starts - tolerance) return waitingForDeputy('before-lesson')

  const due = dueOf(rule, cell, facts)
  const [first, last] = policy.marks.backdating.forbiddenGrades
  if (cell.startsWith('mark:') && schoolClass.grade >= first && schoolClass.grade <= last) {
    const madeOn = dayOf(made.from, directory.school.zone)
    if (madeOn > lesson.date && made.from > (due ?? 0)) return out('backdating')
  }
  if (due !== null && policy.edits.afterDeadline !== 'acceptFlagged') {
    if (made.from > due) return waitingForDeputy('late', due)
    // T3: neither wholly before nor wholly after. Received it was after: no entry is made later than that (T1).
    if (made.to > due)
      return waitingForDeputy(policy.sync.untrustedTime === 'deputyApproval' ? 'time-unknown' : 'late', due)
  }
  const lateDelivery = policy.sync.lateDeliveryHours * 3_600_000
  // POL-M06 counts from the deadline: what comes before it is late for nobody.
  return due !== null && received > due + lateDelivery ? waitingForDeputy('late-delivery', due) : admitted
}

/** The last moment (ms) to set this cell in time, or null when nothing closes it. Of several the latest counts. */
export function dueOf(rule: CellRule, cell: string, facts: LessonFacts): number | null {
  const { schoolClass, lesson, directory } = facts
  const ends = rule.deadlines(cell, facts).flatMap((bands) => {
    const deadline = bandFor(bands, schoolClass.grade)
    const end = deadline && closesAt(deadline, { date: lesson.date, zone: directory.school.zone })
    return end === null ? [] : [end]
  })
  return ends.length > 0 ? Math.max(...ends) : null
}

/** Which lesson a facts' record belongs to, for screens that ask `dueOf` before anything is written. */
export function lessonFactsOf(
  lesson: Lesson,
  directory: Directory,
  cells: LessonFacts['cells'],
): LessonFacts | null {
  const section = directory.sections.get(lesson.section)
  const schoolClass = section && directory.classes.get(section.class)
  if (!section || !schoolClass) return null
  return { directory, policy: policyOn(lesson.date, directory), lesson, section, schoolClass, cells }
}

// ---- directory sheets

const keepers: Record<Exclude<SheetAddress['type'], 'lesson'>, Role[]> = {
  school: ['admin'],
  staff: ['admin'],
  roster: ['admin', 'deputy', 'secretary'],
  families: ['admin', 'secretary'],
  timetable: ['admin', 'deputy'],
  calendar: ['admin', 'deputy'],
  policy: ['admin', 'deputy', 'director'],
}

function keepsDirectory(roles: readonly Role[], sheet: Exclude<SheetAddress['type'], 'lesson'>): boolean {
  return keepers[sheet].some((role) => roles.includes(role))
}

function judgeOnDirectory(
  entry: Entry,
  address: Exclude<SheetAddress, { type: 'lesson' }>,
  capacity: Capacity,
  context: Context,
): Admission {
  if (entry.kind !== 'keep-directory') return out('kind-on-wrong-sheet')
  const cellsHere = directoryCells[address.type]
  const fits = entry.changes.every(({ cell }) => cellsHere.some(({ pattern }) => pattern.test(cell)))
  if (!fits) return out('kind-on-wrong-sheet')
  return capacity === 'office' || context.founding ? admitted : waitingFor('right')
}
