import { useMemo, useState } from 'react'
import { Link } from 'wouter'
import { dayOf } from 'shared/calendar/zone'
import { useOpenSection } from '../../store/use-open-section'
import { useDirectory, useJournal, useRevision } from '../../store/use-journal'
import { editTexts } from '../../text/edit'
import { journalTexts } from '../../text/journal'
import { useText } from '../../text/text'
import '../../ui/controls.css'
import { Panel } from '../../ui/panel'
import { ToastRegion } from '../../ui/toast-region'
import { useNow } from '../../ui/use-now'
import { FacingPage } from './facing-page'
import { Grid } from './grid'
import { gridColumns, journalPageOf, lessonTimes, type JournalPage } from './journal-page'
import './journal.css'
import { useGridEdit } from './use-grid-edit'

/** The page that every Russian teacher knows: names at the left, dates across, topics on the facing side. */
export function JournalScreen({ section, term }: { section: string; term?: string }) {
  const journal = useJournal()
  const directory = useDirectory()
  const text = useText(journalTexts)
  const now = useNow(() => journal.now())
  const today = dayOf(now, journal.me.zone)
  const [chosen, setChosen] = useState(term)
  useOpenSection(section)
  const page = useMemo(
    () => journalPageOf(section, chosen, today, directory),
    [section, chosen, today, directory],
  )
  if (page) {
    return <OpenJournal key={page.term.id} page={page} today={today} now={now} onTerm={setChosen} />
  }
  return (
    <div className="journal">
      <h1 className="journal-title">{text.noSection}</h1>
      <Link className="ui-button" href="/">
        {text.toToday}
      </Link>
    </div>
  )
}

interface Props {
  page: JournalPage
  today: string
  now: number
  onTerm: (term: string) => void
}

function OpenJournal({ page, today, now, onTerm }: Props) {
  const journal = useJournal()
  const directory = useDirectory()
  useRevision()
  const text = useText(journalTexts)
  const said = useText(editTexts)
  const edit = useGridEdit()
  const [help, setHelp] = useState(false)
  const { section, schoolClass, terms, term } = page
  const times = useMemo(() => lessonTimes(page, now, directory), [page, now, directory])
  const columns = gridColumns(page, times, (id) => journal.sheet(id))
  return (
    <div className="journal">
      <header className="journal-head">
        <h1 className="journal-title">
          {schoolClass.name} · {section.name}
          {section.group && <span className="journal-group"> · {section.group}</span>}
        </h1>
        <nav className="ui-row" aria-label={text.terms}>
          {terms.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              className="ui-button"
              aria-pressed={id === term.id}
              onClick={() => onTerm(id)}
            >
              {name}
            </button>
          ))}
          <button type="button" className="ui-button ui-button-quiet" onClick={() => edit.undo(undefined)}>
            <span aria-hidden="true">↶</span> <span className="journal-wide">{text.undo}</span>
          </button>
          <button
            type="button"
            className="ui-button ui-button-quiet journal-keys"
            onClick={() => setHelp(true)}
          >
            <b aria-hidden="true">?</b> {text.keys}
          </button>
        </nav>
      </header>
      {columns.length === 0 ? (
        <p>{text.noLessons}</p>
      ) : (
        <div className="journal-spread">
          <Grid page={page} columns={columns} today={today} edit={edit} onHelp={() => setHelp(true)} />
          <FacingPage page={page} today={today} />
        </div>
      )}
      {help && (
        <Panel title={text.keys} closeLabel={said.close} onClose={() => setHelp(false)} menu>
          <dl className="journal-key-list">
            {text.keyRows.map(([keys, what]) => (
              <div key={keys}>
                <dt>{keys}</dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </Panel>
      )}
      <ToastRegion closeLabel={said.hide} />
    </div>
  )
}
