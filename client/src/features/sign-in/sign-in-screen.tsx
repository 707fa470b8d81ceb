import { useEffect, useId, useRef, useState, type FormEvent } from 'react'
import type { DemoReply } from 'shared/wire/health'
import { mostPassword } from 'shared/wire/session'
import type { SignInFailure, SignInWith } from '../../store/sign-in-failure'
import { signInTexts } from '../../text/sign-in'
import { setLanguage, useText } from '../../text/text'
import { useLanguage } from '../../text/use-language'
import { PasswordField } from '../../ui/password-field'
import { DemoPeople } from './demo-people'
import { useOnline } from './use-online'
import './sign-in-screen.css'

export interface SignInProps {
  signIn: SignInWith
  /** Somebody's journal is on this device already, so that some may sign in without a network. */
  known: boolean
  /** The demo school's sign-ins (`GET /api/demo`); null or absent in a real school. */
  demo?: () => Promise<DemoReply | null>
}

type Problem = { why: SignInFailure; retryAfter?: number } | { why: 'no-login' | 'no-password' }

/** The door: works without a network for whoever has worked here before, and says so plainly. */
export function SignInScreen({ signIn, known, demo }: SignInProps) {
  const text = useText(signInTexts)
  const language = useLanguage()
  const online = useOnline()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [remember, setRemember] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(canSeal() ? null : { why: 'no-crypto' })
  const loginField = useRef<HTMLInputElement>(null)
  const problemId = useId()
  const rememberHint = useId()

  useEffect(() => {
    if (problem?.why === 'no-login' || problem?.why === 'wrong-login') loginField.current?.focus()
  }, [problem])

  async function enter() {
    if (busy) return
    if (!login.trim()) return setProblem({ why: 'no-login' })
    if (!password) return setProblem({ why: 'no-password' })
    setBusy(true)
    setProblem(null)
    const result = await signIn(login.trim(), password, remember).catch(
      () => ({ ok: false, why: 'server' }) as const,
    )
    setBusy(false)
    if (!result.ok) setProblem(result)
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    void enter()
  }

  return (
    <main className="sign-in">
      <header className="sign-in-head">
        <h1>{text.product}</h1>
        <button
          type="button"
          className="ui-button ui-button-quiet"
          lang={language === 'ru' ? 'en' : 'ru'}
          onClick={() => setLanguage(language === 'ru' ? 'en' : 'ru')}
        >
          {text.otherLanguage}
        </button>
        <p>{text.what}</p>
      </header>
      {!online && <p className="sign-in-note">{known ? text.offlineKnown : text.offlineNew}</p>}
      <form className="sign-in-form" aria-label={text.title} onSubmit={submit} noValidate>
        <label className="sign-in-field">
          <span>{text.login}</span>
          <input
            ref={loginField}
            value={login}
            onChange={(event) => setLogin(event.target.value)}
            autoComplete="username"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            maxLength={80}
            aria-describedby={problem ? problemId : undefined}
            aria-invalid={problem?.why === 'no-login' || problem?.why === 'wrong-login'}
          />
        </label>
        <PasswordField
          label={text.password}
          showLabel={text.show}
          hideLabel={text.hide}
          maxLength={mostPassword}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          invalid={problem?.why === 'no-password' || problem?.why === 'wrong-login'}
          {...(problem ? { describedBy: problemId } : {})}
        />
        <label className="sign-in-remember">
          <input
            type="checkbox"
            checked={remember}
            onChange={(event) => setRemember(event.target.checked)}
            aria-describedby={rememberHint}
          />
          <span>{text.remember}</span>
        </label>
        <p id={rememberHint} className="sign-in-hint">
          {text.rememberHint}
        </p>
        <p id={problemId} role="alert" className="sign-in-problem">
          {problem && <Sentence problem={problem} />}
        </p>
        <button type="submit" className="ui-button ui-button-main sign-in-enter" aria-disabled={busy}>
          {busy ? text.entering : text.enter}
        </button>
        {online && !known && <p className="sign-in-hint">{text.worksOffline}</p>}
      </form>
      {demo && (
        <DemoPeople
          load={demo}
          onChoose={(person) => {
            setLogin(person.login)
            setPassword(person.password)
            setProblem(null)
          }}
        />
      )}
    </main>
  )
}

function Sentence({ problem }: { problem: Problem }) {
  const text = useText(signInTexts)
  if (problem.why === 'no-login') return text.needLogin
  if (problem.why === 'no-password') return text.needPassword
  const said = text.failures[problem.why]
  if (problem.why !== 'too-many-tries') return said
  const wait = problem.retryAfter ? text.waitMinutes(Math.ceil(problem.retryAfter / 60)) : text.waitALittle
  return `${said} ${wait}`
}

// Without https there is no WebCrypto, and nothing may lie on the device unsealed.
function canSeal(): boolean {
  return globalThis.crypto?.subtle !== undefined
}
