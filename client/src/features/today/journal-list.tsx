import { Link } from 'wouter'
import { journalPath } from '../../store/paths'
import { useText } from '../../text/text'
import { todayTexts } from '../../text/today'
import type { ClassJournals } from './journals'

/** The way into the journals: own ones open, those of whole classes folded by class. */
export function JournalList({ own, others }: { own: ClassJournals[]; others: ClassJournals[] }) {
  const text = useText(todayTexts)
  if (own.length === 0 && others.length === 0) return null
  return (
    <nav className="today-journals" aria-label={text.journals}>
      {own.length > 0 && <h2>{text.journals}</h2>}
      {own.map(({ className, sections }) => (
        <div key={className} className="today-journal-row">
          <b>{className}</b>
          <Links sections={sections} />
        </div>
      ))}
      {others.length > 0 && <h2>{text.otherJournals}</h2>}
      {others.map(({ className, sections }) => (
        <details key={className} open={others.length === 1}>
          <summary>{className}</summary>
          <Links sections={sections} />
        </details>
      ))}
    </nav>
  )
}

function Links({ sections }: { sections: ClassJournals['sections'] }) {
  return (
    <span className="ui-row">
      {sections.map((section) => (
        <Link key={section.id} className="ui-button" href={journalPath(section.id)}>
          {section.name}
          {section.group && `, ${section.group}`}
        </Link>
      ))}
    </span>
  )
}
