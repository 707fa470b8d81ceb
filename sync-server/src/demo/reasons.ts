import { addDays, instantAt } from 'shared/calendar/zone'
import type { Day } from 'shared/journal/ids'
import type { Reason } from 'shared/journal/kinds/set-attendance'
import type { Directory } from 'shared/people/directory'
import { groupBy } from 'shared/plain/group-by'
import type { Draft } from './drafts'
import type { HeldLesson } from './held'

interface Known {
  sheet: string
  student: string
  reason: Reason
  homeroom: string
}

/** Why students were away, as the homeroom teacher enters it after lessons of the day on which it became known. */
export class Reasons {
  readonly #directory: Directory
  readonly #awayOn: (person: string, date: Day) => boolean
  readonly #known = new Map<Day, Known[]>()

  constructor(directory: Directory, awayOn: (person: string, date: Day) => boolean) {
    this.#directory = directory
    this.#awayOn = awayOn
  }

  /** Takes down who missed this lesson. */
  note({ lesson, schoolClass: { homeroom }, away }: HeldLesson): void {
    if (homeroom === null) return
    for (const [student, { reason, told }] of away) {
      if (told === null) continue
      let day = told
      while (this.#awayOn(homeroom, day)) day = addDays(day, 1)
      const known = { sheet: lesson.id, student, reason, homeroom }
      const others = this.#known.get(day)
      if (others) others.push(known)
      else this.#known.set(day, [known])
    }
  }

  /** What homeroom teachers enter on this day. Its lessons and all before them have been taken down. */
  toldOn(day: Day): Draft[] {
    const told = this.#known.get(day) ?? []
    this.#known.delete(day)
    const at = instantAt(day, '15:30', this.#directory.school.zone)
    return [...groupBy(told, ({ homeroom }) => homeroom)].flatMap(([homeroom, own]) =>
      [...groupBy(own, ({ sheet }) => sheet)].map(([sheet, rows], i): Draft => ({
        sheet,
        kind: 'set-attendance',
        set: rows.map(({ student, reason }) => ({ cell: `reason:${student}`, value: reason })),
        author: homeroom,
        at: at + i * 5000,
      })),
    )
  }
}
