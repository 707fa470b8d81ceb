import { useMemo } from 'react'
import { attendanceOf, nextAttendance, type Attendance } from 'shared/journal/attendance'
import { setAttendance, setMark } from 'shared/journal/lesson-drafts'
import { valueOf } from 'shared/journal/sheet'
import { seenCells } from '../../store/cell-state'
import type { Edit } from '../../store/use-edit'
import { useJournal } from '../../store/use-journal'
import { attendanceNames } from '../../text/attendance'
import { lessonTexts } from '../../text/lesson'
import { useText } from '../../text/text'

/** What a row of the roster can ask for. Stays the same object while the lesson is open, so that rows are not redrawn. */
export interface RosterActions {
  /** One more tap: Н, late, as before. */
  tapAttendance(student: string): void
  attend(student: string, wanted: Attendance): void
  /** Sets a mark; the one that stands there already is taken away. */
  mark(student: string, mark: string): void
}

export function useLessonActions(
  lesson: string,
  column: string | null,
  names: ReadonlyMap<string, string>,
  edit: Edit,
): RosterActions {
  const journal = useJournal()
  const text = useText(lessonTexts)
  const attendance = useText(attendanceNames)
  return useMemo(() => {
    const read = () => seenCells(journal.sheet(lesson))
    const nameOf = (student: string) => names.get(student) ?? student
    const attend = (student: string, wanted: Attendance) => {
      const said = text.attendanceOf(nameOf(student), attendance[wanted])
      edit.write(setAttendance(lesson, read(), student, wanted), said)
    }
    return {
      attend,
      tapAttendance(student) {
        const cells = read()
        attend(student, nextAttendance(attendanceOf(cells, student), valueOf(cells, 'taken') === true))
      },
      mark(student, mark) {
        if (column === null) return
        const wanted = valueOf(read(), `mark:${column}:${student}`) === mark ? null : mark
        const said = wanted ? text.marked(nameOf(student), wanted) : text.unmarked(nameOf(student))
        edit.write(setMark(lesson, column, student, wanted), said)
      },
    }
  }, [journal, lesson, column, names, edit, text, attendance])
}
