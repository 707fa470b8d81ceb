import { addDays } from 'shared/calendar/zone'
import type { Day } from 'shared/journal/ids'
import type { Range } from 'shared/journal/scope'
import type { Directory } from 'shared/people/directory'

const daysBack = 7
const daysOn = 2

/**
 * In what order ranges are read (P-2): the directory, then the lessons nearest to the day, then what came before them,
 * then what comes after. Who waits for a first sync can work with today's lessons while the year comes in.
 */
export function planReading(ranges: readonly Range[], day: Day): Range[] {
  const isWholeSection = ({ start, end }: Range) => start.startsWith('lesson:') && end === `${start}~`
  const sections = ranges.filter(isWholeSection)
  const [first, last] = [addDays(day, -daysBack), addDays(day, daysOn)]
  return [
    ...ranges.filter((range) => !isWholeSection(range)),
    ...sections.map(({ start }) => ({ start: `${start}${first}`, end: `${start}${last}~` })),
    ...sections.map(({ start }) => ({ start, end: `${start}${addDays(first, -1)}~` })),
    ...sections.map(({ start, end }) => ({ start: `${start}${addDays(last, 1)}`, end })),
  ]
}

/** How many sheets are about to come, for a first sync's progress: by the timetable, so about. */
export function aboutHowMany(plan: readonly Range[], day: Day, directory: Directory): number {
  return plan.reduce((sum, range) => sum + aboutOf(range, day, directory), 0)
}

function aboutOf({ start, end }: Range, day: Day, directory: Directory): number {
  if (start === end) return 1
  const [type = '', section = '', first = ''] = start.split(':')
  if (type !== 'lesson') return directory.classes.size
  const yearStart = directory.calendar.year.start || day
  const from = first || yearStart
  const until = end.split(':')[2]?.replace('~', '') || day
  // Hardly any lesson has a sheet before it is given.
  const to = until < day ? until : day
  const days = (Date.parse(to) - Date.parse(from < yearStart ? yearStart : from)) / 86_400_000 + 1
  return days > 0 ? Math.round(((directory.week.get(section)?.length ?? 0) * days) / 7) : 0
}
