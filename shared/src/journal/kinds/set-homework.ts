import * as z from 'zod/mini'
import { textOf } from '../entry'
import { day } from '../ids'
import { admitted, out } from '../receipt'
import type { CellRule } from './cell-rule'
import { entryOf } from './entry-schema'

/** Homework belongs to the lesson that set it, due on a day or at the next lesson; or it is said that there is none (LES-05). */
export const homework = z.nullable(
  z.union([
    z.strictObject({ text: textOf(2000), due: z.optional(day) }),
    z.strictObject({ none: z.literal(true) }),
  ]),
)
export type Homework = NonNullable<z.infer<typeof homework>>

export const homeworkCell: CellRule = {
  pattern: /^homework$/,
  value: homework,
  homeroom: 'never',
  early: true,
  deadlines: (_cell, { policy }) => [policy.homework.deadline],
  judge: (_cell, value, { schoolClass, policy }) => {
    // LES-12: grade 1 has no homework. Taking a wrong one away is always allowed.
    const banned = schoolClass.grade === 1 && policy.grade1.homework === 'forbidden'
    return banned && value !== null ? out('grade1-homework') : admitted
  },
}

export const setHomework = entryOf('set-homework', [homeworkCell])
