import type { Lesson } from 'shared/calendar/lessons'
import { addDays, weekdayOf } from 'shared/calendar/zone'
import type { Day } from 'shared/journal/ids'

/** Monday to Saturday of the week of this day. */
export function weekOf(date: Day): Day[] {
  const monday = addDays(date, 1 - weekdayOf(date))
  return [0, 1, 2, 3, 4, 5].map((count) => addDays(monday, count))
}

/** The day before or after; Sunday is stepped over. */
export function stepDay(date: Day, by: 1 | -1): Day {
  const next = addDays(date, by)
  return weekdayOf(next) === 7 ? addDays(next, by) : next
}

const furthest = 21

/** Where a diary opens: today, or on a day without lessons the next one that has some. */
export function firstDay(today: Day, lessons: readonly Lesson[]): Day {
  const last = addDays(today, furthest)
  const next = lessons.find(({ date, cancelled }) => date >= today && !cancelled)
  return next && next.date <= last ? next.date : weekdayOf(today) === 7 ? addDays(today, 1) : today
}
