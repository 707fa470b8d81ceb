import { Link } from 'wouter'
import { timeOf } from 'shared/calendar/zone'
import { assigneeOf, type Lesson } from 'shared/calendar/lessons'
import type { Admission } from 'shared/journal/receipt'
import { initialsName } from 'shared/people/names'
import { journalPath, lessonPath } from '../../store/paths'
import { useDirectory, useJournal } from '../../store/use-journal'
import { dayLabel, longDayLabel } from '../../text/dates'
import { editTexts } from '../../text/edit'
import { lessonTexts } from '../../text/lesson'
import { dueLabel } from '../../text/refusals'
import { language, useText } from '../../text/text'
import './lesson-head.css'
import type { LessonPage } from './lesson-page'
import type { LessonRights } from './lesson-rights'

interface Props {
  page: LessonPage
  rights: LessonRights
  onUndo: () => void
}

/** Which lesson this is, its neighbours, and what there is to know before writing. */
export function LessonHead({ page, rights, onUndo }: Props) {
  const { lesson, section, schoolClass, previous, next } = page
  const { me } = useJournal()
  const text = useText(lessonTexts)
  const time = lesson.start ? `${timeOf(lesson.start, me.zone)}–${timeOf(lesson.end, me.zone)}` : ''
  const place = [text.slot(lesson.slot), time, lesson.room && text.room(lesson.room)]
  return (
    <header className="lesson-head">
      <nav className="lesson-nav" aria-label={text.lessons}>
        <Neighbour lesson={previous} label={text.previous} sign="‹" />
        <Neighbour lesson={next} label={text.next} sign="›" />
        <Link className="ui-button" href={journalPath(section.id)}>
          {text.journal}
        </Link>
        {rights.page && (
          <button type="button" className="ui-button" onClick={onUndo}>
            <span aria-hidden="true">↶</span> <span className="lesson-wide">{text.undoLast}</span>
          </button>
        )}
      </nav>
      <h1 className="lesson-title">
        {schoolClass.name} · {section.name}
        {section.group && <span className="lesson-group"> · {section.group}</span>}
      </h1>
      <p className="lesson-when">
        <b>{longDayLabel(lesson.date, language())}</b> · {place.filter(Boolean).join(' · ')}
      </p>
      <Holder lesson={lesson} />
      <Notice rights={rights} start={lesson.start} />
    </header>
  )
}

function Neighbour({ lesson, label, sign }: { lesson: Lesson | null; label: string; sign: string }) {
  if (!lesson) return null
  return (
    <Link
      className="ui-button"
      href={lessonPath(lesson.id)}
      aria-label={`${label}: ${dayLabel(lesson.date, language())}`}
    >
      <span aria-hidden="true">{sign === '‹' && sign}</span>
      <span aria-hidden="true" className="lesson-wide">
        {dayLabel(lesson.date, language())}
      </span>
      <span aria-hidden="true">{sign === '›' && sign}</span>
    </Link>
  )
}

function Holder({ lesson }: { lesson: Lesson }) {
  const { me } = useJournal()
  const directory = useDirectory()
  const text = useText(lessonTexts)
  const nameOf = (id: string | null) => {
    const member = id === null ? undefined : directory.staff.get(id)
    return member ? initialsName(member.name) : ''
  }
  if (lesson.cancelled) return <p className="lesson-notice">{text.cancelled}</p>
  const holder = assigneeOf(lesson)
  if (lesson.substitute === me.person) {
    return <p className="lesson-notice">{text.substituteFor(nameOf(lesson.teacher))}</p>
  }
  return holder && holder !== me.person ? <p className="lesson-quiet">{text.heldBy(nameOf(holder))}</p> : null
}

function Notice({ rights, start }: { rights: LessonRights; start: number }) {
  const { me } = useJournal()
  const text = useText(lessonTexts)
  const said = useText(editTexts)
  if (rights.isDeviceClosed) return <p className="lesson-notice">{said.readOnlyHere}.</p>
  if (!rights.page && !rights.fact) return <p className="lesson-notice">{text.readOnly}</p>
  const words = noticeOf(rights.now, start, me.zone, text)
  return words ? <p className="lesson-notice">{words}</p> : null
}

function noticeOf(
  now: Admission,
  start: number,
  zone: string,
  text: { overdue: (due: string) => string; beforeStart: (time: string) => string },
): string | null {
  if (now.is !== 'waiting') return null
  if (now.why === 'before-lesson') return text.beforeStart(timeOf(start, zone))
  return now.why === 'late' && now.due !== undefined
    ? text.overdue(dueLabel(now.due, zone, language()))
    : null
}
