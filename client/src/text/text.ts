import { useSyncExternalStore } from 'react'

export const languages = ['ru', 'en'] as const
export type Language = (typeof languages)[number]

/** The sentences of one feature in both languages. The English ones must have the same names and arguments. */
export function texts<T extends object>(
  ru: T,
  en: { [K in keyof T]: T[K] extends string ? string : T[K] },
): Record<Language, T> {
  return { ru, en: en as unknown as T }
}

const key = 'zvonok-language'
const listeners = new Set<() => void>()

export function language(): Language {
  return globalThis.localStorage?.getItem(key) === 'en' ? 'en' : 'ru'
}

export function setLanguage(chosen: Language): void {
  localStorage.setItem(key, chosen)
  document.documentElement.lang = chosen
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The sentences in the chosen language; the screen follows a change at once. */
export function useText<T>(of: Record<Language, T>): T {
  return of[useSyncExternalStore(subscribe, language)]
}

let rules: Intl.PluralRules | null = null

/**
 * The Russian form of a noun for a number.
 * @example plural(12, 'запись', 'записи', 'записей') // '12 записей'
 */
export function plural(count: number, one: string, few: string, many: string): string {
  const rule = (rules ??= new Intl.PluralRules('ru')).select(count)
  return `${count} ${rule === 'one' ? one : rule === 'few' ? few : many}`
}
