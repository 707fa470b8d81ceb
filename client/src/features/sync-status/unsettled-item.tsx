import { useState } from 'react'
import { againDraft, chooseDraft } from 'shared/journal/again'
import type { Draft } from 'shared/journal/build'
import { addressOf } from 'shared/journal/ids'
import type { Head } from 'shared/journal/sheet'
import { Link } from 'wouter'
import { lessonPath } from '../../store/paths'
import { useDirectory, useJournal } from '../../store/use-journal'
import { momentLabel } from '../../text/dates'
import { admissionSentence } from '../../text/refusals'
import { syncTexts } from '../../text/sync-status'
import { useText } from '../../text/text'
import { useLanguage } from '../../text/use-language'
import { describeAuthor, describeChanges, describePlace } from './describe-entry'
import { describeCell, describeValue } from './describe-value'
import type { Unsettled } from './unsettled'

/** One own entry of the list: what it set, where it is, and what its author can do about it. */
export function UnsettledItem({ item }: { item: Unsettled }) {
  const text = useText(syncTexts)
  const language = useLanguage()
  const journal = useJournal()
  const directory = useDirectory()
  const [failed, setFailed] = useState(false)
  const { entry } = item
  const { zone } = journal.me
  const wording = { directory, language, cells: journal.sheet(entry.sheet).cells }
  const moment = (at: number) => momentLabel(at, journal.now(), zone, language)

  function attempt(work: Promise<unknown>) {
    setFailed(false)
    work.catch(() => setFailed(true))
  }
  const write = (draft: Draft | null) => draft && attempt(journal.write(draft))
  const dismiss = () => attempt(journal.dismiss(entry.id))
  const whose = ({ author, made }: Head) =>
    author === journal.me.person
      ? text.onOtherDevice(moment(made))
      : text.by(describeAuthor(author, wording), moment(made))

  return (
    <li className="unsent-item">
      <p className="unsent-place">{describePlace(entry.sheet, wording)}</p>
      {item.is !== 'contested' && (
        <ul className="unsent-changes">
          {[...new Set(describeChanges(entry, wording))].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {item.is === 'superseded' &&
        item.lost.map(({ cell, winner }) => (
          <p key={cell} className="unsent-said">
            <strong>
              {text.inJournal}: {item.lost.length > 1 && `${describeCell(cell, wording)} — `}
              {describeValue(cell, winner.value, language)}
            </strong>
            <br />
            {text.holds(describeAuthor(winner.author, wording), moment(winner.made))}
          </p>
        ))}
      {item.is === 'contested' && (
        <fieldset className="unsent-choice">
          <legend className="unsent-changes">{describeCell(item.cell, wording)}</legend>
          <p className="unsent-said">
            {item.heads.every(({ author }) => author === entry.author)
              ? text.contestedHint
              : text.contestedDeputy}
          </p>
          {item.heads.map((head) => (
            <div key={head.id} className="unsent-head">
              <button
                type="button"
                className="ui-button"
                onClick={() => write(chooseDraft(entry.sheet, item.cell, head.value))}
              >
                {text.choose(describeValue(item.cell, head.value, language))}
              </button>
              <span>{head.id === entry.id ? `${text.yours}, ${moment(head.made)}` : whose(head)}</span>
            </div>
          ))}
        </fieldset>
      )}
      {item.is !== 'contested' && (
        <p className="unsent-said unsent-made">
          {item.elsewhere ? text.onOtherDevice(moment(item.made)) : text.made(moment(item.made))}
          {item.is === 'on-device' && `, ${text.isOnDevice}`}
        </p>
      )}
      {(item.is === 'waiting' || item.is === 'out') && (
        <p className={`unsent-said unsent-said-${item.is}`}>
          {admissionSentence(item.standing, zone, language)}
        </p>
      )}
      <p className="unsent-actions">
        {item.is === 'superseded' && (
          <button
            type="button"
            className="ui-button ui-button-main"
            onClick={() => write(againDraft(entry, journal.sheet(entry.sheet)))}
          >
            {text.again}
          </button>
        )}
        {item.is !== 'contested' && item.is !== 'on-device' && (
          <button type="button" className="ui-button" onClick={dismiss}>
            {item.is === 'superseded' ? text.keep : text.hide}
          </button>
        )}
        {addressOf(entry.sheet)?.type === 'lesson' && (
          <Link href={lessonPath(entry.sheet)} className="ui-button ui-button-quiet">
            {text.toLesson}
          </Link>
        )}
      </p>
      {failed && (
        <p role="alert" className="unsent-said unsent-said-out">
          {text.failed}
        </p>
      )}
    </li>
  )
}
