import { dayOf, timeOf } from 'shared/calendar/zone'
import type { Day } from 'shared/journal/ids'
import type { Language } from './text'

type Options = Intl.DateTimeFormatOptions
const made = new Map<string, Intl.DateTimeFormat>()

// Built once: making a formatter costs more than a hundred dates. A day is a day in the school's zone already.
function format(date: Day, name: string, options: Options, language: Language): string {
  const key = `${language} ${name}`
  let formatter = made.get(key)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(language === 'ru' ? 'ru' : 'en-GB', { ...options, timeZone: 'UTC' })
    made.set(key, formatter)
  }
  return formatter.format(Date.parse(`${date}T00:00:00Z`))
}

/** «ср, 16 сентября» */
export function dayLabel(date: Day, language: Language): string {
  return format(date, 'day', { weekday: 'short', day: 'numeric', month: 'long' }, language)
}

/** «среда, 16 сентября» */
export function longDayLabel(date: Day, language: Language): string {
  return format(date, 'long', { weekday: 'long', day: 'numeric', month: 'long' }, language)
}

/** «16 сентября» */
export function dateLabel(date: Day, language: Language): string {
  return format(date, 'date', { day: 'numeric', month: 'long' }, language)
}

/** «ср» */
export function weekdayLabel(date: Day, language: Language): string {
  return format(date, 'weekday', { weekday: 'short' }, language)
}

/**
 * A moment in school time (OFF-15), as short as the day allows: «10:42» today, «вт, 16:05» within the week before,
 * «16 сентября, 16:05» earlier.
 */
export function momentLabel(instant: number, now: number, zone: string, language: Language): string {
  const date = dayOf(instant, zone)
  const time = timeOf(instant, zone)
  if (date === dayOf(now, zone)) return time
  const daysAgo = (Date.parse(dayOf(now, zone)) - Date.parse(date)) / 86_400_000
  if (daysAgo > 0 && daysAgo < 7) return `${weekdayLabel(date, language)}, ${time}`
  return `${dateLabel(date, language)}, ${time}`
}

/** «сентябрь» */
export function monthLabel(date: Day, language: Language): string {
  return format(date, 'month', { month: 'long' }, language)
}
