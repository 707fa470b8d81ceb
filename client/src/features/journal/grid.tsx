import {
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type PointerEvent,
  type SyntheticEvent,
} from 'react'
import { flushSync } from 'react-dom'
import { useJournal } from '../../store/use-journal'
import { journalTexts } from '../../text/journal'
import { language, useText } from '../../text/text'
import { showToast } from '../../ui/toasts'
import { CellPicker } from './cell-picker'
import { cellNotes, cellTitle } from './cell-words'
import { columnCells } from './grid-cells'
import { GridHead } from './grid-head'
import { GridRow } from './grid-row'
import './grid.css'
import { currentColumn, type GridColumn, type JournalPage } from './journal-page'
import { readKey } from './read-key'
import { readPasted } from './read-pasted'
import { useColumnsInSteps } from './use-columns-in-steps'
import type { GridEdit } from './use-grid-edit'
import { useStartInView } from './use-start-in-view'

interface Props {
  page: JournalPage
  columns: readonly GridColumn[]
  today: string
  edit: GridEdit
  onHelp: () => void
}

interface Place {
  row: number
  column: number
}

/** The marks of a term: filled like a spreadsheet, by keyboard or by thumb. One handler for all cells. */
export function Grid({ page, columns, today, edit, onHelp }: Props) {
  const journal = useJournal()
  const text = useText(journalTexts)
  const barId = useId()
  const [active, setActive] = useState<Place>(() => ({ row: 0, column: currentColumn(columns, today) }))
  const [picker, setPicker] = useState<'none' | 'pointer' | 'keys'>('none')
  const { students, scale, hasMarks } = page
  const row = Math.min(active.row, students.length - 1)
  const at = Math.min(active.column, columns.length - 1)
  const student = students[row]
  const column = columns[at]
  const { drawn, drawAll } = useColumnsInSteps(columns.length, at)
  const scroller = useStartInView(at, drawn.from)

  // A picker takes room from the grid: the cell it speaks of comes into view above it.
  useEffect(() => {
    if (picker === 'none') return
    const cell = scroller.current?.querySelector(`[data-row="${row}"][data-column="${at}"]`)
    cell?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
  }, [scroller, picker, row, at])

  function go(to: Place, focus: boolean): void {
    const next = {
      row: Math.max(0, Math.min(students.length - 1, to.row)),
      column: Math.max(0, Math.min(columns.length - 1, to.column)),
    }
    const isDrawn = next.column >= drawn.from && next.column < drawn.to
    if (isDrawn) setActive(next)
    else
      flushSync(() => {
        drawAll()
        setActive(next)
      })
    if (!focus) return
    const selector = `[data-row="${next.row}"][data-column="${next.column}"]`
    scroller.current?.querySelector<HTMLElement>(selector)?.focus()
  }

  function onKeyDown(event: KeyboardEvent): void {
    const key = placeOf(event) && student && column ? readKey(event) : null
    if (!key || !student || !column) return
    event.preventDefault()
    switch (key.do) {
      case 'move':
        return go({ row: row + key.rows, column: at + key.columns }, true)
      case 'mark':
        return edit.mark(column, student.id, key.mark)
      case 'attend':
        return edit.attend(column, student.id, key.attendance)
      case 'clear':
        return edit.clear(column, student.id)
      case 'undo':
        return edit.undo(column)
      case 'open':
        return setPicker('keys')
      case 'help':
        return onHelp()
      case 'unknown':
        return showToast({ text: text.notKey(scale.join(', ')), tone: 'warn' })
    }
  }

  function onPaste(event: ClipboardEvent): void {
    if (!placeOf(event) || !column) return
    event.preventDefault()
    const pasted = readPasted(event.clipboardData.getData('text/plain'), scale)
    edit.paste(
      column,
      students.slice(row).map(({ id }) => id),
      pasted,
    )
  }

  function onFocus(event: SyntheticEvent): void {
    const place = placeOf(event)
    if (place) setActive(place)
  }

  // A tap of a finger opens the big picker; a mouse selects first, and opens what is selected already.
  const opens = useRef(false)
  function onPointerDown(event: PointerEvent): void {
    opens.current = event.pointerType === 'touch' || cellOf(event) === document.activeElement
  }
  function onClick(event: SyntheticEvent): void {
    const place = placeOf(event)
    if (!place) return
    if (opens.current) setPicker('pointer')
    go(place, true)
  }

  const columnsKey = useMemo(
    () => columns.map(({ key, time, work }) => `${key} ${time} ${work?.type} ${work?.title?.text}`).join(),
    [columns],
  )
  // New with every change of the journal, not with every step of the cursor.
  const rows = useMemo(() => {
    const byColumn = columns.map((of) =>
      columnCells(of, students, journal.sheet(of.lesson.id), journal.me.person),
    )
    return students.map((_, i) => byColumn.flatMap((cells) => cells[i] ?? []))
  }, [columns, students, journal])
  const notes =
    student && column
      ? cellNotes(column, student, journal.sheet(column.lesson.id), journal.me, language())
      : []
  return (
    <div className="journal-sheet">
      <div className="journal-scroll" ref={scroller}>
        <table
          role="grid"
          className="journal-grid"
          aria-busy={drawn.to - drawn.from < columns.length}
          aria-label={text.grid(page.section.name, page.schoolClass.name)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onFocus={onFocus}
          onPointerDown={onPointerDown}
          onClick={onClick}
        >
          <GridHead columns={columns} columnsKey={columnsKey} today={today} hasMarks={hasMarks} />
          <tbody>
            {students.map((one, i) => (
              <GridRow
                key={one.id}
                name={one.name}
                row={i}
                cells={rows[i] ?? []}
                columns={columns}
                from={drawn.from}
                to={drawn.to}
                columnsKey={columnsKey}
                today={today}
                active={i === row ? at : -1}
                describedBy={barId}
                hasMarks={hasMarks}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p className="journal-bar" id={barId}>
        {student && column && cellTitle(column, student, language())}
        {notes.length > 0 && <b> — {notes.join('; ')}</b>}
      </p>
      {picker !== 'none' && student && column && (
        <CellPicker
          column={column}
          student={student}
          scale={scale}
          edit={edit}
          keepFocus={picker === 'pointer'}
          onMove={(rows) => go({ row: row + rows, column: at }, false)}
          onClose={() => setPicker('none')}
        />
      )}
    </div>
  )
}

function cellOf(event: SyntheticEvent): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>('td[data-column]') : null
}

function placeOf(event: SyntheticEvent): Place | null {
  const cell = cellOf(event)
  return cell ? { row: Number(cell.dataset.row), column: Number(cell.dataset.column) } : null
}
