import * as z from 'zod/mini'
import { admitted } from '../receipt'
import type { CellRule } from './cell-rule'
import { studentOnLesson } from './student-on-lesson'

/** The fact: present though others are not, absent, late. Null: as the taken attendance says. */
export const absence = z.nullable(z.enum(['present', 'absent', 'late']))
export type Absence = z.infer<typeof absence>

/** Why a student was away (POL-M21), apart from the fact (C7, OFF-08). */
export const reason = z.nullable(z.enum(['ill', 'excused', 'unexcused']))
export type Reason = z.infer<typeof reason>

export const absenceCell: CellRule = {
  pattern: /^absence:[A-Za-z0-9_-]{1,40}$/,
  value: absence,
  homeroom: 'fact',
  early: false,
  deadlines: (_cell, { policy }) => [policy.attendance.fillDeadline],
  judge: (cell, _value, facts) => studentOnLesson(cell.slice('absence:'.length), facts) ?? admitted,
}

export const reasonCell: CellRule = {
  pattern: /^reason:[A-Za-z0-9_-]{1,40}$/,
  value: reason,
  homeroom: 'reason',
  early: false,
  // A reason comes with a doctor's note, days later: no text gives it a deadline of its own.
  deadlines: () => [],
  judge: (cell, _value, facts) => studentOnLesson(cell.slice('reason:'.length), facts) ?? admitted,
}
