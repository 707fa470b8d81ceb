import { useState } from 'react'
import { lessonsOf } from 'shared/calendar/lessons'
import { addDays } from 'shared/calendar/zone'
import type { Homework } from 'shared/journal/kinds/set-homework'
import { setHomework, setTopic } from 'shared/journal/lesson-drafts'
import type { ShownSheet } from 'shared/journal/overlay'
import { stateOf, seenValue } from '../../store/cell-state'
import { newSalt } from '../../store/salt'
import type { Edit } from '../../store/use-edit'
import { useDirectory, useJournal, useSheet } from '../../store/use-journal'
import { dayLabel } from '../../text/dates'
import { editTexts } from '../../text/edit'
import { lessonTexts } from '../../text/lesson'
import { language, useText } from '../../text/text'
import { KeptField } from '../../ui/kept-field'
import type { LessonPage } from './lesson-page'
import './lesson-texts.css'

interface Props {
  page: LessonPage
  sheet: ShownSheet
  mayEdit: boolean
  edit: Edit
}

/** Topic and homework. Without a save button: see KeptField. */
export function LessonTexts({ page, sheet, mayEdit, edit }: Props) {
  const text = useText(lessonTexts)
  const said = useText(editTexts)
  const { lesson, previous, hasHomework } = page
  const elsewhere = { note: said.fieldChanged, take: said.fieldTake }
  return (
    <div className="lesson-texts">
      {hasHomework && previous && <SetBefore previous={previous.id} today={lesson.date} />}
      <div>
        <KeptField
          label={text.topic}
          placeholder={mayEdit ? text.topicPlaceholder : ''}
          value={textIn(seenValue(sheet.cells.topic))}
          maxLength={500}
          multiline
          readOnly={!mayEdit}
          elsewhere={elsewhere}
          onKeep={(topic) => edit.write(setTopic(lesson.id, topic || null, newSalt()), text.topicSaid)}
        />
        <FieldState sheet={sheet} cell="topic" />
      </div>
      {hasHomework && <HomeworkField page={page} sheet={sheet} mayEdit={mayEdit} edit={edit} />}
    </div>
  )
}

function HomeworkField({ page, sheet, mayEdit, edit }: Props) {
  const { lesson, section } = page
  const text = useText(lessonTexts)
  const said = useText(editTexts)
  const directory = useDirectory()
  const homework = seenValue(sheet.cells.homework) as Homework | null
  const isNone = homework !== null && 'none' in homework
  const written = homework !== null && 'text' in homework ? homework : null
  // Chosen before anything is written: it goes with the text.
  const [chosenDue, setChosenDue] = useState('')
  const due = written ? (written.due ?? '') : chosenDue
  const days = lessonsOf(section, addDays(lesson.date, 1), addDays(lesson.date, 21), directory)
    .filter(({ cancelled }) => !cancelled)
    .map(({ date }) => date)
  const choices = [...new Set([...days.slice(1, 9), ...(due ? [due] : [])])].sort()
  const write = (words: string, day: string) =>
    edit.write(
      setHomework(
        lesson.id,
        words ? { text: { text: words, salt: newSalt() }, ...(day ? { due: day } : {}) } : null,
      ),
      text.homeworkSaid,
    )
  return (
    <div>
      <KeptField
        label={text.homework}
        placeholder={isNone ? text.noHomework : mayEdit ? text.homeworkPlaceholder : ''}
        value={written?.text.text ?? ''}
        maxLength={2000}
        multiline
        readOnly={!mayEdit}
        elsewhere={{ note: said.fieldChanged, take: said.fieldTake }}
        onKeep={(words) => write(words, due)}
      />
      {mayEdit && (
        <div className="ui-row lesson-homework">
          <button
            type="button"
            className="ui-button"
            aria-pressed={isNone}
            onClick={() =>
              edit.write(setHomework(lesson.id, isNone ? null : { none: true }), text.noHomeworkSaid)
            }
          >
            {text.noHomework}
          </button>
          <select
            className="ui-select lesson-due"
            aria-label={text.due}
            value={due}
            disabled={isNone}
            onChange={(event) => {
              setChosenDue(event.target.value)
              if (written) write(written.text.text, event.target.value)
            }}
          >
            <option value="">
              {days[0] ? text.dueNext(dayLabel(days[0], language())) : text.dueNextUnknown}
            </option>
            {choices.map((day) => (
              <option key={day} value={day}>
                {text.dueDay(dayLabel(day, language()))}
              </option>
            ))}
          </select>
        </div>
      )}
      <FieldState sheet={sheet} cell="homework" />
    </div>
  )
}

/** What was set for today at the lesson before: the class has done it. */
function SetBefore({ previous, today }: { previous: string; today: string }) {
  const text = useText(lessonTexts)
  const homework = useSheet(previous).cells.homework?.value as Homework | null | undefined
  if (!homework || 'none' in homework || (homework.due && homework.due !== today)) return null
  return (
    <p className="lesson-before">
      <span className="lesson-quiet">{text.setBefore}:</span> {homework.text.text}
    </p>
  )
}

/** Under a field: that it has not reached the school, that it waits, that it lost. */
function FieldState({ sheet, cell }: { sheet: ShownSheet; cell: string }) {
  const { me } = useJournal()
  const said = useText(editTexts)
  const { onDevice, fate, lost, contested } = stateOf(sheet.cells[cell], me.person)
  const notes = [
    ...(fate ? [said.admission(fate, me.zone)] : []),
    ...(lost === null ? [] : [said.superseded(textIn(lost))]),
    ...(contested.length > 0 ? [said.contested] : []),
    ...(onDevice ? [said.onDevice] : []),
  ]
  // The line is there when it says nothing too: what comes late moves nothing.
  return (
    <p className={`lesson-field-state ${fate ? 'ui-hatched' : ''}`}>
      {onDevice && <span className="lesson-dot" />}
      {notes.join('; ')}
    </p>
  )
}

function textIn(value: unknown): string {
  if (typeof value !== 'object' || value === null) return ''
  if ('text' in value) return typeof value.text === 'string' ? value.text : textIn(value.text)
  return ''
}
