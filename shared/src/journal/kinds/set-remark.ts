import * as z from 'zod/mini'
import { textOf } from '../entry'
import { admitted } from '../receipt'
import type { CellRule } from './cell-rule'
import { entryOf } from './entry-schema'
import { studentOnLesson } from './student-on-lesson'

/** A remark on a student, for the family or among staff (LES-20, LES-21). */
export const remark = z.nullable(z.strictObject({ to: z.enum(['family', 'staff']), text: textOf(1000) }))
export type Remark = NonNullable<z.infer<typeof remark>>

/** Cells `remark:<student>:<id>`: a student may have several. */
export const remarkCell: CellRule = {
  pattern: /^remark:[A-Za-z0-9_-]{1,40}:[A-Za-z0-9_-]{1,40}$/,
  value: remark,
  homeroom: 'remark',
  early: false,
  deadlines: () => [],
  judge: (cell, _value, facts) => studentOnLesson(cell.split(':')[1] ?? '', facts) ?? admitted,
}

export const setRemark = entryOf('set-remark', [remarkCell])
