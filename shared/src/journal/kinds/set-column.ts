import * as z from 'zod/mini'
import { textOf } from '../entry'
import { admitted, out } from '../receipt'
import type { CellRule } from './cell-rule'
import { entryOf } from './entry-schema'

/** Kinds of work a mark can be for (LES-07). */
export const workTypes = [
  'answer',
  'homework',
  'written',
  'practical',
  'laboratory',
  'test',
  'dictation',
  'essay',
  'project',
  'control',
  'cut',
  'monitoring',
  'external',
] as const
export type WorkType = (typeof workTypes)[number]

/** A work column. Null removes it: its marks stay under it (C7). */
export const column = z.nullable(
  z.strictObject({
    type: z.enum(workTypes),
    title: z.nullable(textOf(120)),
    weight: z.number().check(z.gte(0.1), z.lte(10)),
  }),
)
export type Column = NonNullable<z.infer<typeof column>>

/** Every lesson has this column from the start: «ответ на уроке». */
export const answerColumn = 'answer'
export const answer: Column = { type: 'answer', title: null, weight: 1 }

export const columnCell: CellRule = {
  pattern: /^column:[A-Za-z0-9_-]{1,40}$/,
  value: column,
  homeroom: 'never',
  early: true,
  deadlines: () => [],
  judge: (_cell, value, { policy, schoolClass }) => {
    if (schoolClass.grade === 1 && policy.grade1.marks === 'forbidden' && value !== null)
      return out('grade1-mark')
    return admitted
  },
}

/** Add, change or remove a work column. */
export const setColumn = entryOf('set-column', [columnCell])
