import { useSyncExternalStore } from 'react'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const key = 'zvonok-theme'
const listeners = new Set<() => void>()

export function theme(): Theme {
  const kept = globalThis.localStorage?.getItem(key)
  return themes.find((known) => known === kept) ?? 'system'
}

export function setTheme(chosen: Theme): void {
  localStorage.setItem(key, chosen)
  applyTheme()
  for (const listener of listeners) listener()
}

/** Colours follow `color-scheme` (tokens.css); to be called once before the first paint too. */
export function applyTheme(): void {
  const chosen = theme()
  document.documentElement.style.colorScheme = chosen === 'system' ? '' : chosen
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, theme)
}

/** Whether the colours are the dark ones now, by choice or because the device has turned to them. */
export function useIsDark(): boolean {
  return useSyncExternalStore(subscribeToDevice, isDark)
}

function isDark(): boolean {
  const chosen = theme()
  return chosen === 'system' ? (deviceIsDark()?.matches ?? false) : chosen === 'dark'
}

// Absent where there is no screen to ask about: a test.
function deviceIsDark(): MediaQueryList | undefined {
  return globalThis.matchMedia?.('(prefers-color-scheme: dark)')
}

function subscribeToDevice(listener: () => void): () => void {
  const stop = subscribe(listener)
  const query = deviceIsDark()
  query?.addEventListener('change', listener)
  return () => {
    stop()
    query?.removeEventListener('change', listener)
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
