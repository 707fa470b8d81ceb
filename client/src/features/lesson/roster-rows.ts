import { attendanceOf, type Attendance } from 'shared/journal/attendance'
import type { WorkColumn } from 'shared/journal/columns'
import type { ShownSheet } from 'shared/journal/overlay'
import type { Json } from 'shared/plain/json'
import { plainState, seenCells, seenValue, stateOf, type CellState } from '../../store/cell-state'

/** What one row of the roster shows. */
export interface RosterRow {
  id: string
  name: string
  attendance: Attendance
  attendanceState: CellState
  /** In the column that is being filled. */
  mark: string | null
  markState: CellState
  /** Marks in the other columns of the lesson. */
  others: { column: string; mark: string }[]
  remarks: number
}

/** The row of a student; `column` is the one being filled, null where there are no marks. */
export function rosterRow(
  student: { id: string; name: string },
  sheet: ShownSheet,
  columns: readonly WorkColumn[],
  column: string | null,
  me: string,
): RosterRow {
  const { cells } = sheet
  const markIn = (id: string) => seenValue(cells[`mark:${id}:${student.id}`]) as string | null
  const fact = stateOf(cells[`absence:${student.id}`], me)
  const reason = stateOf(cells[`reason:${student.id}`], me)
  return {
    ...student,
    attendance: attendanceOf(seenCells(sheet), student.id),
    attendanceState: worseOf(fact, reason),
    mark: column === null ? null : markIn(column),
    markState: column === null ? plainState : stateOf(cells[`mark:${column}:${student.id}`], me),
    others: columns.flatMap(({ id }) => {
      const mark = id === column ? null : markIn(id)
      return mark ? [{ column: id, mark }] : []
    }),
    remarks: Object.entries(cells).filter(
      ([cell, { value }]) => value !== null && cell.startsWith(`remark:${student.id}:`),
    ).length,
  }
}

// Fact and reason are two cells and one sign on the screen: what has something to tell speaks for both.
function worseOf(fact: CellState, reason: CellState): CellState {
  const speaks = (state: CellState): boolean =>
    state.fate !== null || state.lost !== null || state.contested.length > 0
  const spoken = speaks(fact) ? fact : reason
  return { ...spoken, onDevice: fact.onDevice || reason.onDevice }
}

/** Whether two rows look the same: a row that does is not drawn again. */
export function sameRow(a: RosterRow, b: RosterRow): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** The cells of the sheet that somebody has to choose a value for (C5), with the values, the one in front first. */
export function contestedCells(sheet: ShownSheet, me: string): { cell: string; values: readonly Json[] }[] {
  return Object.entries(sheet.cells).flatMap(([cell, shown]) =>
    shown.contested ? [{ cell, values: stateOf(shown, me).contested }] : [],
  )
}
