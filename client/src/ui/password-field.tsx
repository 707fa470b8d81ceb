import { useId, useState } from 'react'
import './password-field.css'

interface Props {
  label: string
  showLabel: string
  hideLabel: string
  value: string
  onChange: (value: string) => void
  autoComplete: 'current-password' | 'new-password' | 'off'
  invalid?: boolean
  describedBy?: string
  maxLength: number
}

/** A password, hidden until its owner asks to see it: a tablet's keyboard is easy to miss. */
export function PasswordField({
  label,
  showLabel,
  hideLabel,
  maxLength,
  value,
  onChange,
  autoComplete,
  invalid = false,
  describedBy,
}: Props) {
  const id = useId()
  const [shown, setShown] = useState(false)
  return (
    <div className="ui-password">
      <label htmlFor={id}>{label}</label>
      <span className="ui-password-box">
        <input
          id={id}
          type={shown ? 'text' : 'password'}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoComplete={autoComplete}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          maxLength={maxLength}
          aria-invalid={invalid}
          aria-describedby={describedBy}
        />
        <button
          type="button"
          className="ui-password-show"
          aria-pressed={shown}
          aria-label={shown ? hideLabel : showLabel}
          title={shown ? hideLabel : showLabel}
          onClick={() => setShown(!shown)}
        >
          <svg
            viewBox="0 0 24 24"
            width="24"
            height="24"
            aria-hidden="true"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.8"
          >
            <path d="M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12Z" />
            <circle cx="12" cy="12" r="3" />
            {shown && <path d="M4 20 20 4" />}
          </svg>
        </button>
      </span>
    </div>
  )
}
