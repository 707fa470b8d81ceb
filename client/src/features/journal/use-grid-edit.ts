import { useMemo, useState } from 'react'
import { attendanceOf, type Attendance } from 'shared/journal/attendance'
import type { Draft } from 'shared/journal/build'
import { answerColumn } from 'shared/journal/kinds/set-column'
import { chooseDraft } from 'shared/journal/again'
import { setAttendance, setMark } from 'shared/journal/lesson-drafts'
import type { Json } from 'shared/plain/json'
import { seenCells, seenValue } from '../../store/cell-state'
import type { Journal } from '../../store/port'
import { useEdit, type Edit } from '../../store/use-edit'
import { useJournal } from '../../store/use-journal'
import { journalTexts } from '../../text/journal'
import { useText } from '../../text/text'
import { showToast } from '../../ui/toasts'
import type { GridColumn } from './journal-page'
import type { Pasted } from './read-pasted'

export interface GridEdit {
  mark(column: GridColumn, student: string, mark: string | null): void
  attend(column: GridColumn, student: string, wanted: Attendance): void
  /** Takes away the mark; where there is none, the absence. */
  clear(column: GridColumn, student: string): void
  /** A pasted column from this student down: marks in one entry, so that one undo takes them back. */
  paste(column: GridColumn, students: readonly string[], pasted: readonly Pasted[]): void
  /** C5: settles a contested cell by one of its values. */
  choose(column: GridColumn, cell: string, value: Json): void
  /** Undoes what was written last on this screen, or else on the lesson of this column. */
  undo(column: GridColumn | undefined): void
}

export function useGridEdit(): GridEdit {
  const journal = useJournal()
  const edit = useEdit()
  const text = useText(journalTexts)
  // Lessons in the order in which they were written on.
  const [written] = useState<string[]>(() => [])
  return useMemo(() => makeGridEdit(journal, edit, text, written), [journal, edit, text, written])
}

function makeGridEdit(
  journal: Journal,
  edit: Edit,
  text: (typeof journalTexts)['ru'],
  written: string[],
): GridEdit {
  // Typing is quiet: the cell itself shows what was written. Only what has to be known is said.
  function write(draft: Draft | null, said: string | null = null): void {
    if (draft && edit.write(draft, said)) written.push(draft.sheet)
  }
  const cellsOf = (lesson: string) => seenCells(journal.sheet(lesson))

  function attend({ lesson }: GridColumn, student: string, wanted: Attendance): void {
    write(setAttendance(lesson.id, cellsOf(lesson.id), student, wanted))
  }

  return {
    attend,
    mark({ lesson, work }, student, mark) {
      const column = work?.id ?? answerColumn
      const now = seenValue(journal.sheet(lesson.id).cells[`mark:${column}:${student}`])
      if (now !== mark) write(setMark(lesson.id, column, student, mark))
    },
    clear(column, student) {
      const { lesson, work, first } = column
      const cells = cellsOf(lesson.id)
      if (work && (cells[`mark:${work.id}:${student}`]?.value ?? null) !== null) {
        write(setMark(lesson.id, work.id, student, null))
      } else if (first && attendanceOf(cells, student) !== 'unknown') {
        write({
          sheet: lesson.id,
          kind: 'set-attendance',
          set: [{ cell: `absence:${student}`, value: null }],
        })
      }
    },
    paste(column, students, pasted) {
      const work = column.work?.id ?? answerColumn
      const sheet = column.lesson.id
      const placed = pasted.flatMap((one, i) => {
        const student = students[i]
        return student ? [{ ...one, student }] : []
      })
      const unknown = placed.flatMap((one) => (one.is === 'unknown' ? [one.text] : []))
      const marks = placed.flatMap(({ student, ...one }) =>
        one.is === 'mark' ? [{ cell: `mark:${work}:${student}`, value: one.mark }] : [],
      )
      for (const one of placed) if (one.is === 'attendance') attend(column, one.student, one.attendance)
      const count = placed.length - unknown.length - placed.filter(({ is }) => is === 'empty').length
      const doubts = unknown.length > 0 ? text.notPasted(unknown.slice(0, 5).join(', ')) : null
      if (marks.length > 0) {
        write(
          { sheet, kind: 'set-mark', set: marks },
          [text.pasted(count), doubts].filter(Boolean).join('. '),
        )
      } else if (doubts) showToast({ text: doubts, tone: 'warn' })
    },
    choose({ lesson }, cell, value) {
      write(chooseDraft(lesson.id, cell, value))
    },
    undo(column) {
      const sheet = written.pop() ?? column?.lesson.id
      if (sheet) edit.undo(sheet)
    },
  }
}
