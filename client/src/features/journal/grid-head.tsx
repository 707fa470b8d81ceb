import { memo } from 'react'
import { Link } from 'wouter'
import { groupBy } from 'shared/plain/group-by'
import { lessonPath } from '../../store/paths'
import { dayLabel, monthLabel, weekdayLabel } from '../../text/dates'
import { journalTexts } from '../../text/journal'
import { workNames } from '../../text/school-words'
import { language, useText } from '../../text/text'
import { shortWorkNames } from '../../text/works'
import './grid-head.css'
import type { GridColumn } from './journal-page'

interface Props {
  columns: readonly GridColumn[]
  /** Says the same as long as the columns look the same. */
  columnsKey: string
  today: string
  hasMarks: boolean
}

/** Months, dates and, where a lesson has several works, which column is which. */
export const GridHead = memo(
  function GridHead({ columns, today, hasMarks }: Props) {
    const text = useText(journalTexts)
    const works = useText(shortWorkNames)
    const months = groupBy(columns, ({ lesson }) => lesson.date.slice(0, 7))
    const lessons = groupBy(columns, ({ lesson }) => lesson.id)
    const hasWorks = columns.some(({ first }) => !first)
    const rows = hasWorks ? 3 : 2
    return (
      <thead>
        <tr>
          <th scope="col" rowSpan={rows} className="journal-name journal-corner">
            {text.student}
          </th>
          {[...months].map(([month, list]) => (
            <th key={month} colSpan={list.length} scope="colgroup" className="journal-month">
              <span className="journal-month-name">{monthLabel(`${month}-01`, language())}</span>
            </th>
          ))}
          {hasMarks && (
            <th scope="col" rowSpan={rows} className="journal-mean">
              {text.mean}
            </th>
          )}
        </tr>
        <tr>
          {[...lessons].map(([id, list]) => {
            const { date } = list[0]?.lesson ?? { date: '' }
            return (
              <th
                key={id}
                colSpan={list.length}
                scope={list.length > 1 ? 'colgroup' : 'col'}
                className={`journal-date ${date === today ? 'journal-today' : ''}`}
              >
                <Link
                  className="journal-date-link"
                  href={lessonPath(id)}
                  aria-label={`${dayLabel(date, language())}${date === today ? `, ${text.today}` : ''}`}
                >
                  <b>{Number(date.slice(8))}</b>
                  <span>{weekdayLabel(date, language())}</span>
                </Link>
              </th>
            )
          })}
        </tr>
        {hasWorks && (
          <tr>
            {columns.map(({ key, work, lesson }) => (
              <th
                key={key}
                scope="col"
                className={`journal-work ${lesson.date === today ? 'journal-today' : ''}`}
                title={work?.title?.text}
              >
                {work && (lessons.get(lesson.id)?.length ?? 0) > 1 ? (
                  works[work.type]
                ) : (
                  <span className="visually-hidden">{workNames[language()][work?.type ?? 'answer']}</span>
                )}
              </th>
            ))}
          </tr>
        )}
      </thead>
    )
  },
  (a, b) => a.columnsKey === b.columnsKey && a.today === b.today && a.hasMarks === b.hasMarks,
)
