import type { BellsCell, HolidaysCell, TermsCell, YearCell } from 'shared/people/directory-cells'
import type { Json } from 'shared/plain/json'
import { must } from 'shared/plain/must'
import source from './data/calendar.json' with { type: 'json' }

/** The school year 2026/27 as the small demo keeps it: terms by grade, days off, and bells to choose from. */
export function calendarCells(): Record<string, Json> {
  const { quarters, quarters_grade1: first, quarters_grade9_11: ninth, half_years: halves } = source.variants
  const year: YearCell = { start: source.school_year.start, end: source.school_year.end_grades_1_8_10 }
  const holidays: HolidaysCell = source.public_holidays.map(({ date, name }) => ({ date, name }))
  // The winter break lies between the half-years, the others inside them.
  const inside = halves.vacations.filter(({ code }) => code === 'autumn' || code === 'spring')
  return {
    year,
    'terms:g1': terms([1, 1], first.periods, [first.extra_vacation]),
    'terms:g2': terms([2, 8], quarters.periods),
    'terms:g9': terms([9, 9], ninth.periods),
    'terms:g10': terms([10, 11], halves.periods, inside),
    holidays,
    ...Object.fromEntries(source.bell_schedules.map(({ code }) => [`bells:${code}`, bells(code)])),
  }
}

interface Span {
  name: string
  start: string
  end: string
}

function terms(
  grades: [number, number],
  periods: readonly (Span & { code: string })[],
  breaks: readonly Span[] = [],
): Json {
  return {
    grades,
    terms: periods.map(({ code, name, start, end }) => ({ id: code, name, start, end })),
    breaks: breaks.map(({ name, start, end }) => ({ name, start, end })),
  } satisfies TermsCell
}

function bells(code: string): BellsCell {
  const schedule = must(
    source.bell_schedules.find((candidate) => candidate.code === code),
    code,
  )
  return schedule.lessons.map(({ n, start, end }) => ({ slot: n, start, end }))
}
