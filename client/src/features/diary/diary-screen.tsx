import { useState } from 'react'
import type { Day } from 'shared/journal/ids'
import { shortName } from 'shared/people/names'
import { useJournal, useSyncStatus } from '../../store/use-journal'
import { momentLabel } from '../../text/dates'
import { diaryTexts } from '../../text/diary'
import { syncTexts } from '../../text/sync-status'
import { useText } from '../../text/text'
import { useLanguage } from '../../text/use-language'
import { useSwipe } from '../../ui/use-swipe'
import { ChildSwitcher } from './child-switcher'
import { DayView } from './day-view'
import { firstDay, stepDay, weekOf } from './days'
import { NewsList } from './news-list'
import { useDiary, type Diary } from './use-diary'
import { useNews } from './use-news'
import { WeekStrip } from './week-strip'
import './diary-screen.css'

/** The family's diary: read only, one hand, one minute, with or without a network (DIA-01 … DIA-06, DIA-14). */
export function DiaryScreen() {
  const text = useText(diaryTexts)
  const { me } = useJournal()
  const diary = useDiary()
  return (
    <div className="diary">
      <header className="diary-head">
        <h1>{text.title}</h1>
        <Updated />
      </header>
      {me.children.length === 0 ? <p className="diary-free">{text.noChildren}</p> : <Pages diary={diary} />}
    </div>
  )
}

function Pages({ diary }: { diary: Diary }) {
  const text = useText(diaryTexts)
  const { children, lessons, today } = diary
  const [chosen, setChosen] = useState<string | null>(null)
  const [picked, setPicked] = useState<Day | null>(null)
  const [view, setView] = useState<'day' | 'week'>(() => (isWide() ? 'week' : 'day'))
  const { news, setRead } = useNews(diary)
  const student = children.find(({ id }) => id === chosen) ?? children[0]
  const child = student?.id
  const ofChild = (child && lessons.get(child)) || []
  const date = picked ?? firstDay(today, ofChild)
  const swipe = useSwipe(
    () => setPicked(stepDay(date, -1)),
    () => setPicked(stepDay(date, 1)),
  )
  if (!student || !child) return <p className="diary-free">{text.neverHelp}</p>
  const days = view === 'week' ? weekOf(date) : [date]
  return (
    <>
      {children.length > 1 ? (
        <ChildSwitcher
          students={children}
          chosen={child}
          newsOf={(id) => news.filter((one) => one.child === id).length}
          onChoose={setChosen}
        />
      ) : (
        <p className="diary-whose">
          {shortName(student.name)}, {diary.directory.classes.get(student.class)?.name}
        </p>
      )}
      <NewsList
        news={news}
        diary={diary}
        onRead={setRead}
        onOpen={(one) => {
          setChosen(one.child)
          setPicked(one.lesson.date)
        }}
      />
      <WeekStrip
        date={date}
        today={today}
        hasLessons={(day) => ofChild.some((lesson) => lesson.date === day && !lesson.cancelled)}
        onChoose={setPicked}
      />
      <div className="diary-tools">
        <button
          type="button"
          className="ui-button"
          disabled={date === today}
          onClick={() => setPicked(today)}
        >
          {text.today}
        </button>
        <button
          type="button"
          className="ui-button"
          aria-pressed={view === 'week'}
          onClick={() => setView(view === 'week' ? 'day' : 'week')}
        >
          {text.week}
        </button>
      </div>
      <div className={`diary-pages diary-pages-${view}`} {...swipe}>
        {days.map((day) => (
          <DayView key={`${child} ${day}`} child={child} date={day} diary={diary} />
        ))}
      </div>
    </>
  )
}

/** How fresh the diary is, always (DIA-14). */
function Updated() {
  const text = useText(diaryTexts)
  const sync = useText(syncTexts)
  const language = useLanguage()
  const journal = useJournal()
  const { lastSync, state, progress } = useSyncStatus()
  const at = lastSync === null ? null : momentLabel(lastSync, journal.now(), journal.me.zone, language)
  const fresh = at === null ? text.never : state === 'offline' ? text.dataFrom(at) : text.updated(at)
  return <p className="diary-updated">{progress ? sync.progress(progress.done, progress.total) : fresh}</p>
}

// A paper diary lies open on a week; a phone holds a day.
function isWide(): boolean {
  return globalThis.matchMedia?.('(min-width: 1000px)').matches ?? false
}
