import { useEffect, useState } from 'react'
import type { Me } from '../../store/port'
import { useJournal, useSyncStatus } from '../../store/use-journal'
import { accountTexts } from '../../text/account'
import { languages, setLanguage, useText } from '../../text/text'
import { useLanguage } from '../../text/use-language'
import type { AccountActions, StorageState } from './account-actions'
import { ChangePasswordForm } from './change-password-form'
import { Choice } from './choice'
import { SessionList } from './session-list'
import { setTheme, themes, useTheme } from './theme'
import './account-screen.css'

/** Who I am here, where else I am signed in, and what this device keeps (ACC-21). */
export function AccountScreen({ actions }: { actions: AccountActions }) {
  const text = useText(accountTexts)
  const { me } = useJournal()
  return (
    <div className="account">
      <h1>{text.title}</h1>
      <p className="account-who">
        <strong>{me.name}</strong>
        <br />
        {describeRoles(me, text)}
        <br />
        {me.school}
      </p>
      <PasswordSection actions={actions} />
      <SessionList actions={actions} />
      <DeviceSection actions={actions} />
      <SignOutSection actions={actions} />
      <p className="account-hint">{text.version(actions.version)}</p>
    </div>
  )
}

type Sentences = (typeof accountTexts)['ru']

function describeRoles(me: Me, text: Sentences): string {
  const roles = me.roles.map((role) => text.roles[role])
  const isStudent = me.children.length === 1 && me.children[0] === me.person
  if (isStudent) roles.push(text.student)
  else if (me.children.length > 0) roles.push(text.family(me.children.length))
  return roles.join(', ')
}

function PasswordSection({ actions }: { actions: AccountActions }) {
  const text = useText(accountTexts)
  const [is, setIs] = useState<'closed' | 'open' | 'saved'>('closed')
  return (
    <section aria-labelledby="account-password">
      <h2 id="account-password">{text.password}</h2>
      {is === 'open' ? (
        <>
          <p className="account-hint">{text.otherSessions}</p>
          <ChangePasswordForm
            change={actions.changePassword}
            onDone={() => setIs('saved')}
            onCancel={() => setIs('closed')}
          />
        </>
      ) : (
        <>
          <output className="account-done">{is === 'saved' && text.saved}</output>
          <button type="button" className="ui-button" onClick={() => setIs('open')}>
            {text.changePassword}
          </button>
        </>
      )}
    </section>
  )
}

function DeviceSection({ actions }: { actions: AccountActions }) {
  const text = useText(accountTexts)
  const language = useLanguage()
  const theme = useTheme()
  const [storage, setStorage] = useState<StorageState>('unknown')
  useEffect(() => {
    let open = true
    void actions.storage().then((found) => open && setStorage(found))
    return () => {
      open = false
    }
  }, [actions])
  return (
    <section aria-labelledby="account-device">
      <h2 id="account-device">{text.device}</h2>
      <Choice
        name={text.language}
        options={languages}
        chosen={language}
        labels={text.languages}
        onChoose={setLanguage}
      />
      <Choice name={text.theme} options={themes} chosen={theme} labels={text.themes} onChoose={setTheme} />
      <p className="account-hint">{text.storage[storage]}</p>
      {storage === 'best-effort' && (
        <button
          type="button"
          className="ui-button"
          onClick={() => void actions.askStorage().then(setStorage)}
        >
          {text.askStorage}
        </button>
      )}
    </section>
  )
}

function SignOutSection({ actions }: { actions: AccountActions }) {
  const text = useText(accountTexts)
  const { unsent } = useSyncStatus()
  return (
    <section aria-labelledby="account-sign-out">
      <h2 id="account-sign-out">{text.signOut}</h2>
      <p className="account-hint">{text.signOutStays}</p>
      {unsent > 0 && (
        <p className="account-unsent">
          {text.signOutUnsent(unsent)} {text.signOutFirst}
        </p>
      )}
      <button type="button" className="ui-button" onClick={() => void actions.signOut()}>
        {text.signOut}
      </button>
    </section>
  )
}
