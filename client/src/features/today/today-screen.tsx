import { useState } from 'react'
import { Link } from 'wouter'
import { addDays, dayOf, weekdayOf } from 'shared/calendar/zone'
import type { Day } from 'shared/journal/ids'
import { viewerOf } from 'shared/people/viewer'
import { useDirectory, useJournal, useRevision } from '../../store/use-journal'
import { dateLabel, dayLabel, longDayLabel } from '../../text/dates'
import { editTexts } from '../../text/edit'
import { language, useText } from '../../text/text'
import { todayTexts } from '../../text/today'
import '../../ui/controls.css'
import { ToastRegion } from '../../ui/toast-region'
import { useNow } from '../../ui/use-now'
import { useSwipe } from '../../ui/use-swipe'
import { dayLessons, debtsBefore, nextDayWithLessons, type DayLesson } from './day-lessons'
import { JournalList } from './journal-list'
import { journalsOf } from './journals'
import { LessonCard } from './lesson-card'
import './today.css'

/** The entrance: the day of a teacher. */
export function TodayScreen() {
  const journal = useJournal()
  const directory = useDirectory()
  useRevision()
  const text = useText(todayTexts)
  const said = useText(editTexts)
  const now = useNow(() => journal.now())
  const { person, zone } = journal.me
  const today = dayOf(now, zone)
  const [chosen, setChosen] = useState<Day | null>(null)
  const date = chosen ?? today
  const go = (days: number) => setChosen(skipWeekend(addDays(date, days), days))
  const swipe = useSwipe(
    () => go(-1),
    () => go(1),
  )
  const read = (id: string) => journal.sheet(id)
  const lessons = dayLessons(person, date, now, directory, read)
  const debts = date === today ? debtsBefore(today, person, now, directory, read) : []
  const large = date === today ? currentOf(lessons) : undefined
  const journals = journalsOf(viewerOf(person, today, directory), directory)
  const next = lessons.length === 0 ? nextDayWithLessons(person, date, directory) : null
  const hasJournals = journals.own.length + journals.others.length > 0
  return (
    <div className="today" {...swipe}>
      <header className="today-head">
        <h1 className="today-title">
          {date === today && <span className="today-quiet">{text.today}, </span>}
          {longDayLabel(date, language())}
        </h1>
        <nav className="ui-row" aria-label={text.days}>
          <button type="button" className="ui-button" aria-label={text.previousDay} onClick={() => go(-1)}>
            ‹
          </button>
          <button type="button" className="ui-button" aria-label={text.nextDay} onClick={() => go(1)}>
            ›
          </button>
          {date !== today && (
            <button type="button" className="ui-button" onClick={() => setChosen(null)}>
              {text.toToday}
            </button>
          )}
          <Link className="ui-button" href="/week">
            {text.week}
          </Link>
        </nav>
      </header>
      <Debts debts={debts} now={now} zone={zone} />
      {lessons.length === 0 && <NoLessons next={next} onGo={(day) => setChosen(day)} />}
      {lessons.length === 0 && !next && !hasJournals && <p className="today-none">{text.nothingHere}</p>}
      <ol className="today-list">
        {lessons.map((item) => (
          <LessonCard key={item.lesson.id} item={item} now={now} zone={zone} large={item === large} />
        ))}
      </ol>
      <JournalList {...journals} />
      <ToastRegion closeLabel={said.hide} />
    </div>
  )
}

function Debts({ debts, now, zone }: { debts: readonly DayLesson[]; now: number; zone: string }) {
  const text = useText(todayTexts)
  const [first] = debts
  if (!first) return null
  return (
    <details className="today-debts">
      <summary>{text.debts(debts.length, dateLabel(first.lesson.date, language()))}</summary>
      <ol className="today-list">
        {debts.map((item) => (
          <LessonCard key={item.lesson.id} item={item} now={now} zone={zone} withDay />
        ))}
      </ol>
    </details>
  )
}

function NoLessons({ next, onGo }: { next: Day | null; onGo: (day: Day) => void }) {
  const text = useText(todayTexts)
  return (
    <p className="today-none">
      {text.noLessons}.{' '}
      {next && (
        <button type="button" className="ui-button" onClick={() => onGo(next)}>
          {text.nextLessons(dayLabel(next, language()))}
        </button>
      )}
    </p>
  )
}

/** The lesson going on; in a break the next one. */
function currentOf(lessons: readonly DayLesson[]): DayLesson | undefined {
  const held = lessons.filter(({ role }) => role === 'own' || role === 'substitute')
  return held.find(({ phase }) => phase === 'now') ?? held.find(({ phase }) => phase === 'to-come')
}

function skipWeekend(date: Day, step: number): Day {
  return weekdayOf(date) === 7 ? addDays(date, step) : date
}
