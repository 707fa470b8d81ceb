import { useRef, type TouchEvent } from 'react'

const least = 60

/** Handlers for an element that is leafed through by swiping: clearly sideways, with one finger. */
export function useSwipe(onBack: () => void, onForward: () => void) {
  const start = useRef<{ x: number; y: number } | null>(null)
  return {
    onTouchStart: (event: TouchEvent) => {
      const touch = event.touches.length === 1 ? event.touches[0] : undefined
      start.current = touch ? { x: touch.clientX, y: touch.clientY } : null
    },
    onTouchEnd: (event: TouchEvent) => {
      const touch = event.changedTouches[0]
      if (!start.current || !touch) return
      const x = touch.clientX - start.current.x
      const y = touch.clientY - start.current.y
      start.current = null
      if (Math.abs(x) < least || Math.abs(x) < 2 * Math.abs(y)) return
      if (x > 0) onBack()
      else onForward()
    },
  }
}
