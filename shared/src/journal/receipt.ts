import * as z from 'zod/mini'
import { databaseName } from './ids'
import { interval } from './made'

/** Why an entry can never become right (A1). Each has a sentence in `client/src/text`. */
export const refusals = [
  /** It has not the shape of any kind of entry. */
  'shape',
  /** Its id is not the hash of its content. */
  'id-mismatch',
  /** It belongs to the journal of another school or year (I3). */
  'wrong-database',
  /** It was made in the name of somebody else than the one who sends it. */
  'not-author',
  /** No sheet can have this id. */
  'no-such-sheet',
  /** The lesson's day is outside the school year of the journal. */
  'outside-year',
  /** The school knows no student of this id. */
  'no-such-person',
  /** Students and guardians read; they never write in the journal (ACC-18). */
  'not-for-families',
  /** Its author is nobody in this journal, or was no more when it was made (ACC-26). */
  'not-in-journal',
  /** Entries of this kind are not made on this sheet. */
  'kind-on-wrong-sheet',
  /** A `base` of it changed other cells: nobody can have seen that here (C2). */
  'base-elsewhere',
  /** The mark is not on the school's scale (LES-15, POL-M13). */
  'forbidden-value',
  /** No marks in grade 1 (LES-11). */
  'grade1-mark',
  /** No homework in grade 1 (LES-12). */
  'grade1-homework',
  /** A mark for a past date in a grade where the policy bans it (DDL-13). */
  'backdating',
  /** The cell is not contested, or the chosen value is none of those in it (C5). */
  'nothing-to-choose',
] as const
export type Refusal = (typeof refusals)[number]

/** What an entry waits for: a fact that may yet arrive, or somebody's decision (A1, A2, A5). */
export const awaited = [
  /** A right to set this cell: a section, a substitution, a duty. */
  'right',
  /** A lesson in the timetable at this place, not cancelled (I1). */
  'lesson',
  /** An entry that its author saw and the server has not got yet (C2). */
  'base',
  /** The work column of the mark (C7). */
  'column',
  /** The student on the list of this section on the lesson's day. */
  'student',
  /** A deputy's decision: see its `why` (A2). */
  'deputy',
  /** The entry that commits its batch (A5). */
  'batch',
] as const
export type Awaited = (typeof awaited)[number]

/** Why a deputy has to look at it (A2, T3). */
export const doubts = [
  /** Made after its deadline. */
  'late',
  /** Made in time, received more than the policy's hours after the deadline (POL-M06). */
  'late-delivery',
  /** It cannot be told whether it was made before the deadline (T3, POL-M08). */
  'time-unknown',
  /** Attendance, a mark or a remark made before the lesson began. */
  'before-lesson',
  /** The term is closed. Judged once closings are entries (POL-M11). */
  'closed-term',
] as const
export type Doubt = (typeof doubts)[number]

export const admission = z.union([
  z.strictObject({ is: z.literal('in') }),
  z.strictObject({
    is: z.literal('waiting'),
    for: z.enum(awaited),
    why: z.optional(z.enum(doubts)),
    due: z.optional(z.int()),
  }),
  z.strictObject({ is: z.literal('out'), why: z.enum(refusals) }),
])
export type Admission = z.infer<typeof admission>

export const admitted: Admission = { is: 'in' }
export function out(why: Refusal): Admission {
  return { is: 'out', why }
}
export function waitingFor(fact: Exclude<Awaited, 'deputy'>): Admission {
  return { is: 'waiting', for: fact }
}
export function waitingForDeputy(why: Doubt, due?: number): Admission {
  return due === undefined
    ? { is: 'waiting', for: 'deputy', why }
    : { is: 'waiting', for: 'deputy', why, due }
}

/** In what capacity the author touched the sheet: the fold ranks by it (C4). */
export const capacities = ['none', 'homeroom', 'teacher', 'assignee', 'office', 'deputy'] as const
export type Capacity = (typeof capacities)[number]

/** The versions of what an entry was judged against (A4): never judged again to audit. */
export const judgedBy = z.strictObject({
  rules: z.int(),
  /** Versions of the directory sheets read, by sheet id. */
  directory: z.record(z.string(), z.int()),
})

/**
 * Written once, when an entry arrives, signed by the server, kept by the device (O2, O3). A later receipt for the same
 * entry (`judged` after `received`) is a readmission: a fact arrived and the server judged again (A1).
 */
export const receipt = z.strictObject({
  entry: z.string(),
  db: databaseName,
  sheet: z.string(),
  epoch: z.string(),
  received: z.int(),
  judged: z.int(),
  made: interval,
  capacity: z.enum(capacities),
  by: judgedBy,
  admission,
  /** The way to the root of the batch it was signed in: each neighbour's hash after `l` or `r`, the side it stands on. */
  path: z.optional(z.array(z.string().check(z.regex(/^[lr][A-Za-z0-9_-]{43}$/))).check(z.maxLength(16))),
  /** Ed25519 over the root, base64url: see `receipt-proof.ts`. */
  signature: z.string(),
})
export type Receipt = z.infer<typeof receipt>
export type UnsignedReceipt = Omit<Receipt, 'signature' | 'path'>
