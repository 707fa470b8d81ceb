import { useSyncExternalStore } from 'react'

/** A short word about what was just done, with one thing to do about it: undo instead of "are you sure". */
export interface Toast {
  text: string
  /** `warn` stays until it is closed or replaced: it says what somebody has to know. */
  tone?: 'plain' | 'warn'
  action?: { label: string; run: () => void }
}

const plainStays = 8000
let shown: Toast | null = null
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

/** Shows a toast in place of the one before. It outlives the screen that showed it. */
export function showToast(toast: Toast): void {
  set(toast)
  if (toast.tone !== 'warn') timer = setTimeout(() => set(null), plainStays)
}

export function closeToast(): void {
  set(null)
}

export function useToast(): Toast | null {
  return useSyncExternalStore(subscribe, () => shown)
}

function set(toast: Toast | null): void {
  clearTimeout(timer)
  shown = toast
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
