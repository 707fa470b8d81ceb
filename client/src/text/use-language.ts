import { useText, type Language } from './text'

const itself: Record<Language, Language> = { ru: 'ru', en: 'en' }

/** The chosen language, for sentences made by a function; the screen follows a change at once. */
export function useLanguage(): Language {
  return useText(itself)
}
