import { useMemo, useState, type ReactNode } from 'react'
import { attendanceOf, isAway } from 'shared/journal/attendance'
import type { WorkColumn } from 'shared/journal/columns'
import { allPresent, othersPresent } from 'shared/journal/lesson-drafts'
import type { ShownSheet } from 'shared/journal/overlay'
import { valueOf } from 'shared/journal/sheet'
import { seenCells, stateOf } from '../../store/cell-state'
import type { Edit } from '../../store/use-edit'
import { useJournal } from '../../store/use-journal'
import { editTexts } from '../../text/edit'
import { lessonTexts } from '../../text/lesson'
import { useText } from '../../text/text'
import { shortWorkNames } from '../../text/works'
import { arrange, type LessonPage } from './lesson-page'
import type { LessonRights } from './lesson-rights'
import './roster.css'
import { rosterRow } from './roster-rows'
import { StudentPanel } from './student-panel'
import { StudentRow } from './student-row'
import { useLessonActions } from './use-lesson-actions'

interface Props {
  page: LessonPage
  sheet: ShownSheet
  columns: readonly WorkColumn[]
  column: string | null
  rights: LessonRights
  edit: Edit
}

/** The class, one row a student. */
export function Roster({ page, sheet, columns, column, rights, edit }: Props) {
  const { me } = useJournal()
  const text = useText(lessonTexts)
  const works = useText(shortWorkNames)
  const [subject, setSubject] = useState('')
  const [open, setOpen] = useState<string | null>(null)
  const names = useMemo(() => new Map(page.students.map(({ id, name }) => [id, name])), [page])
  const actions = useLessonActions(page.lesson.id, column, names, edit)
  const columnNames = useMemo(
    () => new Map(columns.map(({ id, type }) => [id, works[type]])),
    [columns, works],
  )
  const scale = page.hasMarks && column !== null ? page.policy.marks.scale : noScale
  const lists = arrange(page.students, page.groupings.find((one) => one.subject === subject) ?? null)
  const numbers = new Map(lists.flatMap(({ students }) => students).map(({ id }, i) => [id, i + 1]))
  const shown = open === null ? undefined : page.students.find(({ id }) => id === open)
  return (
    <section className="lesson-roster" aria-label={text.roster}>
      <Attendance page={page} sheet={sheet} mayTake={rights.fact} edit={edit}>
        {page.groupings.length > 0 && (
          <select
            className="ui-select lesson-order"
            aria-label={text.order}
            value={subject}
            onChange={(event) => setSubject(event.target.value)}
          >
            <option value="">{text.bySurname}</option>
            {page.groupings.map((one) => (
              <option key={one.subject} value={one.subject}>
                {text.byGroup(one.name)}
              </option>
            ))}
          </select>
        )}
      </Attendance>
      {page.students.length === 0 && <p>{text.nobody}</p>}
      {lists.map(({ name, students }) => (
        <div key={name ?? ''}>
          {subject && <h2 className="lesson-subgroup">{name ?? text.noGroup}</h2>}
          <ol className="lesson-rows">
            {students.map((student) => (
              <StudentRow
                key={student.id}
                row={rosterRow(student, sheet, columns, column, me.person)}
                number={numbers.get(student.id) ?? 0}
                scale={scale}
                zone={me.zone}
                mayAttend={rights.fact}
                mayMark={rights.page}
                actions={actions}
                onMore={setOpen}
                columnNames={columnNames}
              />
            ))}
          </ol>
        </div>
      ))}
      {shown && (
        <StudentPanel
          key={shown.id}
          lesson={page.lesson.id}
          row={rosterRow(shown, sheet, columns, column, me.person)}
          sheet={sheet}
          may={rights}
          actions={actions}
          edit={edit}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  )
}

const noScale: readonly string[] = []

function Attendance(props: {
  page: LessonPage
  sheet: ShownSheet
  mayTake: boolean
  edit: Edit
  children: ReactNode
}) {
  const { page, sheet, mayTake, edit, children } = props
  const { me } = useJournal()
  const text = useText(lessonTexts)
  const said = useText(editTexts)
  const cells = seenCells(sheet)
  const taken = valueOf(cells, 'taken') === true
  const ids = page.students.map(({ id }) => id)
  const all = ids.map((id) => attendanceOf(cells, id))
  const away = all.filter(isAway).length
  const late = all.filter((is) => is === 'late').length
  const state = stateOf(sheet.cells.taken, me.person)
  const notes = [
    ...(state.fate ? [said.admission(state.fate, me.zone)] : []),
    ...(state.onDevice ? [said.onDevice] : []),
  ]
  const isMarked = away > 0 || late > 0
  return (
    <div className="lesson-bar">
      {mayTake && (
        <button
          type="button"
          className={isMarked && !taken ? 'ui-button ui-button-main' : 'ui-button'}
          // Always there: a button that comes with the first «Н» would move the roster under the finger.
          disabled={!isMarked || taken}
          onClick={() => edit.write(othersPresent(page.lesson.id), text.othersPresentSaid)}
        >
          {text.othersPresent}
        </button>
      )}
      {mayTake && (
        <button
          type="button"
          className={taken || isMarked ? 'ui-button' : 'ui-button ui-button-main'}
          disabled={taken && !isMarked}
          onClick={() => edit.write(allPresent(page.lesson.id, cells, ids), text.allPresentSaid)}
        >
          {text.allPresent}
        </button>
      )}
      {children}
      <p className={taken ? 'lesson-count lesson-quiet' : 'lesson-count lesson-missing'}>
        {state.onDevice && <span className="lesson-dot" />}
        {[taken ? text.taken(away, late) : text.notTaken, text.students(ids.length), ...notes].join(' · ')}
      </p>
    </div>
  )
}
