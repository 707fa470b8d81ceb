import * as z from 'zod/mini'
import { databaseName } from './ids'
import { interval } from './made'

/** Why an entry can never become right (A1). Each has a sentence in `client/src/text`. */
export const refusals = [
  'shape',
  'id-mismatch',
  'wrong-database',
  'not-author',
  'no-such-sheet',
  'outside-year',
  'no-such-person',
  'not-for-families',
  'not-in-journal',
  'kind-on-wrong-sheet',
  'base-elsewhere',
  'forbidden-value',
  'grade1-mark',
  'grade1-homework',
  'backdating',
  'nothing-to-choose',
] as const
export type Refusal = (typeof refusals)[number]

/** What an entry waits for: a fact that may yet arrive, or somebody's decision (A1, A2, A5). */
export const awaited = ['right', 'lesson', 'base', 'column', 'student', 'deputy', 'batch'] as const
export type Awaited = (typeof awaited)[number]

/** Why a deputy has to look at it (A2, T3). */
export const doubts = ['late', 'late-delivery', 'time-unknown', 'before-lesson', 'closed-term'] as const
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
  return due === undefined ? { is: 'waiting', for: 'deputy', why } : { is: 'waiting', for: 'deputy', why, due }
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
  /** Ed25519 over the canonical rest, base64url. */
  signature: z.string(),
})
export type Receipt = z.infer<typeof receipt>
export type UnsignedReceipt = Omit<Receipt, 'signature'>
