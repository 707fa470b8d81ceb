import * as z from 'zod/mini'
import { admitted, out, waitingFor } from '../receipt'
import type { CellRule, LessonFacts } from './cell-rule'
import { entryOf } from './entry-schema'
import { answer, answerColumn, type Column } from './set-column'
import { studentOnLesson } from './student-on-lesson'

/** A mark as it is written. What the scale allows is the policy's (POL-M13), so any short text has the shape. */
export const mark = z.nullable(z.string().check(z.minLength(1), z.maxLength(12)))

/** Cells `mark:<column>:<student>` (LES-06). */
export const markCell: CellRule = {
  pattern: /^mark:[A-Za-z0-9_-]{1,40}:[A-Za-z0-9_-]{1,40}$/,
  value: mark,
  homeroom: 'never',
  early: false,
  deadlines: (cell, facts) => {
    const id = cell.split(':')[1] ?? ''
    return markDeadlines(isRemoved(id, facts.cells) ? 'removed' : columnOf(id, facts.cells)?.type, facts)
  },
  judge: (cell, value, facts) => {
    const [, column = '', student = ''] = cell.split(':')
    const { schoolClass, policy } = facts
    // LES-11: grade 1 has no marks. Taking a wrong one away is always allowed.
    const banned = schoolClass.grade === 1 && policy.grade1.marks === 'forbidden'
    if (banned && value !== null) return out('grade1-mark')
    // LES-15: «н/а», «осв.» and everything else that is not on the scale, in any spelling.
    if (value !== null && !policy.marks.scale.includes(value as string)) return out('forbidden-value')
    const stranger = studentOnLesson(student, facts)
    if (stranger) return stranger
    return columnOf(column, facts.cells) ? admitted : waitingFor('column')
  },
}

export const setMark = entryOf('set-mark', [markCell])

/** The column as the sheet has it, a removed one too; null while the sheet has not heard of it. */
export function columnOf(id: string, cells: LessonFacts['cells']): Column | null {
  if (id === answerColumn && !Object.hasOwn(cells, `column:${answerColumn}`)) return answer
  const cell = Object.hasOwn(cells, `column:${id}`) ? cells[`column:${id}`] : undefined
  if (!cell) return null
  return (cell.value as Column | null) ?? answer
}

function isRemoved(id: string, cells: LessonFacts['cells']): boolean {
  return Object.hasOwn(cells, `column:${id}`) && cells[`column:${id}`]?.value === null
}

// DDL-05, DDL-06: written and controlling works have their own deadline, never before the current one.
function markDeadlines(type: Column['type'] | 'removed' | undefined, { policy }: LessonFacts) {
  const { currentDeadline, writtenWorkDeadline, monitoringWorkDeadline } = policy.marks
  switch (type) {
    case 'written':
    case 'test':
    case 'dictation':
    case 'essay':
    case 'project':
    case 'laboratory':
    case 'practical':
      return [currentDeadline, writtenWorkDeadline]
    case 'control':
    case 'cut':
    case 'monitoring':
    // What kind of work a removed column was is not known any more: nobody is late by a guess.
    case 'removed':
      return [currentDeadline, writtenWorkDeadline, monitoringWorkDeadline]
    default:
      return [currentDeadline]
  }
}
