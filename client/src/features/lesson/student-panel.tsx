import { useState } from 'react'
import { attendances, type Attendance } from 'shared/journal/attendance'
import { setRemark } from 'shared/journal/lesson-drafts'
import type { Remark } from 'shared/journal/kinds/set-remark'
import type { ShownSheet } from 'shared/journal/overlay'
import { newSalt } from '../../store/salt'
import { useJournal } from '../../store/use-journal'
import type { Edit } from '../../store/use-edit'
import { attendanceLetters, attendanceNames } from '../../text/attendance'
import { editTexts } from '../../text/edit'
import { lessonTexts } from '../../text/lesson'
import { useText } from '../../text/text'
import { KeptField } from '../../ui/kept-field'
import { Panel } from '../../ui/panel'
import { newCellId } from './new-cell-id'
import type { RosterRow } from './roster-rows'
import './student-panel.css'
import type { RosterActions } from './use-lesson-actions'
import { useRowNotes } from './use-row-notes'

interface Props {
  lesson: string
  row: RosterRow
  sheet: ShownSheet
  may: { fact: boolean; reason: boolean; remark: boolean }
  actions: RosterActions
  edit: Edit
  onClose: () => void
}

/** The rest about one student: every kind of attendance, and remarks. */
export function StudentPanel({ lesson, row: student, sheet, may, actions, edit, onClose }: Props) {
  const { me } = useJournal()
  const { attendance } = student
  const notes = useRowNotes(student, me.zone)
  const text = useText(lessonTexts)
  const said = useText(editTexts)
  const names = useText(attendanceNames)
  const letters = useText(attendanceLetters)
  const prefix = `remark:${student.id}:`
  const remarks = Object.entries(sheet.cells).flatMap(([cell, { value }]) =>
    cell.startsWith(prefix) && value !== null
      ? [{ id: cell.slice(prefix.length), ...(value as Remark) }]
      : [],
  )
  const [fresh, setFresh] = useState(() => newCellId('r'))
  const shown = remarks.some(({ id }) => id === fresh) ? remarks : [...remarks, emptyRemark(fresh)]
  const writeRemark = (id: string, words: string, to: Remark['to']) => {
    const remark: Remark | null = words ? { to, text: { text: words, salt: newSalt() } } : null
    edit.write(setRemark(lesson, student.id, id, remark), remark ? text.remarkSaid : text.remarkRemoved)
  }
  // A reason alone is the homeroom teacher's to give: only for who is marked absent already.
  const allowed = (wanted: Attendance) =>
    may.fact || (may.reason && isReason(wanted) && attendance !== 'unknown' && attendance !== 'present')
  return (
    <Panel title={student.name} closeLabel={said.close} onClose={onClose} menu>
      {notes.length > 0 && <p className="lesson-quiet">{notes.join('; ')}</p>}
      <fieldset className="lesson-choices">
        <legend>{text.attendance}</legend>
        {attendances
          .filter((wanted) => wanted !== 'unknown')
          .map((wanted) => (
            <button
              key={wanted}
              type="button"
              className="ui-button"
              aria-pressed={attendance === wanted}
              disabled={!allowed(wanted)}
              onClick={() => {
                actions.attend(student.id, wanted)
                onClose()
              }}
            >
              {letters[wanted] && <b>{letters[wanted]}</b>} {names[wanted]}
            </button>
          ))}
      </fieldset>
      {may.remark &&
        shown.map(({ id, to, text: words }) => (
          <div key={id} className="lesson-remark">
            <KeptField
              label={id === fresh ? text.newRemark : text.remark}
              value={words.text}
              maxLength={1000}
              multiline
              elsewhere={{ note: said.fieldChanged, take: said.fieldTake }}
              onKeep={(words) => writeRemark(id, words, to)}
            />
            {words.text && (
              <div className="ui-row">
                <label className="ui-row">
                  <span>{text.remarkTo}</span>
                  <select
                    className="ui-select"
                    value={to}
                    onChange={(event) => writeRemark(id, words.text, event.target.value as Remark['to'])}
                  >
                    <option value="family">{text.toFamily}</option>
                    <option value="staff">{text.toStaff}</option>
                  </select>
                </label>
                <button type="button" className="ui-button" onClick={() => writeRemark(id, '', to)}>
                  {text.removeRemark}
                </button>
                {id === fresh && (
                  <button type="button" className="ui-button" onClick={() => setFresh(newCellId('r'))}>
                    {text.newRemark}
                  </button>
                )}
              </div>
            )}
          </div>
        ))}
    </Panel>
  )
}

function emptyRemark(id: string): { id: string } & Remark {
  return { id, to: 'staff', text: { text: '', salt: '' } }
}

function isReason(attendance: Attendance): boolean {
  return attendance === 'ill' || attendance === 'excused' || attendance === 'unexcused'
}
