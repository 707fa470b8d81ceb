import { Link } from 'wouter'
import { timeOf } from 'shared/calendar/zone'
import { lessonPath } from '../../store/paths'
import { dayLabel } from '../../text/dates'
import { language, useText } from '../../text/text'
import { todayTexts } from '../../text/today'
import type { DayLesson } from './day-lessons'
import { MissingWords } from './missing-words'

interface Props {
  item: DayLesson
  now: number
  zone: string
  /** The lesson going on, or the next one: open and large. */
  large?: boolean
  /** A debt says its day, a lesson of the day its time. */
  withDay?: boolean
}

/** A lesson in the list of a day: one tap opens it. */
export function LessonCard({ item, now, zone, large = false, withDay = false }: Props) {
  const text = useText(todayTexts)
  const { lesson, role, phase } = item
  const time = lesson.start ? `${timeOf(lesson.start, zone)}–${timeOf(lesson.end, zone)}` : ''
  const isOff = role === 'cancelled' || role === 'given-away'
  return (
    <li className={`today-item ${large ? 'today-large' : ''} ${isOff ? 'today-off' : ''}`}>
      <Link
        className="today-card"
        href={lessonPath(lesson.id)}
        {...(phase === 'now' ? { 'aria-current': 'time' as const } : {})}
      >
        <span className="today-time">
          <b>{withDay ? dayLabel(lesson.date, language()) : text.slot(lesson.slot)}</b>
          <span>{withDay ? text.slot(lesson.slot) : time}</span>
        </span>
        <span className="today-what">
          <span className="today-class">
            <b>{item.className}</b> {item.subject}
            {item.group && `, ${item.group}`}
          </span>
          <span className="today-quiet">
            {lesson.room && text.room(lesson.room)}
            {phase === 'now' && !isOff && <b className="today-now">{text.now}</b>}
            {phase === 'to-come' && large && <b className="today-now">{text.next}</b>}
            {role === 'cancelled' && <b>{text.cancelled}</b>}
            {role === 'substitute' && (
              <b className="today-substitute">⇄ {text.substitute(item.other ?? '')}</b>
            )}
            {role === 'given-away' && <b>⇄ {text.givenAway(item.other ?? '')}</b>}
          </span>
          {large && item.topic && (
            <span>
              <span className="today-quiet">{text.topic}:</span> {item.topic}
            </span>
          )}
          {large && item.homework && (
            <span>
              <span className="today-quiet">{text.homework}:</span>{' '}
              {'none' in item.homework ? text.noHomework : item.homework.text.text}
            </span>
          )}
          {phase !== 'to-come' && !isOff && <MissingWords missing={item.missing} now={now} zone={zone} />}
          {large && <span className="ui-button ui-button-main today-open">{text.openLesson}</span>}
        </span>
      </Link>
    </li>
  )
}
