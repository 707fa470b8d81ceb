import { useId } from 'react'
import type { SyncStatus } from '../../store/port'
import { useJournal, useSyncStatus } from '../../store/use-journal'
import { momentLabel } from '../../text/dates'
import { syncTexts } from '../../text/sync-status'
import { useText } from '../../text/text'
import { useLanguage } from '../../text/use-language'
import { exportOf, saveFile } from './export-file'
import { groups, type Group, type Unsettled } from './unsettled'
import { UnsettledItem } from './unsettled-item'
import { useUnsettled } from './use-badge'
import './unsent-screen.css'

/** Every own entry that is not settled: what, where, why, and one tap for what can be done (OFF-12, OFF-13). */
export function UnsentScreen() {
  const text = useText(syncTexts)
  const language = useLanguage()
  const journal = useJournal()
  const status = useSyncStatus()
  const unsettled = useUnsettled()
  const { lastSync, state, progress } = status
  const isEmpty = unsettled.size === 0
  const readsOnly = journal.me.roles.length === 0
  return (
    <div className="unsent">
      <h1>{text.title}</h1>
      <p className="unsent-lead">{text.subtitle}</p>
      <Trouble status={status} />
      {progress && (
        <p className="unsent-progress">
          <progress
            value={progress.done}
            max={Math.max(progress.total, 1)}
            aria-label={text.progress(progress.done, progress.total)}
          />
          {text.progress(progress.done, progress.total)}
        </p>
      )}
      <div className="unsent-contact">
        <p>
          {lastSync === null
            ? `${text.nothingYet}.`
            : text.lastSync(momentLabel(lastSync, journal.now(), journal.me.zone, language))}
          {state === 'offline' && !readsOnly && <> {text.offlineCalm}</>}
          {state === 'server-trouble' && <> {text.serverTrouble}.</>}
        </p>
        <button
          type="button"
          className="ui-button"
          disabled={state === 'syncing'}
          onClick={() => journal.syncNow()}
        >
          {state === 'syncing' ? text.sending : text.sendNow}
        </button>
      </div>
      {isEmpty && status.unsent === 0 && (
        <p className="unsent-nothing">
          <strong>{readsOnly ? '' : text.nothing}</strong>{' '}
          {readsOnly ? text.nothingForReader : text.nothingMore}
        </p>
      )}
      {groups.map((group) => (
        <GroupOfEntries key={group} group={group} items={unsettled.get(group) ?? []} />
      ))}
    </div>
  )
}

function GroupOfEntries({ group, items }: { group: Group; items: readonly Unsettled[] }) {
  const text = useText(syncTexts)
  const id = useId()
  if (items.length === 0) return null
  return (
    <section aria-labelledby={id} className={`unsent-group unsent-group-${group}`}>
      <h2 id={id}>
        {text.groups[group]} <span className="unsent-count">{items.length}</span>
      </h2>
      <ul className="unsent-list">
        {items.map((item) => (
          <UnsettledItem key={`${item.entry.id} ${item.is === 'contested' ? item.cell : ''}`} item={item} />
        ))}
      </ul>
    </section>
  )
}

/** Loud where entries could be lost or do not go out by themselves, with a file as the way out. */
function Trouble({ status: { storage, state, unsent } }: { status: SyncStatus }) {
  const text = useText(syncTexts)
  const language = useLanguage()
  const journal = useJournal()
  const help = [
    storage === 'ok' ? null : text.storageHelp[storage],
    state === 'signed-out' ? text.accountHelp : null,
    state === 'too-old' ? text.tooOldHelp : null,
  ].filter((sentence) => sentence !== null)
  if (help.length === 0) return null
  return (
    <div className="unsent-trouble" role="alert">
      {help.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {unsent > 0 && (
        <>
          <button type="button" className="ui-button" onClick={() => saveFile(exportOf(journal, language))}>
            {text.exportFile}
          </button>
          <p>{text.exportWarning}</p>
        </>
      )}
    </div>
  )
}
