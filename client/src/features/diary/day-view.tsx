import { useId, useMemo } from 'react'
import { diaryDay, type DiaryDay } from 'shared/diary/diary-day'
import type { Day } from 'shared/journal/ids'
import { longDayLabel } from '../../text/dates'
import { diaryTexts } from '../../text/diary'
import { useText } from '../../text/text'
import { useLanguage } from '../../text/use-language'
import './day-view.css'
import { DiaryRow, HomeworkLine } from './diary-row'
import type { Diary } from './use-diary'

/** One day of one child. */
export function DayView({ child, date, diary }: { child: string; date: Day; diary: Diary }) {
  const text = useText(diaryTexts)
  const language = useLanguage()
  const heading = useId()
  const { lessons, directory, read } = diary
  const day = useMemo(
    () => diaryDay(child, date, lessons.get(child) ?? [], directory, read),
    [child, date, lessons, directory, read],
  )
  return (
    <section className="diary-day" aria-labelledby={heading}>
      <h2 id={heading}>
        {capital(longDayLabel(date, language))}
        {date === diary.today && <span className="diary-quiet"> · {text.today.toLowerCase()}</span>}
      </h2>
      {day.rows.length === 0 && <p className="diary-free">{whyFree(day, text)}</p>}
      <ol className="diary-rows">
        {day.rows.map((row) => (
          <DiaryRow key={row.lesson.id} row={row} child={child} diary={diary} />
        ))}
      </ol>
      {day.alsoDue.length > 0 && (
        <div className="diary-also">
          <h3>{text.alsoDue}</h3>
          {day.alsoDue.map(({ section, homework }) => (
            <HomeworkLine
              key={homework.lesson}
              label={directory.sections.get(section)?.name ?? ''}
              homework={homework}
            />
          ))}
        </div>
      )}
    </section>
  )
}

function whyFree({ is, holiday }: DiaryDay, text: (typeof diaryTexts)['ru']): string {
  switch (is) {
    case 'holiday':
      return text.holiday(holiday ?? '')
    case 'between-terms':
      return text.betweenTerms
    case 'weekend':
      return text.weekend
    case 'lessons':
    case 'no-lessons':
      return text.noLessons
  }
}

function capital(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1)
}
