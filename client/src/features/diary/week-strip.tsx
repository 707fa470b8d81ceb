import { addDays } from 'shared/calendar/zone'
import type { Day } from 'shared/journal/ids'
import { dateLabel, longDayLabel, weekdayLabel } from '../../text/dates'
import { diaryTexts } from '../../text/diary'
import { useText } from '../../text/text'
import { useLanguage } from '../../text/use-language'
import { weekOf } from './days'
import './week-strip.css'

interface Props {
  date: Day
  today: Day
  hasLessons: (date: Day) => boolean
  onChoose: (date: Day) => void
}

/** The week in one row, with arrows to other weeks. */
export function WeekStrip({ date, today, hasLessons, onChoose }: Props) {
  const text = useText(diaryTexts)
  const language = useLanguage()
  const days = weekOf(date)
  const first = days[0] ?? date
  const last = days.at(-1) ?? date
  return (
    <nav className="diary-week" aria-label={text.days}>
      <button
        type="button"
        className="ui-button ui-button-quiet"
        aria-label={text.earlierWeek}
        onClick={() => onChoose(addDays(date, -7))}
      >
        ‹
      </button>
      <span className="diary-week-of">
        {text.weekOf(dateLabel(first, language), dateLabel(last, language))}
      </span>
      <button
        type="button"
        className="ui-button ui-button-quiet"
        aria-label={text.laterWeek}
        onClick={() => onChoose(addDays(date, 7))}
      >
        ›
      </button>
      <div className="diary-days">
        {days.map((day) => (
          <button
            key={day}
            type="button"
            className={`diary-day-button${day === today ? ' diary-day-today' : ''}${hasLessons(day) ? '' : ' diary-day-free'}`}
            aria-label={
              day === today
                ? `${longDayLabel(day, language)}, ${text.today.toLowerCase()}`
                : longDayLabel(day, language)
            }
            aria-current={day === date ? 'date' : undefined}
            onClick={() => onChoose(day)}
          >
            <span>{weekdayLabel(day, language)}</span>
            <span>{Number(day.slice(8))}</span>
          </button>
        ))}
      </div>
    </nav>
  )
}
