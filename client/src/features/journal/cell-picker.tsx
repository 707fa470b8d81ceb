import { useState } from 'react'
import type { Attendance } from 'shared/journal/attendance'
import { stateOf } from '../../store/cell-state'
import { useJournal } from '../../store/use-journal'
import { attendanceLetters, attendanceNames } from '../../text/attendance'
import { editTexts } from '../../text/edit'
import { journalTexts } from '../../text/journal'
import { language, useText } from '../../text/text'
import { Panel } from '../../ui/panel'
import { CellHistory } from './cell-history'
import './cell-picker.css'
import { cellNotes, cellTitle } from './cell-words'
import { gridCell } from './grid-cells'
import type { GridColumn, JournalStudent } from './journal-page'
import type { GridEdit } from './use-grid-edit'

interface Props {
  column: GridColumn
  student: JournalStudent
  scale: readonly string[]
  edit: GridEdit
  /** Goes on to the next student: a column is filled without lifting the thumb far. */
  onMove: (rows: number) => void
  onClose: () => void
  keepFocus: boolean
}

const absences = ['absent', 'ill', 'excused', 'unexcused', 'late', 'present'] as const

/** Marks and attendance for a finger, with the history of the cell one more tap away. */
export function CellPicker({ column, student, scale, edit, onMove, onClose, keepFocus }: Props) {
  const journal = useJournal()
  const { me } = journal
  const text = useText(journalTexts)
  const said = useText(editTexts)
  const letters = useText(attendanceLetters)
  const names = useText(attendanceNames)
  const { lesson, work, first } = column
  const [historyOf, setHistoryOf] = useState<string | null>(null)
  const sheet = journal.sheet(lesson.id)
  const cell = gridCell(column, student, sheet, me.person)
  const notes = cellNotes(column, student, sheet, me, language())
  const markName = `mark:${work?.id ?? ''}:${student.id}`
  const { contested } = stateOf(sheet.cells[markName], me.person)
  const cellName = work && cell.mark !== null ? markName : `absence:${student.id}`
  const pick = (act: () => void) => {
    act()
    onMove(1)
  }
  return (
    <Panel
      title={cellTitle(column, student, language())}
      closeLabel={said.close}
      onClose={onClose}
      keepFocus={keepFocus}
    >
      {notes.length > 0 && <p className="journal-quiet journal-notes">{notes.join('; ')}</p>}
      {contested.length > 0 && (
        <fieldset className="journal-picks">
          <legend>{said.contested}</legend>
          {contested.map((value) => (
            <button
              key={JSON.stringify(value)}
              type="button"
              className="ui-button"
              onClick={() => edit.choose(column, markName, value)}
            >
              {typeof value === 'string' ? value : text.cleared}
            </button>
          ))}
        </fieldset>
      )}
      {work && contested.length === 0 && (
        <fieldset className="journal-picks">
          <legend className="visually-hidden">{text.marks}</legend>
          {scale.map((mark) => (
            <button
              key={mark}
              type="button"
              className="ui-button journal-pick"
              aria-pressed={cell.mark === mark}
              onClick={() => pick(() => edit.mark(column, student.id, mark))}
            >
              {mark}
            </button>
          ))}
        </fieldset>
      )}
      {first && (
        <fieldset className="journal-picks">
          <legend className="visually-hidden">{text.attendance}</legend>
          {absences.map((wanted: Attendance) => (
            <button
              key={wanted}
              type="button"
              className="ui-button journal-pick-away"
              aria-pressed={cell.attendance === wanted}
              aria-label={names[wanted]}
              onClick={() => pick(() => edit.attend(column, student.id, wanted))}
            >
              {letters[wanted] || '✓'}
            </button>
          ))}
        </fieldset>
      )}
      <div className="ui-row">
        <button type="button" className="ui-button" onClick={() => edit.clear(column, student.id)}>
          {text.clear}
        </button>
        <button type="button" className="ui-button" aria-label={text.up} onClick={() => onMove(-1)}>
          ↑
        </button>
        <button type="button" className="ui-button" aria-label={text.down} onClick={() => onMove(1)}>
          ↓
        </button>
        <button
          type="button"
          className="ui-button"
          aria-expanded={historyOf === cellName}
          onClick={() => setHistoryOf(historyOf === cellName ? null : cellName)}
        >
          {text.history}
        </button>
      </div>
      {historyOf === cellName && (
        <CellHistory key={`${lesson.id} ${cellName}`} sheet={lesson.id} cell={cellName} />
      )}
    </Panel>
  )
}
