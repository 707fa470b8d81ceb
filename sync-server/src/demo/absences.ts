import type { Day } from 'shared/journal/ids'
import type { Reason } from 'shared/journal/kinds/set-attendance'
import { chanceOf, type Chance } from './chance'
import model from './data/model.json' with { type: 'json' }

/** When a student was away, and what the homeroom teacher came to know of it. */
export interface Away {
  /** Slots missed, both included. */
  from: number
  to: number
  reason: Reason
  /** The day on which the homeroom teacher enters the reason; null while nobody has told. */
  told: Day | null
}

const wholeDay = { from: 0, to: 15 }
const shares = model.attendance.by_reason
/** Days that one spell of each kind takes on average. */
const spell = { ill: model.attendance.illness_days_geometric_mean, excused: 1.6 }

/**
 * A student's absences over these school days: spells of illness of several days, days off with the school's leave, and
 * for a few older ones lessons cut at the edges of the day. Shares by `generation_model.attendance`.
 */
export function absencesOf(
  student: string,
  grade: number,
  days: readonly Day[],
  seed: string,
): Map<Day, Away> {
  const chance = chanceOf(seed, 'absences', student)
  const away = new Map<Day, Away>()
  const isTruant = grade >= 7 && chance.happens(0.06)
  for (let i = 0; i < days.length; i++) {
    const date = days[i] ?? ''
    const often = monthly(date) * ofGrade(grade)
    const ends = (mean: number) => Math.min(days.length - 1, i + lengthOf(mean, chance) - 1)
    if (chance.happens((shares.б * often) / spell.ill)) {
      // The doctor's note comes with the student.
      const last = ends(spell.ill)
      const back = days[last + 1] ?? null
      for (; i <= last; i++) away.set(days[i] ?? '', { ...wholeDay, reason: 'ill', told: back })
    } else if (chance.happens((shares['у/п'] * often) / spell.excused)) {
      const last = ends(spell.excused)
      for (; i <= last; i++)
        away.set(days[i] ?? '', { ...wholeDay, reason: 'excused', told: days[i] ?? null })
    } else if (isTruant && chance.happens(0.22)) {
      const slots = chance.happens(0.5) ? { from: 0, to: 1 } : { from: 6, to: 15 }
      away.set(date, { ...slots, reason: 'unexcused', told: days[i + 2] ?? null })
    } else if (chance.happens(shares.н * 2 * often)) {
      const told = chance.happens(0.4) ? date : null
      away.set(date, { from: 4, to: 15, reason: 'excused', told })
    }
  }
  return away
}

/** Whether somebody comes late to this lesson: to the first far more often than to the others. */
export function comesLate(student: string, lesson: string, slot: number, seed: string): boolean {
  const share = model.attendance.late * (slot === 1 ? 3.5 : 0.5)
  return chanceOf(seed, 'late', student, lesson).happens(share)
}

// Geometric: never less than a day.
function lengthOf(mean: number, chance: Chance): number {
  let days = 1
  while (days < 20 && !chance.happens(1 / mean)) days++
  return days
}

function monthly(date: Day): number {
  const months: Record<string, number> = model.attendance.by_month_multiplier
  return months[date.slice(5, 7)] ?? 1
}

function ofGrade(grade: number): number {
  const { '1': first, '5-6': fifth, '9': ninth, '10-11': upper } = model.attendance.by_grade_multiplier
  if (grade === 1) return first
  if (grade >= 10) return upper
  if (grade === 9) return ninth
  return grade === 5 || grade === 6 ? fifth : 1
}
