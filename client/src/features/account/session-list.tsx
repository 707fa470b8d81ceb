import { useEffect, useState } from 'react'
import { useJournal } from '../../store/use-journal'
import { accountTexts } from '../../text/account'
import { momentLabel } from '../../text/dates'
import { useText } from '../../text/text'
import { useLanguage } from '../../text/use-language'
import type { AccountActions, Session } from './account-actions'

/** Where this person is signed in, and a way to end it: one device, or all the others (ACC-21). */
export function SessionList({ actions }: { actions: AccountActions }) {
  const text = useText(accountTexts)
  const [sessions, setSessions] = useState<Session[] | 'loading' | null>('loading')
  const [said, setSaid] = useState('')
  useEffect(() => {
    let open = true
    actions.sessions().then(
      (found) => open && setSessions(found),
      () => open && setSessions(null),
    )
    return () => {
      open = false
    }
  }, [actions])

  async function revoke(ended: readonly Session[]) {
    for (const session of ended) {
      const done = await actions.revoke(session.id).catch(() => false)
      setSaid(done ? text.revoked(session.device || text.unnamedDevice) : text.failed)
      if (!done) return
      setSessions((now) => (Array.isArray(now) ? now.filter(({ id }) => id !== session.id) : now))
    }
  }
  const list = Array.isArray(sessions) ? [...sessions].sort(currentFirst) : []
  const others = list.filter(({ current }) => !current)
  return (
    <section aria-labelledby="account-sessions">
      <h2 id="account-sessions">{text.sessions}</h2>
      {sessions === 'loading' && <p className="account-hint">{text.sessionsLoading}</p>}
      {sessions === null && <p className="account-hint">{text.sessionsOffline}</p>}
      <ul className="account-sessions">
        {list.map((session) => (
          <SessionRow key={session.id} session={session} onRevoke={() => void revoke([session])} />
        ))}
      </ul>
      <output className="account-done">{said}</output>
      {others.length > 1 && (
        <button type="button" className="ui-button" onClick={() => void revoke(others)}>
          {text.revokeAll}
        </button>
      )}
    </section>
  )
}

function SessionRow({ session, onRevoke }: { session: Session; onRevoke: () => void }) {
  const text = useText(accountTexts)
  const language = useLanguage()
  const journal = useJournal()
  const device = session.device || text.unnamedDevice
  const moment = (at: number) => momentLabel(at, journal.now(), journal.me.zone, language)
  return (
    <li>
      <span>
        <strong>{device}</strong>
        {session.current && ` — ${text.thisDevice}`}
        <br />
        <span className="account-hint">
          {text.signedInAt(moment(session.created))}; {text.seen(moment(session.seen))}
        </span>
      </span>
      {!session.current && (
        <button type="button" className="ui-button" aria-label={text.revokeOn(device)} onClick={onRevoke}>
          {text.revoke}
        </button>
      )}
    </li>
  )
}

function currentFirst(a: Session, b: Session): number {
  return Number(b.current) - Number(a.current) || b.seen - a.seen
}
