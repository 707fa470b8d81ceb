import { Link } from 'wouter'
import type { Homework } from 'shared/journal/kinds/set-homework'
import { lessonPath } from '../../store/paths'
import { useJournal } from '../../store/use-journal'
import { dayLabel } from '../../text/dates'
import { journalTexts } from '../../text/journal'
import { language, useText } from '../../text/text'
import type { JournalPage } from './journal-page'

/** The facing side: what was taught and set, lesson by lesson (LES-03). */
export function FacingPage({ page, today }: { page: JournalPage; today: string }) {
  const journal = useJournal()
  const text = useText(journalTexts)
  return (
    <section className="journal-facing" aria-label={text.facing}>
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
          {page.lessons.map((lesson) => {
            const { topic, homework } = journal.sheet(lesson.id).cells
            return (
              <tr key={lesson.id} className={lesson.date === today ? 'journal-facing-today' : ''}>
                <th scope="row">
                  <Link href={lessonPath(lesson.id)}>{dayLabel(lesson.date, language())}</Link>
                </th>
                <td>{(topic?.value as { text: string } | null | undefined)?.text ?? ''}</td>
                {page.hasHomework && (
                  <td>{homeworkWords(homework?.value as Homework | null | undefined, text)}</td>
                )}
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
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
