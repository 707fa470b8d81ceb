import { attendanceOf, isAway, type Attendance } from 'shared/journal/attendance'
import type { ShownSheet } from 'shared/journal/overlay'
import { seenCells, seenValue, stateOf, type CellState } from '../../store/cell-state'
import type { GridColumn, JournalStudent } from './journal-page'

/** What one cell of the grid shows. Cells that look the same are the same object: what did not change is not drawn. */
export interface GridCell {
  attendance: Attendance
  mark: string | null
  /** The mark that counts in the mean: one that waits or is contested does not (A2). */
  counts: string | null
  onDevice: boolean
  hatched: boolean
  refused: boolean
  corrected: boolean
  /** The student is not on the list on this day. */
  absentFromList: boolean
}

const known = new Map<string, GridCell>()
function same(cell: GridCell): GridCell {
  const { attendance, mark, counts, onDevice, hatched, refused, corrected, absentFromList } = cell
  const flags = [onDevice, hatched, refused, corrected, absentFromList].map(Number).join('')
  const key = `${attendance} ${mark ?? ''} ${counts ?? ''} ${flags}`
  const found = known.get(key)
  if (found) return found
  known.set(key, cell)
  return cell
}

interface Made {
  students: readonly JournalStudent[]
  cells: GridCell[]
}
const cache = new WeakMap<ShownSheet, Map<string, Made>>()

/** The cells of a column, in the order of the students. The same array as long as the sheet is the same. */
export function columnCells(
  column: GridColumn,
  students: readonly JournalStudent[],
  sheet: ShownSheet,
  me: string,
): GridCell[] {
  let ofSheet = cache.get(sheet)
  if (!ofSheet) cache.set(sheet, (ofSheet = new Map()))
  const key = `${column.work?.id ?? ''} ${column.first ? 1 : 0} ${me}`
  const known = ofSheet.get(key)
  if (known?.students === students) return known.cells
  const cells = students.map((student) => gridCell(column, student, sheet, me))
  ofSheet.set(key, { students, cells })
  return cells
}

export function gridCell(
  column: GridColumn,
  student: JournalStudent,
  sheet: ShownSheet,
  me: string,
): GridCell {
  const isSet = cellNames(column, student.id).some((name) => sheet.cells[name] !== undefined)
  return isSet ? same(makeCell(column, student, sheet, me)) : isOffList(column, student) ? offList : onList
}

function makeCell(column: GridColumn, student: JournalStudent, sheet: ShownSheet, me: string): GridCell {
  const { work, first } = column
  const markCell = work ? sheet.cells[`mark:${work.id}:${student.id}`] : undefined
  const states = cellStates(column, student.id, sheet, me)
  const contested = states.some((state) => state.contested.length > 0)
  const held = markCell?.contested ? null : ((markCell?.value ?? null) as string | null)
  const attendance = first ? attendanceOf(seenCells(sheet), student.id) : 'unknown'
  return {
    attendance: isAway(attendance) || attendance === 'late' ? attendance : 'unknown',
    mark: (seenValue(markCell) as string | null) ?? null,
    counts: held,
    onDevice: states.some(({ onDevice }) => onDevice),
    hatched: contested || states.some(({ fate }) => fate?.is === 'waiting'),
    refused: states.some(({ fate, lost }) => fate?.is === 'out' || lost !== null),
    corrected: work !== null && stateOf(markCell, me).corrected,
    absentFromList: isOffList(column, student),
  }
}

// Most cells of a journal: nothing is set in them.
const onList: GridCell = {
  attendance: 'unknown',
  mark: null,
  counts: null,
  onDevice: false,
  hatched: false,
  refused: false,
  corrected: false,
  absentFromList: false,
}
const offList: GridCell = { ...onList, absentFromList: true }

function isOffList({ lesson }: GridColumn, { from, to }: JournalStudent): boolean {
  return (from !== undefined && lesson.date < from) || (to !== undefined && lesson.date > to)
}

/** The states of the cells of a sheet that one cell of the grid stands for: mark, fact and reason. */
export function cellStates(column: GridColumn, student: string, sheet: ShownSheet, me: string): CellState[] {
  return cellNames(column, student).map((name) => stateOf(sheet.cells[name], me))
}

function cellNames({ work, first }: GridColumn, student: string): string[] {
  const ofLesson = first ? [`absence:${student}`, `reason:${student}`] : []
  return work ? [`mark:${work.id}:${student}`, ...ofLesson] : ofLesson
}
