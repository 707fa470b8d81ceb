import { useEffect, useMemo, useState } from 'react'
import { Link } from 'wouter'
import { columnsOf } from 'shared/journal/columns'
import { useEdit } from '../../store/use-edit'
import { useOpenSection } from '../../store/use-open-section'
import { useDirectory, useJournal, useSheet, useSyncStatus } from '../../store/use-journal'
import { editTexts } from '../../text/edit'
import { lessonTexts } from '../../text/lesson'
import { useText } from '../../text/text'
import '../../ui/controls.css'
import { ToastRegion } from '../../ui/toast-region'
import { useNow } from '../../ui/use-now'
import { Contested } from './contested'
import { LessonHead } from './lesson-head'
import { lessonPageOf, type LessonPage } from './lesson-page'
import { lessonRights } from './lesson-rights'
import { LessonTexts } from './lesson-texts'
import './lesson.css'
import { Roster } from './roster'
import { WorkColumns } from './work-columns'

/** The page of one lesson, made for standing in front of a class with a tablet. */
export function LessonScreen({ id }: { id: string }) {
  const directory = useDirectory()
  const text = useText(lessonTexts)
  const page = useMemo(() => lessonPageOf(id, directory), [id, directory])
  if (page) return <OpenLesson key={id} page={page} />
  return (
    <div className="lesson">
      <h1 className="lesson-title">{text.noLesson}</h1>
      <Link className="ui-button" href="/">
        {text.toToday}
      </Link>
    </div>
  )
}

function OpenLesson({ page }: { page: LessonPage }) {
  const journal = useJournal()
  const { lesson, section } = page
  const sheet = useSheet(lesson.id)
  useSyncStatus()
  const edit = useEdit()
  const said = useText(editTexts)
  // What may be written depends on the time: a lesson begins, a deadline passes.
  useNow(() => journal.now())
  useOpenSection(section.id)
  useUndoKey(() => edit.undo(lesson.id))
  const columns = useMemo(() => columnsOf(sheet.cells), [sheet])
  const [chosen, setChosen] = useState<string | null>(null)
  const column = page.hasMarks ? ((columns.find(({ id }) => id === chosen) ?? columns[0])?.id ?? null) : null
  const rights = lessonRights(journal, lesson.id, page.students[0]?.id)
  const names = useMemo(() => new Map(page.students.map(({ id, name }) => [id, name])), [page])
  return (
    <div className="lesson">
      <LessonHead page={page} rights={rights} onUndo={() => edit.undo(lesson.id)} />
      <Contested sheet={sheet} columns={columns} names={names} edit={edit} />
      <LessonTexts page={page} sheet={sheet} mayEdit={rights.page} edit={edit} />
      {page.hasMarks && (
        <WorkColumns
          lesson={lesson.id}
          columns={columns}
          active={column}
          onActive={setChosen}
          mayEdit={rights.page}
          edit={edit}
        />
      )}
      <Roster page={page} sheet={sheet} columns={columns} column={column} rights={rights} edit={edit} />
      <ToastRegion closeLabel={said.hide} />
    </div>
  )
}

/** Ctrl+Z, except where somebody types: there it is the browser's own. */
function useUndoKey(undo: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof Element && event.target.matches('input, textarea, select')
      if (isTyping || event.code !== 'KeyZ' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return
      event.preventDefault()
      undo()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  })
}
