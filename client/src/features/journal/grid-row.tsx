import { memo, type ReactNode } from 'react'
import type { Attendance } from 'shared/journal/attendance'
import { meanOf } from 'shared/journal/mean'
import { attendanceLetters, attendanceNames } from '../../text/attendance'
import { editTexts } from '../../text/edit'
import { journalTexts } from '../../text/journal'
import { meanLabel } from '../../text/numbers'
import { useText } from '../../text/text'
import { useLanguage } from '../../text/use-language'
import type { GridCell } from './grid-cells'
import './grid-row.css'
import type { GridColumn } from './journal-page'

interface Props {
  name: string
  row: number
  cells: readonly GridCell[]
  columns: readonly GridColumn[]
  /** The columns that are drawn so far; the others are a blank of their width. */
  from: number
  to: number
  /** Says the same as long as the columns look the same. */
  columnsKey: string
  today: string
  /** The column of the active cell; -1 when it is in another row. */
  active: number
  /** What tells about the active cell. */
  describedBy: string
  hasMarks: boolean
}

/** A student's row of the journal. Drawn again only when something in it looks different. */
export const GridRow = memo(
  function GridRow({ name, row, cells, columns, from, to, today, active, describedBy, hasMarks }: Props) {
    const chosen = useLanguage()
    const text = useText(journalTexts)
    const letters = useText(attendanceLetters)
    const names = useText(attendanceNames)
    const { onDevice } = useText(editTexts)
    const words = { letters, names, onDevice }
    const mean = meanOf(cells.flatMap(({ counts }) => (counts ? [counts] : [])))
    return (
      <tr>
        <th scope="row" className="journal-name">
          <span className="journal-number">{row + 1}</span> {name}
        </th>
        {from > 0 && <td key="before" aria-hidden="true" className="journal-cell" colSpan={from} />}
        {cells.slice(from, to).map((cell, i) => {
          const at = from + i
          const column = columns[at]
          return column ? (
            <td
              key={column.key}
              data-row={row}
              data-column={at}
              tabIndex={at === active ? 0 : -1}
              className={classOf(cell, column, today)}
              {...(at === active ? { 'aria-describedby': describedBy, 'aria-selected': true } : {})}
            >
              {cellText(cell, words)}
            </td>
          ) : null
        })}
        {to < columns.length && (
          <td key="after" aria-hidden="true" className="journal-cell" colSpan={columns.length - to} />
        )}
        {hasMarks && (
          <td className="journal-mean">
            <span className="visually-hidden">{text.mean}: </span>
            {mean === null ? '' : meanLabel(mean, chosen)}
          </td>
        )}
      </tr>
    )
  },
  (a, b) =>
    a.name === b.name &&
    a.row === b.row &&
    a.active === b.active &&
    a.from === b.from &&
    a.to === b.to &&
    a.columnsKey === b.columnsKey &&
    a.today === b.today &&
    a.describedBy === b.describedBy &&
    a.hasMarks === b.hasMarks &&
    a.cells.every((cell, i) => cell === b.cells[i]),
)

interface Words {
  letters: Record<Attendance, string>
  names: Record<Attendance, string>
  onDevice: string
}

// No component of its own: a row has eighty of them.
function cellText({ attendance, mark, onDevice }: GridCell, words: Words): ReactNode {
  if (attendance === 'unknown' && mark === null && !onDevice) return null
  return (
    <>
      {attendance !== 'unknown' && (
        <abbr title={words.names[attendance]} className="journal-away">
          {words.letters[attendance]}
        </abbr>
      )}
      {mark !== null && <span className={`journal-mark-${mark}`}>{mark}</span>}
      {onDevice && <span className="visually-hidden">, {words.onDevice}</span>}
    </>
  )
}

function classOf(cell: GridCell, column: GridColumn, today: string): string {
  return [
    'journal-cell',
    column.first ? 'journal-first' : '',
    column.lesson.date === today ? 'journal-today' : '',
    `journal-${column.time}`,
    cell.absentFromList ? 'journal-out' : '',
    cell.onDevice ? 'ui-dot' : '',
    cell.hatched ? 'ui-hatched' : '',
    cell.refused ? 'ui-corner ui-corner-bad' : cell.corrected ? 'ui-corner' : '',
  ]
    .filter(Boolean)
    .join(' ')
}
