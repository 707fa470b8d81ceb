import { useEffect, useState, type FormEvent } from 'react'
import type { Device } from '../store/device'
import { countFormer, recoverFormer } from '../store/former-vaults'
import type { OpenAccount } from '../store/open-account'
import { useText } from '../text/text'
import { PasswordField } from '../ui/password-field'
import { appTexts } from './app-texts'

/** Opens what lies on this device under a password that was changed elsewhere (OFF-13). Nothing where there is none. */
export function FormerPassword({ account, device }: { account: OpenAccount; device: Device }) {
  const text = useText(appTexts)
  const [count, setCount] = useState(0)
  const [password, setPassword] = useState('')
  const [said, setSaid] = useState<'wrong' | 'done' | null>(null)

  useEffect(() => {
    let open = true
    void countFormer(device, account).then((found) => open && setCount(found))
    return () => {
      open = false
    }
  }, [device, account])

  async function recover(event: FormEvent) {
    event.preventDefault()
    const found = await recoverFormer(device, account, password)
    setPassword('')
    setSaid(found ? 'done' : 'wrong')
  }

  if (said === 'done') return <output className="app-former">{text.formerDone}</output>
  if (count === 0) return null
  return (
    <form className="app-former" onSubmit={(event) => void recover(event)} aria-labelledby="former-password">
      <h2 id="former-password">{text.formerTitle}</h2>
      <p>{text.formerText}</p>
      <PasswordField
        label={text.formerPassword}
        showLabel={text.show}
        hideLabel={text.hide}
        value={password}
        onChange={setPassword}
        maxLength={128}
        autoComplete="current-password"
        invalid={said === 'wrong'}
      />
      <p role="alert">{said === 'wrong' && text.formerWrong}</p>
      <button type="submit" className="ui-button">
        {text.recover}
      </button>
    </form>
  )
}
