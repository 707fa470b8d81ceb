import type { Language } from './text'

// Built once: making a formatter costs more than a hundred numbers, and a class has thirty means.
const options = { minimumFractionDigits: 2, maximumFractionDigits: 2 } as const
const made: Record<Language, Intl.NumberFormat | null> = { ru: null, en: null }

/** A mean, always with two places: «4,50». */
export function meanLabel(mean: number, language: Language): string {
  return (made[language] ??= new Intl.NumberFormat(language, options)).format(mean)
}
