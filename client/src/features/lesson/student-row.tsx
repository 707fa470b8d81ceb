import { memo } from 'react'
import type { CellState } from '../../store/cell-state'
import { attendanceLetters, attendanceNames } from '../../text/attendance'
import { editTexts } from '../../text/edit'
import { lessonTexts } from '../../text/lesson'
import { useText } from '../../text/text'
import { useLongPress } from '../../ui/use-long-press'
import { sameRow, type RosterRow } from './roster-rows'
import './student-row.css'
import type { RosterActions } from './use-lesson-actions'
import { useRowNotes } from './use-row-notes'

interface Props {
  row: RosterRow
  number: number
  /** The marks of the school's scale; empty where none are given. */
  scale: readonly string[]
  zone: string
  mayAttend: boolean
  mayMark: boolean
  actions: RosterActions
  onMore: (student: string) => void
  /** Short names of the other columns, by id. */
  columnNames: ReadonlyMap<string, string>
}

/** A student before the class: one big toggle for attendance, the marks at hand, what is to be known under the name. */
export const StudentRow = memo(
  function StudentRow(props: Props) {
    const { row, number, scale, zone, mayAttend, mayMark, actions, onMore, columnNames } = props
    const text = useText(lessonTexts)
    const said = useText(editTexts)
    const letters = useText(attendanceLetters)
    const names = useText(attendanceNames)
    const hold = useLongPress(
      () => actions.tapAttendance(row.id),
      () => onMore(row.id),
    )
    const { attendance, attendanceState } = row
    const notes = useRowNotes(row, zone)
    return (
      <li className={scale.length > 0 ? 'lesson-row' : 'lesson-row lesson-row-plain'}>
        <span className="lesson-name">
          <span className="lesson-number">{number}</span>
          <span>
            {row.name}
            {notes.length > 0 && <span className="lesson-note">{notes.join('; ')}</span>}
          </span>
        </span>
        <button
          type="button"
          className={`lesson-attendance lesson-attendance-${attendance} ${lookOf(attendanceState)}`}
          disabled={!mayAttend}
          {...hold}
        >
          <span aria-hidden="true">{letters[attendance] || (attendance === 'present' ? '✓' : '·')}</span>
          <span className="visually-hidden">
            {text.attendanceOf(row.name, names[attendance])}
            {attendanceState.onDevice && `, ${said.onDevice}`}
          </span>
        </button>
        {scale.length > 0 && (
          <fieldset className="lesson-marks" disabled={!mayMark}>
            <legend className="visually-hidden">{text.markOf(row.name)}</legend>
            {row.others.length > 0 && (
              <span className="lesson-others">
                {row.others.map(({ column, mark }) => `${columnNames.get(column) ?? ''} ${mark}`).join(' · ')}
              </span>
            )}
            {scale.map((mark) => {
              const here = row.mark === mark
              return (
                <button
                  key={mark}
                  type="button"
                  aria-pressed={here}
                  aria-label={here && row.markState.onDevice ? `${mark}, ${said.onDevice}` : mark}
                  className={`lesson-mark lesson-mark-${mark} ${here ? lookOf(row.markState) : ''}`}
                  onClick={() => actions.mark(row.id, mark)}
                >
                  {mark}
                </button>
              )
            })}
          </fieldset>
        )}
        <button
          type="button"
          className="lesson-more"
          aria-label={text.more(row.name)}
          aria-haspopup="dialog"
          onClick={() => onMore(row.id)}
        >
          ⋯
        </button>
      </li>
    )
  },
  (a, b) => {
    const { row, ...rest } = a
    return (
      sameRow(row, b.row) && Object.entries(rest).every(([key, value]) => b[key as keyof Props] === value)
    )
  },
)

/** How a cell looks besides its value: a dot, a hatch, a corner. Never by colour alone. */
function lookOf({ onDevice, fate, lost, contested }: CellState): string {
  return [
    onDevice ? 'ui-dot' : '',
    fate?.is === 'waiting' || contested.length > 0 ? 'ui-hatched' : '',
    fate?.is === 'out' || lost !== null ? 'ui-corner ui-corner-bad' : '',
  ].join(' ')
}
