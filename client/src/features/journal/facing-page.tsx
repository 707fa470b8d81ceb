import { memo } from 'react'
import { Link } from 'wouter'
import type { Homework } from 'shared/journal/kinds/set-homework'
import { lessonPath } from '../../store/paths'
import { useJournal } from '../../store/use-journal'
import { dayLabel } from '../../text/dates'
import { journalTexts } from '../../text/journal'
import { language, useText } from '../../text/text'
import { useLanguage } from '../../text/use-language'
import './facing-page.css'
import type { JournalPage } from './journal-page'

/** The facing side: what was taught and set, lesson by lesson (LES-03). */
export function FacingPage({ page, today }: { page: JournalPage; today: string }) {
  const journal = useJournal()
  const text = useText(journalTexts)
  return (
    <section className="journal-facing" aria-label={text.facing} ref={showToday}>
      <h2>{text.facing}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.date}</th>
            <th scope="col">{text.topic}</th>
            {page.hasHomework && <th scope="col">{text.homework}</th>}
          </tr>
        </thead>
        <tbody>
          {page.lessons.map(({ id, date }) => {
            const { topic, homework } = journal.sheet(id).cells
            return (
              <FacingRow
                key={id}
                id={id}
                date={date}
                isToday={date === today}
                topic={(topic?.value as { text: string } | null | undefined)?.text ?? ''}
                homework={
                  page.hasHomework
                    ? homeworkWords(homework?.value as Homework | null | undefined, text)
                    : null
                }
              />
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

interface Row {
  id: string
  date: string
  isToday: boolean
  topic: string
  /** Null where none is set at all. */
  homework: string | null
}

const FacingRow = memo(function FacingRow({ id, date, isToday, topic, homework }: Row) {
  const chosen = useLanguage()
  return (
    <tr className={isToday ? 'journal-facing-today' : ''}>
      <th scope="row">
        <Link href={lessonPath(id)}>{dayLabel(date, chosen)}</Link>
      </th>
      <td>{topic}</td>
      {homework !== null && <td>{homework}</td>}
    </tr>
  )
})

// Where it scrolls of its own, today's lesson is in view, as in the grid beside it.
function showToday(facing: HTMLElement | null): void {
  const row = facing?.querySelector<HTMLElement>('.journal-facing-today')
  if (facing && row) facing.scrollTop = row.offsetTop - facing.clientHeight / 2
}

function homeworkWords(
  homework: Homework | null | undefined,
  text: { noHomework: string; due: (day: string) => string },
): string {
  if (!homework) return ''
  if ('none' in homework) return text.noHomework
  return homework.due
    ? `${homework.text.text} (${text.due(dayLabel(homework.due, language()))})`
    : homework.text.text
}
