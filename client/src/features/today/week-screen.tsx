import { useState } from 'react'
import { Link } from 'wouter'
import { addDays, dayOf, weekdayOf } from 'shared/calendar/zone'
import { lessonPath } from '../../store/paths'
import { useDirectory, useJournal, useRevision } from '../../store/use-journal'
import { dateLabel, weekdayLabel } from '../../text/dates'
import { language, useText } from '../../text/text'
import { todayTexts } from '../../text/today'
import '../../ui/controls.css'
import { useNow } from '../../ui/use-now'
import { useSwipe } from '../../ui/use-swipe'
import { dayLessons, type DayLesson } from './day-lessons'
import './today.css'

/** The week as a grid: what is when, and what is filled in (DDL-19). */
export function WeekScreen() {
  const journal = useJournal()
  const directory = useDirectory()
  useRevision()
  const text = useText(todayTexts)
  const now = useNow(() => journal.now())
  const { person, zone } = journal.me
  const today = dayOf(now, zone)
  const [weeks, setWeeks] = useState(0)
  const monday = addDays(today, 1 - weekdayOf(today) + 7 * weeks)
  const sunday = addDays(monday, 6)
  const isOneMonth = monday.slice(0, 7) === sunday.slice(0, 7)
  const swipe = useSwipe(
    () => setWeeks(weeks - 1),
    () => setWeeks(weeks + 1),
  )
  const days = [0, 1, 2, 3, 4, 5]
    .map((day) => addDays(monday, day))
    .map((date) => ({ date, lessons: dayLessons(person, date, now, directory, (id) => journal.sheet(id)) }))
    .filter(({ date, lessons }) => weekdayOf(date) < 6 || lessons.length > 0)
  const slots = [...new Set(days.flatMap(({ lessons }) => lessons.map(({ lesson }) => lesson.slot)))].sort(
    (a, b) => a - b,
  )
  return (
    <div className="today today-week" {...swipe}>
      <header className="today-head">
        <h1 className="today-title">
          {text.weekOf(
            isOneMonth ? String(Number(monday.slice(8))) : dateLabel(monday, language()),
            dateLabel(sunday, language()),
          )}
        </h1>
        <nav className="ui-row" aria-label={text.weeks}>
          <button
            type="button"
            className="ui-button"
            aria-label={text.previousWeek}
            onClick={() => setWeeks(weeks - 1)}
          >
            ‹
          </button>
          <button
            type="button"
            className="ui-button"
            aria-label={text.nextWeek}
            onClick={() => setWeeks(weeks + 1)}
          >
            ›
          </button>
          {weeks !== 0 && (
            <button type="button" className="ui-button" onClick={() => setWeeks(0)}>
              {text.toToday}
            </button>
          )}
          <Link className="ui-button" href="/">
            {text.today}
          </Link>
        </nav>
      </header>
      {slots.length === 0 ? (
        <p className="today-none">{text.noLessons}.</p>
      ) : (
        <table className="today-grid">
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{text.slotHead}</span>
              </th>
              {days.map(({ date }) => (
                <th key={date} scope="col" className={date === today ? 'today-this' : ''}>
                  {Number(date.slice(8))}
                  <span>{weekdayLabel(date, language())}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {slots.map((slot) => (
              <tr key={slot}>
                <th scope="row">{slot}</th>
                {days.map(({ date, lessons }) => (
                  <td key={date} className={date === today ? 'today-this' : ''}>
                    {lessons
                      .filter(({ lesson }) => lesson.slot === slot)
                      .map((item) => (
                        <WeekLesson key={item.lesson.id} item={item} />
                      ))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

function WeekLesson({ item }: { item: DayLesson }) {
  const text = useText(todayTexts)
  const { lesson, role, phase, missing } = item
  const isOff = role === 'cancelled' || role === 'given-away'
  const status = isOff ? 'off' : phase === 'to-come' ? 'future' : missing.length > 0 ? 'unfilled' : 'filled'
  const words = {
    off: role === 'cancelled' ? text.cancelled : text.givenAway(item.other ?? ''),
    future: '',
    unfilled: missing.map(({ what }) => text.missing[what]).join(', '),
    filled: text.filled,
  }[status]
  return (
    <Link className={`today-week-lesson today-week-${status}`} href={lessonPath(lesson.id)}>
      <b>{item.className}</b> <span>{item.short}</span>
      {role === 'substitute' && <span> ⇄</span>}
      {words && (
        <span className="today-week-status">
          {status === 'filled' && <span aria-hidden="true">✓ </span>}
          {status === 'unfilled' && <span aria-hidden="true">! </span>}
          <span className="today-week-words">{words}</span>
        </span>
      )}
    </Link>
  )
}
