import { useEffect, useId, useRef, type ReactNode } from 'react'
import './panel.css'

interface Props {
  title: string
  closeLabel: string
  onClose: () => void
  /** Leaves the focus where it is: the keyboard goes on in what the panel speaks of. */
  keepFocus?: boolean
  /** A touch outside closes it, as it does a menu. */
  menu?: boolean
  children: ReactNode
}

/** A sheet at the lower edge, over the page and not in it: nothing moves. Escape closes it and gives the focus back. */
export function Panel({ title, closeLabel, onClose, keepFocus = false, menu = false, children }: Props) {
  const id = useId()
  const panel = useRef<HTMLDialogElement>(null)
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  useEffect(() => {
    if (keepFocus) return
    const before = document.activeElement
    panel.current?.querySelector<HTMLElement>('.ui-panel-body :is(button, input, select, textarea)')?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [keepFocus])
  useEffect(() => {
    const onPointer = (event: PointerEvent) => {
      if (menu && event.target instanceof Node && !panel.current?.contains(event.target)) close.current()
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close.current()
    }
    document.addEventListener('pointerdown', onPointer)
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('pointerdown', onPointer)
      document.removeEventListener('keydown', onKey)
    }
  }, [menu])
  return (
    <dialog open ref={panel} className="ui-panel" aria-labelledby={id}>
      <header className="ui-panel-head">
        <h2 id={id} className="ui-panel-title">
          {title}
        </h2>
        <button type="button" className="ui-button ui-button-quiet" aria-label={closeLabel} onClick={onClose}>
          ×
        </button>
      </header>
      <div className="ui-panel-body">{children}</div>
    </dialog>
  )
}
