import { isAway } from 'shared/journal/attendance'
import type { CellState } from '../../store/cell-state'
import { editTexts } from '../../text/edit'
import { lessonTexts } from '../../text/lesson'
import { useText } from '../../text/text'
import type { RosterRow } from './roster-rows'

/** What is to be known of a student's row beside its values: why something waits, what it lost to, remarks. */
export function useRowNotes(row: RosterRow, zone: string): string[] {
  const text = useText(lessonTexts)
  const said = useText(editTexts)
  const notesOf = ({ fate, lost, contested }: CellState) => [
    ...(fate ? [said.admission(fate, zone)] : []),
    ...(typeof lost === 'string' ? [said.superseded(lost)] : []),
    ...(contested.length > 0 ? [said.contested] : []),
  ]
  return [
    ...notesOf(row.attendanceState),
    ...notesOf(row.markState),
    ...(row.mark && isAway(row.attendance) ? [text.absentWithMark] : []),
    ...(row.remarks > 0 ? [text.remarks(row.remarks)] : []),
  ]
}
