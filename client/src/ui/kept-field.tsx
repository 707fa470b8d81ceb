import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import './kept-field.css'

interface Props {
  label: string
  /** What is kept now; it may change under the field while somebody writes in it. */
  value: string
  /** Called with the trimmed text whenever it has to be kept. */
  onKeep: (text: string) => void
  /** «Пока вы писали, здесь стало: …», with the button that takes it. */
  elsewhere: { note: (text: string) => string; take: string }
  multiline?: boolean
  maxLength?: number
  placeholder?: string
  readOnly?: boolean
  hideLabel?: boolean
}

/** What somebody writes: what the field said when they began, and what was handed on last. */
interface Draft {
  text: string
  from: string
  kept: string
}

const pause = 1500

/**
 * A text without a save button. What is typed is handed on after a pause of 1.5 s, on leaving the field, when the page
 * is hidden or closed, and when the field goes away: a crash costs at most the last second and a half of typing.
 */
export function KeptField({ label, value, onKeep, elsewhere, multiline, hideLabel, ...rest }: Props) {
  const id = useId()
  const [draft, setDraft] = useState<Draft | null>(null)
  const latest = useRef({ draft, onKeep })
  useLayoutEffect(() => {
    latest.current = { draft, onKeep }
  })
  // At once, not with the next paint: the page may be closed before it.
  const change = useCallback((next: Draft | null) => {
    latest.current = { ...latest.current, draft: next }
    setDraft(next)
  }, [])
  const keep = useCallback(() => {
    const { draft: now, onKeep: handOn } = latest.current
    const text = now?.text.trim()
    if (!now || text === undefined || text === now.kept) return
    change({ ...now, kept: text })
    handOn(text)
  }, [change])

  useEffect(() => {
    if (draft === null) return
    const timer = setTimeout(keep, pause)
    return () => clearTimeout(timer)
  }, [draft, keep])

  useEffect(() => {
    const onHide = () => {
      if (document.visibilityState === 'hidden') keep()
    }
    document.addEventListener('visibilitychange', onHide)
    window.addEventListener('pagehide', keep)
    return () => {
      document.removeEventListener('visibilitychange', onHide)
      window.removeEventListener('pagehide', keep)
      keep()
    }
  }, [keep])

  const write = (text: string) => change(draft ? { ...draft, text } : { text, from: value, kept: value })
  const leave = () => {
    keep()
    change(null)
  }
  const changedElsewhere = draft !== null && value !== draft.from && value !== draft.kept
  const common = {
    id,
    // The browser writes the fields of an open page to disk as they stand, to fill them in again: not these.
    autoComplete: 'off',
    value: draft?.text ?? value,
    className: 'ui-field-input',
    onChange: (event: { target: { value: string } }) => write(event.target.value),
    onBlur: leave,
    ...rest,
  }
  return (
    <div className="ui-field">
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : 'ui-field-label'}>
        {label}
      </label>
      {multiline ? <textarea rows={2} {...common} /> : <input type="text" {...common} />}
      {changedElsewhere && (
        <output className="ui-field-elsewhere">
          {elsewhere.note(value)}{' '}
          <button
            type="button"
            className="ui-button"
            // Before the blur of the field would keep the draft.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => change(null)}
          >
            {elsewhere.take}
          </button>
        </output>
      )}
    </div>
  )
}
