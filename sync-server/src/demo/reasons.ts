import { addDays, instantAt } from 'shared/calendar/zone'
import type { Day } from 'shared/journal/ids'
import type { Directory } from 'shared/people/directory'
import { groupBy } from 'shared/plain/group-by'
import type { Draft } from './drafts'
import type { HeldLesson } from './held'

/** Why students were away, as the homeroom teacher enters it after lessons of the day on which it became known. */
export function reasonDrafts(
  held: readonly HeldLesson[],
  directory: Directory,
  awayOn: (person: string, date: Day) => boolean,
): Draft[] {
  const known = held.flatMap(({ lesson, schoolClass, away }) =>
    [...away].flatMap(([student, { reason, told }]) => {
      const { homeroom } = schoolClass
      if (told === null || homeroom === null) return []
      let day = told
      while (awayOn(homeroom, day)) day = addDays(day, 1)
      return { sheet: lesson.id, student, reason, day, homeroom }
    }),
  )
  return [...groupBy(known, ({ homeroom, day }) => `${homeroom} ${day}`).values()].flatMap((ofDay) => {
    const pages = [...groupBy(ofDay, ({ sheet }) => sheet)]
    return pages.map(([sheet, rows], i): Draft => ({
      sheet,
      kind: 'set-attendance',
      set: rows.map(({ student, reason }) => ({ cell: `reason:${student}`, value: reason })),
      author: rows[0]?.homeroom ?? '',
      at: instantAt(rows[0]?.day ?? '', '15:30', directory.school.zone) + i * 5000,
    }))
  })
}
