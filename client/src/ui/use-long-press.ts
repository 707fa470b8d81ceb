import { useRef, type PointerEvent } from 'react'

const long = 500

/** Handlers for an element that does one thing on a tap and another when held; a held one does not count as a tap. */
export function useLongPress(onTap: () => void, onHold: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const held = useRef(false)
  const cancel = () => clearTimeout(timer.current)
  return {
    onPointerDown: (event: PointerEvent) => {
      held.current = false
      if (event.button > 0) return
      timer.current = setTimeout(() => {
        held.current = true
        onHold()
      }, long)
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
    onPointerLeave: cancel,
    onContextMenu: (event: { preventDefault: () => void }) => event.preventDefault(),
    onClick: () => {
      cancel()
      if (held.current) held.current = false
      else onTap()
    },
  }
}
