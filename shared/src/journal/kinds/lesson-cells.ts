import type { CellRule } from './cell-rule'
import { absenceCell, reasonCell } from './set-attendance'
import { columnCell } from './set-column'
import { homeworkCell } from './set-homework'
import { markCell } from './set-mark'
import { remarkCell } from './set-remark'
import { takenCell } from './take-attendance'
import { topicCell } from './set-topic'

/** Every cell that a lesson sheet can have. */
export const lessonCells: readonly CellRule[] = [
  takenCell,
  absenceCell,
  reasonCell,
  columnCell,
  markCell,
  topicCell,
  homeworkCell,
  remarkCell,
]

/** The rule of a cell of a lesson, or null: there is no such cell. */
export function lessonCellOf(cell: string): CellRule | null {
  return lessonCells.find(({ pattern }) => pattern.test(cell)) ?? null
}
