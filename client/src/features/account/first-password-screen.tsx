import { accountTexts } from '../../text/account'
import { useText } from '../../text/text'
import type { ChangePassword } from './account-actions'
import { ChangePasswordForm } from './change-password-form'
import './account-screen.css'

interface Props {
  change: ChangePassword
  onDone: () => void
  signOut: () => Promise<void>
}

/** The first sign-in: an issued password opens this screen and nothing else (ACC-06), with the reminder of ACC-21. */
export function FirstPasswordScreen({ change, onDone, signOut }: Props) {
  const text = useText(accountTexts)
  return (
    <main className="account account-first">
      <h1>{text.firstTitle}</h1>
      <p>{text.firstLead}</p>
      <p className="account-reminder">{text.firstReminder}</p>
      <ChangePasswordForm change={change} onDone={onDone} />
      <button type="button" className="ui-button ui-button-quiet" onClick={() => void signOut()}>
        {text.signOut}
      </button>
    </main>
  )
}
