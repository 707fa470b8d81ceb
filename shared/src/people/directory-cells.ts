import * as z from 'zod/mini'
import { isZone } from '../calendar/zone'
import { day, plainId, type SheetType } from '../journal/ids'
import { fitsPolicy } from '../policy/fits-policy'
import { personName } from './names'

/** What the office keeps: the cells of the directory sheets and the shapes of their values. Null removes. */

export const roles = ['director', 'deputy', 'admin', 'secretary', 'psychologist', 'teacher'] as const
export type Role = (typeof roles)[number]

const clockTime = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/))
const label = (most: number) => z.string().check(z.minLength(1), z.maxLength(most))
const grade = z.int().check(z.gte(1), z.lte(11))
const grades = z.tuple([grade, grade])
const slot = z.int().check(z.gte(0), z.lte(15))

export const schoolCell = z.strictObject({
  name: label(200),
  short: label(60),
  zone: label(60).check(z.refine(isZone)),
})

export const staffCell = z.strictObject({
  name: personName,
  roles: z.array(z.enum(roles)).check(z.maxLength(6)),
  /** First and last day of the duty; open where absent (ACC-26). */
  from: z.optional(day),
  to: z.optional(day),
})

export const classCell = z.strictObject({
  name: label(20),
  grade,
  homeroom: z.nullable(plainId),
  bells: plainId,
})

export const studentCell = z.strictObject({
  name: personName,
  from: z.optional(day),
  to: z.optional(day),
})

/** I2: a section is one subject taught to one class or subgroup. `members` null: the whole class. */
export const sectionCell = z.strictObject({
  subject: plainId,
  name: label(100),
  short: label(30),
  group: z.nullable(label(40)),
  teacher: z.nullable(plainId),
  members: z.nullable(z.array(plainId).check(z.maxLength(60))),
})

export const guardianCell = z.strictObject({
  name: personName,
  children: z.array(plainId).check(z.maxLength(20)),
})

/** One lesson of the week: weekday 1 is Monday. */
export const weekLessonCell = z.strictObject({
  section: plainId,
  weekday: z.int().check(z.gte(1), z.lte(7)),
  slot,
  room: z.string().check(z.maxLength(40)),
  from: day,
  to: z.nullable(day),
})

/** TIM-05: a substitute for one lesson, or its cancelling; `teacher` null with `cancelled`. */
export const substitutionCell = z.strictObject({
  teacher: z.nullable(plainId),
  cancelled: z.boolean(),
  room: z.nullable(z.string().check(z.maxLength(40))),
})

export const yearCell = z.strictObject({ start: day, end: day })
export const termsCell = z.strictObject({
  grades,
  terms: z
    .array(z.strictObject({ id: plainId, name: label(40), start: day, end: day }))
    .check(z.minLength(1), z.maxLength(12)),
  /** Days off inside a term that only these grades have: autumn within a half-year, February in grade 1. */
  breaks: z.optional(
    z.array(z.strictObject({ name: label(60), start: day, end: day })).check(z.maxLength(12)),
  ),
})
export const holidaysCell = z.array(z.strictObject({ date: day, name: label(100) })).check(z.maxLength(100))
export const bellsCell = z
  .array(z.strictObject({ slot, start: clockTime, end: clockTime }))
  .check(z.minLength(1), z.maxLength(16))

/** Policy in force from the day in the cell's name; `overrides` are dotted keys set away from the preset. */
export const policyCell = z
  .strictObject({ preset: plainId, overrides: z.record(z.string().check(z.maxLength(80)), z.json()) })
  .check(z.refine(({ preset, overrides }) => fitsPolicy(preset, overrides)))

export interface DirectoryCell {
  pattern: RegExp
  value: z.ZodMiniType
}

/** Which cells each directory sheet has. The order of a sheet's rows does not matter: the patterns do not overlap. */
export const directoryCells = {
  school: [{ pattern: /^school$/, value: schoolCell }],
  staff: [{ pattern: /^person:[A-Za-z0-9_-]{1,40}$/, value: staffCell }],
  roster: [
    { pattern: /^class$/, value: classCell },
    { pattern: /^student:[A-Za-z0-9_-]{1,40}$/, value: studentCell },
    { pattern: /^section:[A-Za-z0-9_-]{1,40}$/, value: sectionCell },
  ],
  families: [{ pattern: /^guardian:[A-Za-z0-9_-]{1,40}$/, value: guardianCell }],
  timetable: [
    { pattern: /^week:[A-Za-z0-9_-]{1,40}$/, value: weekLessonCell },
    {
      pattern: /^substitution:[A-Za-z0-9_-]{1,40}:\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]):(0|[1-9]\d?)$/,
      value: substitutionCell,
    },
  ],
  calendar: [
    { pattern: /^year$/, value: yearCell },
    { pattern: /^terms:[A-Za-z0-9_-]{1,40}$/, value: termsCell },
    { pattern: /^holidays$/, value: holidaysCell },
    { pattern: /^bells:[A-Za-z0-9_-]{1,40}$/, value: bellsCell },
  ],
  policy: [{ pattern: /^policy:\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, value: policyCell }],
} satisfies Record<Exclude<SheetType, 'lesson'>, DirectoryCell[]>

export type SchoolCell = z.infer<typeof schoolCell>
export type StaffCell = z.infer<typeof staffCell>
export type ClassCell = z.infer<typeof classCell>
export type StudentCell = z.infer<typeof studentCell>
export type SectionCell = z.infer<typeof sectionCell>
export type GuardianCell = z.infer<typeof guardianCell>
export type WeekLessonCell = z.infer<typeof weekLessonCell>
export type SubstitutionCell = z.infer<typeof substitutionCell>
export type YearCell = z.infer<typeof yearCell>
export type TermsCell = z.infer<typeof termsCell>
export type HolidaysCell = z.infer<typeof holidaysCell>
export type BellsCell = z.infer<typeof bellsCell>
export type PolicyCell = z.infer<typeof policyCell>
