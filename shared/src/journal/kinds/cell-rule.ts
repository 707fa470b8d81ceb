import type * as z from 'zod/mini'
import type { Json } from '../../plain/json'
import type { Section, SchoolClass, Directory } from '../../people/directory'
import type { Lesson } from '../../calendar/lessons'
import type { Band, Policy } from '../../policy/policy'
import type { Admission } from '../receipt'

/** What the rules of a lesson's cells may ask. */
export interface LessonFacts {
  directory: Directory
  policy: Policy
  lesson: Lesson
  section: Section
  schoolClass: SchoolClass
  /** The cells as they stand, to look up columns and members. */
  cells: Readonly<Record<string, { value: Json }>>
}

/** A family of cells of the lesson sheet: which, what values, by whose right, until when. */
export interface CellRule {
  pattern: RegExp
  value: z.ZodMiniType
  /** Which deputed right sets it besides the lesson's own teacher. */
  homeroom: 'never' | 'fact' | 'reason' | 'remark'
  /** Whether it may be set before the lesson starts. */
  early: boolean
  /** The banded deadlines that close it; the latest counts (policies.md, rule of evaluation 1). */
  deadlines: (cell: string, facts: LessonFacts) => Band[][]
  /** What is said of this value in this cell: forbidden for ever, or waiting for a fact. */
  judge: (cell: string, value: Json, facts: LessonFacts) => Admission
}
