import type { Day } from '../journal/ids'
import type { BellsCell, HolidaysCell, TermsCell, YearCell } from '../people/directory-cells'
import { weekdayOf } from './zone'

export interface Term {
  id: string
  name: string
  start: Day
  end: Day
}

/** The school's year: its terms by grade, days off and bells. */
export interface Calendar {
  year: YearCell
  terms: TermsCell[]
  holidays: HolidaysCell
  bells: Map<string, BellsCell>
}

/** The terms that a grade studies by: quarters or half-years. Empty when the calendar has none for it. */
export function termsOf(grade: number, calendar: Calendar): Term[] {
  return bandOf(grade, calendar)?.terms ?? []
}

function bandOf(grade: number, calendar: Calendar): TermsCell | undefined {
  return calendar.terms.find(({ grades: [from, to] }) => grade >= from && grade <= to)
}

/** The term a day falls into, or null: holidays between the terms belong to none. */
export function termOf(date: Day, grade: number, calendar: Calendar): Term | null {
  return termsOf(grade, calendar).find(({ start, end }) => date >= start && date <= end) ?? null
}

/** Whether classes are held on this day: in a term, Monday to Friday, no public holiday, no break of this grade. */
export function isSchoolDay(date: Day, grade: number, calendar: Calendar): boolean {
  return weekdayOf(date) <= 5 && isTeachingDay(date, grade, calendar)
}

/** Whether the timetable is in force on this day. What weekdays have lessons is its own to say: some schools teach on Saturdays. */
export function isTeachingDay(date: Day, grade: number, calendar: Calendar): boolean {
  if (calendar.holidays.some((holiday) => holiday.date === date)) return false
  if (bandOf(grade, calendar)?.breaks?.some(({ start, end }) => date >= start && date <= end)) return false
  return termOf(date, grade, calendar) !== null
}
