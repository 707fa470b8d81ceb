import { useEffect, useState } from 'react'
import { initialsName } from 'shared/people/names'
import type { Standing } from 'shared/journal/standing'
import type { HistoryReply } from 'shared/wire/history'
import { useDirectory, useJournal } from '../../store/use-journal'
import { absenceNames, reasonNames } from '../../text/school-words'
import { momentLabel } from '../../text/dates'
import { editTexts } from '../../text/edit'
import { journalTexts } from '../../text/journal'
import { language, useText } from '../../text/text'

/** Every entry ever made on a cell, as the school keeps it (LES-23, DDL-17). Needs a network, and says so. */
export function CellHistory({ sheet, cell }: { sheet: string; cell: string }) {
  const journal = useJournal()
  const text = useText(journalTexts)
  const [reply, setReply] = useState<HistoryReply | null | 'asking'>('asking')
  useEffect(() => {
    let isCurrent = true
    const ask = async () => {
      const answer = await journal.history(sheet, cell).catch(() => null)
      if (isCurrent) setReply(answer)
    }
    void ask()
    return () => {
      isCurrent = false
    }
  }, [journal, sheet, cell])
  if (reply === 'asking') return <p className="journal-quiet">{text.historyLoading}</p>
  if (reply === null) return <p className="journal-quiet">{text.historyOffline}</p>
  if (reply.entries.length === 0) return <p className="journal-quiet">{text.historyEmpty}</p>
  return (
    <ol className="journal-history" aria-label={text.historyOf}>
      {reply.entries.map((entry) => (
        <li key={entry.id}>
          <HistoryEntry entry={entry} cell={cell} />
        </li>
      ))}
    </ol>
  )
}

function HistoryEntry({ entry, cell }: { entry: HistoryReply['entries'][number]; cell: string }) {
  const journal = useJournal()
  const { zone } = journal.me
  const directory = useDirectory()
  const text = useText(journalTexts)
  const said = useText(editTexts)
  const absences = useText(absenceNames)
  const reasons = useText(reasonNames)
  const author = directory.staff.get(entry.author)
  const value = valueWords(
    entry.value,
    cell.startsWith('absence:') ? absences : cell.startsWith('reason:') ? reasons : {},
  )
  const standing = said.admission(entry.standing as Standing, zone)
  return (
    <>
      <b>{value ?? text.cleared}</b>
      {` · ${author ? initialsName(author.name) : entry.author} · ${momentLabel(entry.made.from, journal.now(), zone, language())}`}
      {standing && <span className="journal-quiet"> · {standing}</span>}
    </>
  )
}

function valueWords(value: unknown, names: Partial<Record<string, string>>): string | null {
  return typeof value === 'string' ? (names[value] ?? value) : null
}
