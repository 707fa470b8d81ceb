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

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
