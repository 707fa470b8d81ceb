import { useId, useState } from 'react'
import type { DiaryRow as Row } from 'shared/diary/diary-day'
import type { DiaryHomework } from 'shared/diary/homework-due'
import { timeOf } from 'shared/calendar/zone'
import { dateLabel, dayLabel } from '../../text/dates'
import { diaryTexts } from '../../text/diary'
import { useText } from '../../text/text'
import { useLanguage } from '../../text/use-language'
import './diary-row.css'
import { attendanceWords, teacherOf, workOf } from './diary-words'
import { MarkDetails } from './mark-details'
import type { Diary } from './use-diary'

/** One lesson of the day: what to have ready, what came of it, what was set. */
export function DiaryRow({ row, child, diary }: { row: Row; child: string; diary: Diary }) {
  const text = useText(diaryTexts)
  const language = useLanguage()
  const { lesson, topic, due, set, marks, remarks } = row
  const { directory, zone, now } = diary
  const section = directory.sections.get(lesson.section)
  const attendance = attendanceWords(row.absence, row.reason, language)
  const hours = lesson.end > 0 ? `${timeOf(lesson.start, zone)}–${timeOf(lesson.end, zone)}` : ''
  const teacher = teacherOf(lesson, directory, language)
  const where = [hours, lesson.room && text.room(lesson.room), section?.group, teacher].filter(Boolean)
  const isEmpty = !row.taken && topic === null && !set && marks.length === 0 && attendance === null
  return (
    <li className={`diary-row${lesson.cancelled ? ' diary-row-cancelled' : ''}`}>
      <span className="diary-slot">
        <span className="visually-hidden">{text.slot(lesson.slot)}</span>
        <span aria-hidden="true">{lesson.slot}</span>
      </span>
      <div className="diary-row-head">
        <h3>{section?.name}</h3>
        <p className="diary-quiet">{where.join(' · ')}</p>
      </div>
      <Results row={row} child={child} diary={diary} attendance={attendance} />
      <div className="diary-row-body">
        {lesson.cancelled && <p className="diary-said">{text.cancelled}</p>}
        {due.map((homework) => (
          <HomeworkLine
            key={homework.lesson}
            label={text.dueNow}
            homework={homework}
            after={text.setOn(dateLabel(homework.set, language))}
          />
        ))}
        {topic !== null && (
          <p>
            <span className="diary-label">{text.topic}:</span> {topic}
          </p>
        )}
        {set && (
          <HomeworkLine
            label={set.due ? text.setFor(dayLabel(set.due, language)) : text.setLater}
            homework={set}
          />
        )}
        {remarks.map((remark) => (
          <p key={remark.id} className="diary-remark">
            <span className="diary-label">{text.remark}:</span> {remark.text}
          </p>
        ))}
        {isEmpty && !lesson.cancelled && lesson.end > 0 && now > lesson.end && (
          <p className="diary-quiet">{text.notFilled}</p>
        )}
      </div>
    </li>
  )
}

/** Marks and attendance at the right edge; a mark opens what it is for. */
function Results({
  row,
  child,
  diary,
  attendance,
}: {
  row: Row
  child: string
  diary: Diary
  attendance: string | null
}) {
  const text = useText(diaryTexts)
  const language = useLanguage()
  const [open, setOpen] = useState<string | null>(null)
  const details = useId()
  const shown = row.marks.find(({ column }) => column === open)
  if (row.marks.length === 0 && !attendance) return null
  return (
    <>
      <div className="diary-results">
        {row.marks.map((mark) => (
          <button
            key={mark.column}
            type="button"
            className={`diary-mark diary-mark-${mark.value}`}
            aria-label={text.markFor(mark.value, workOf(mark, language))}
            aria-expanded={mark.column === open}
            aria-controls={mark.column === open ? details : undefined}
            onClick={() => setOpen(mark.column === open ? null : mark.column)}
          >
            {mark.value}
          </button>
        ))}
        {attendance && (
          <span className={`diary-attendance diary-attendance-${row.absence}`}>{attendance}</span>
        )}
      </div>
      {shown && <MarkDetails id={details} child={child} lesson={row.lesson} mark={shown} diary={diary} />}
    </>
  )
}

/** Homework with its label; a text may have several lines. */
export function HomeworkLine({
  label,
  homework,
  after,
}: {
  label: string
  homework: DiaryHomework
  after?: string
}) {
  const text = useText(diaryTexts)
  if (homework.none) return <p className="diary-quiet">{text.noHomework}</p>
  return (
    <p className="diary-homework">
      <span className="diary-label">{label}:</span> {homework.text ?? text.erased}
      {after && <span className="diary-quiet"> ({after})</span>}
    </p>
  )
}
