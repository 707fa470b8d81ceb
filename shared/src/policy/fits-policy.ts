import * as z from 'zod/mini'
import type { Json } from '../plain/json'
import { resolvePolicy } from './policy'

const count = z.int().check(z.gte(0), z.lte(10_000))
const grade = z.int().check(z.gte(0), z.lte(11))
const deadline = z.union([
  z.strictObject({ kind: z.literal('sameDay') }),
  z.strictObject({
    kind: z.literal('within'),
    n: count,
    unit: z.enum(['day', 'hour', 'week']),
    from: z.string(),
  }),
  z.strictObject({ kind: z.literal('unspecified'), word: z.string() }),
])
const bands = z.array(z.strictObject({ grades: z.tuple([grade, grade]), deadline }))

/** The part of a resolved policy that this version judges by; what it does not read yet may say anything. */
const readPart = z.looseObject({
  lesson: z.looseObject({ fillDeadline: bands, requiredFields: z.array(z.string()) }),
  attendance: z.looseObject({
    fillDeadline: bands,
    homeroomEdit: z.enum(['none', 'withTeacher', 'direct']),
    layers: z.strictObject({ fact: z.literal('teacher'), reason: z.enum(['homeroom', 'teacher']) }),
    codes: z.array(z.strictObject({ code: z.string(), means: z.enum(['absent', 'ill', 'excused', 'late']) })),
  }),
  homework: z.looseObject({ deadline: bands }),
  marks: z.looseObject({
    currentDeadline: bands,
    writtenWorkDeadline: bands,
    monitoringWorkDeadline: bands,
    backdating: z.strictObject({ forbiddenGrades: z.tuple([grade, grade]) }),
    scale: z.array(z.string().check(z.minLength(1), z.maxLength(12))).check(z.minLength(1)),
  }),
  grade1: z.looseObject({
    marks: z.nullable(z.literal('forbidden')),
    homework: z.nullable(z.literal('forbidden')),
  }),
  // «refuse» (POL-M04) is judged in a later release: until then a school cannot choose it.
  edits: z.looseObject({ afterDeadline: z.enum(['deputyApproval', 'acceptFlagged']) }),
  sync: z.looseObject({
    lateDeliveryHours: count,
    clockToleranceSeconds: count,
    untrustedTime: z.enum(['deputyApproval', 'useReceivedTime']),
    sameAuthorConflict: z.enum(['latestMadeWins', 'askAuthor']),
    substituteConflict: z.enum(['assigneeWins', 'deputyDecides']),
  }),
  device: z.looseObject({ sharedLockMinutes: count, offlineDays: count }),
})

/**
 * Whether a policy with these overrides can be judged by. One that says `marks.scale: 5` would stop every judgement of the
 * school, so it never gets in. Salted or committed parts would be taken for texts, and have no place in a policy.
 */
export function fitsPolicy(preset: string, overrides: Readonly<Record<string, Json>>): boolean {
  return !namesText(overrides) && z.safeParse(readPart, resolvePolicy(preset, overrides)).success
}

function namesText(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some(namesText)
  return Object.entries(value).some(
    ([key, inner]) => key === 'salt' || key === 'commitment' || namesText(inner),
  )
}
