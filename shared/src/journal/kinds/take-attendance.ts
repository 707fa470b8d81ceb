import * as z from 'zod/mini'
import { admitted } from '../receipt'
import type { CellRule } from './cell-rule'

/** Attendance taken: whoever is not otherwise set was present (LES-08). Null: not taken after all. */
export const takenCell: CellRule = {
  pattern: /^taken$/,
  value: z.nullable(z.literal(true)),
  homeroom: 'fact',
  early: false,
  deadlines: (_cell, { policy }) => [policy.attendance.fillDeadline],
  judge: () => admitted,
}
