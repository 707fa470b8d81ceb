import { isAway } from 'shared/journal/attendance'
import type { ShownSheet } from 'shared/journal/overlay'
import { attendanceNames } from '../../text/attendance'
import { dayLabel } from '../../text/dates'
import { editTexts } from '../../text/edit'
import { journalTexts } from '../../text/journal'
import { workNames } from '../../text/school-words'
import type { Language } from '../../text/text'
import { cellStates, gridCell } from './grid-cells'
import type { GridColumn, JournalStudent } from './journal-page'

/** Which cell this is: «Абрамов Кирилл · ср, 16 сентября · контрольная работа «Дроби»». */
export function cellTitle(column: GridColumn, student: JournalStudent, language: Language): string {
  const { work, lesson } = column
  const name = work && workNames[language][work.type]
  const title = work?.title ? ` «${work.title.text}»` : ''
  return [student.name, dayLabel(lesson.date, language), name ? `${name}${title}` : '']
    .filter(Boolean)
    .join(' · ')
}

/** What is to be known of a cell beside its value: why it waits, what it lost to, that it is only here. */
export function cellNotes(
  column: GridColumn,
  student: JournalStudent,
  sheet: ShownSheet,
  me: { person: string; zone: string },
  language: Language,
): string[] {
  const said = editTexts[language]
  const text = journalTexts[language]
  const cell = gridCell(column, student, sheet, me.person)
  const states = cellStates(column, student.id, sheet, me.person)
  return [
    ...(cell.attendance === 'unknown' ? [] : [attendanceNames[language][cell.attendance]]),
    ...(cell.mark !== null && isAway(cell.attendance) ? [text.absentWithMark] : []),
    ...(cell.absentFromList ? [text.notEnrolled] : []),
    ...states.flatMap(({ fate, lost, contested }) => [
      ...(fate ? [said.admission(fate, me.zone)] : []),
      ...(fate && cell.counts !== null && cell.counts !== cell.mark ? [said.was(cell.counts)] : []),
      ...(typeof lost === 'string' ? [said.superseded(lost)] : []),
      ...(contested.length > 0
        ? [
            `${said.contested}: ${contested.map((value) => (typeof value === 'string' ? value : '—')).join(' / ')}`,
          ]
        : []),
    ]),
    ...(cell.corrected ? [text.corrected] : []),
    ...(cell.onDevice ? [said.onDevice] : []),
  ]
}
