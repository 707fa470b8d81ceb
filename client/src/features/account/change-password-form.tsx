import { useId, useState, type FormEvent } from 'react'
import { leastPassword, mostPassword } from 'shared/wire/session'
import { accountTexts, type PasswordFailure } from '../../text/account'
import { useText } from '../../text/text'
import { PasswordField } from '../../ui/password-field'
import type { ChangePassword } from './account-actions'

interface Props {
  change: ChangePassword
  onDone: () => void
  onCancel?: () => void
}

/** The present password, and the new one twice. What can be seen to be wrong here is not sent to the school. */
export function ChangePasswordForm({ change, onDone, onCancel }: Props) {
  const text = useText(accountTexts)
  const [old, setOld] = useState('')
  const [next, setNext] = useState('')
  const [repeat, setRepeat] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<PasswordFailure | null>(null)
  const rule = useId()

  async function save() {
    if (busy) return
    const wrong = wrongWith(old, next, repeat)
    setProblem(wrong)
    if (wrong) return
    setBusy(true)
    const result = await change(old, next).catch(() => ({ ok: false, why: 'server' }) as const)
    setBusy(false)
    if (result.ok) onDone()
    else setProblem(result.why)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save()
  }
  const common = { showLabel: text.show, hideLabel: text.hide, maxLength: mostPassword }
  return (
    <form className="account-form" aria-label={text.changePassword} onSubmit={submit} noValidate>
      <PasswordField
        {...common}
        label={text.old}
        value={old}
        onChange={setOld}
        autoComplete="current-password"
        invalid={problem === 'wrong-old'}
      />
      <PasswordField
        {...common}
        label={text.next}
        value={next}
        onChange={setNext}
        autoComplete="new-password"
        describedBy={rule}
        invalid={problem === 'too-short' || problem === 'weak' || problem === 'same'}
      />
      <p id={rule} className="account-hint">
        {text.rule}
      </p>
      <PasswordField
        {...common}
        label={text.repeat}
        value={repeat}
        onChange={setRepeat}
        autoComplete="new-password"
        invalid={problem === 'not-repeated'}
      />
      <p role="alert" className="account-problem">
        {problem && text.passwordFailures[problem]}
      </p>
      <div className="ui-row">
        <button type="submit" className="ui-button ui-button-main" aria-disabled={busy}>
          {busy ? text.saving : text.save}
        </button>
        {onCancel && (
          <button type="button" className="ui-button" onClick={onCancel}>
            {text.cancel}
          </button>
        )}
      </div>
    </form>
  )
}

function wrongWith(old: string, next: string, repeat: string): PasswordFailure | null {
  if (!old) return 'wrong-old'
  if (next.length < leastPassword) return 'too-short'
  if (next === old) return 'same'
  return next === repeat ? null : 'not-repeated'
}
