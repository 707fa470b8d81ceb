import { addDays, instantAt } from '../calendar/zone'
import type { Day } from '../journal/ids'
import type { Band, Deadline } from './policy'

/** What a deadline is counted from. */
export interface DeadlineFacts {
  date: Day
  zone: string
}

/**
 * The last moment (ms, inclusive) of a deadline, or null when it never closes. "n days" count from the day after the
 * event, the last one ends at 24:00 school time (POL-M02).
 */
export function closesAt(deadline: Deadline, { date, zone }: DeadlineFacts): number | null {
  switch (deadline.kind) {
    case 'sameDay':
      return instantAt(date, '24:00', zone)
    case 'within': {
      if (deadline.unit === 'hour') return instantAt(date, '24:00', zone)
      const days = deadline.unit === 'week' ? deadline.n * 7 : deadline.n
      return instantAt(addDays(date, days), '24:00', zone)
    }
    default:
      return null
  }
}

/** The deadline of this grade in a banded rule; null where the rule does not speak of the grade. */
export function bandFor(bands: readonly Band[], grade: number): Deadline | null {
  return bands.find(({ grades: [from, to] }) => grade >= from && grade <= to)?.deadline ?? null
}
