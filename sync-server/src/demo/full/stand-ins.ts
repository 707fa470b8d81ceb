import { isSchoolDay, type Calendar } from 'shared/calendar/calendar'
import { addDays, instantAt, weekdayOf } from 'shared/calendar/zone'
import { lessonId, type Day } from 'shared/journal/ids'
import { directoryOf } from 'shared/people/directory'
import type { SubstitutionCell } from 'shared/people/directory-cells'
import { groupBy } from 'shared/plain/group-by'
import { chanceOf } from '../chance'
import type { Draft } from '../drafts'
import { calendarCells } from '../year'
import type { PlannedLessons, SchoolPlan } from './plan'
import type { StaffPerson } from './staff-people'

const zone = 'Europe/Moscow'
/** A teacher falls ill twice a year, for some days each time. */
const illness = { daily: 0.012, days: 2.2 }
const mostLessonsADay = 7
const mostGivenADay = 2

interface Gap {
  lessons: PlannedLessons
  slot: number
}

/**
 * The year's substitutions: who was away and who stood in, somebody of the same building who was free then and teaches
 * the like if possible. The deputy enters them in the morning, before the first lesson. Where nobody is free the lesson
 * is dropped.
 */
export function standIns({ lessons }: SchoolPlan, staff: readonly StaffPerson[], seed: string): Draft[] {
  const { calendar } = directoryOf([{ id: 'calendar', version: 1, cells: valuesOf(calendarCells()) }])
  const teachers = staff.filter(({ post }) => post.sections.length > 0)
  const deputies = staff.filter(({ roles }) => roles.includes('deputy'))
  const ofBuilding = groupBy(teachers, ({ post }) => post.sections[0]?.class.building)
  const byPost = groupBy(lessons, ({ post }) => post)
  const week = new Map(teachers.map((person) => [person, weekOf(byPost.get(person.post) ?? [])]))
  const away = absencesOf(teachers, calendar, seed)
  const drafts: Draft[] = []
  for (const [date, absent] of [...away].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const weekday = weekdayOf(date)
    const given = new Map<StaffPerson, number[]>()
    const cells: { sheet: string; cell: string; value: SubstitutionCell }[] = []
    for (const person of absent) {
      for (const { lessons: of, slot } of week.get(person)?.get(weekday) ?? []) {
        if (!isHeld(of, date, calendar)) continue
        const free = (ofBuilding.get(of.section.class.building) ?? []).filter(
          (one) => !absent.has(one) && isFree(week.get(one)?.get(weekday) ?? [], given.get(one) ?? [], slot),
        )
        const rank = (one: StaffPerson) =>
          (likeness(one, person) ? 0 : 10) +
          (given.get(one)?.length ?? 0) +
          (of.section.class === one.post.homeroom ? -5 : 0)
        const [best = null] = free.sort((a, b) => rank(a) - rank(b))
        if (best) given.set(best, [...(given.get(best) ?? []), slot])
        cells.push({
          sheet: `timetable:${of.section.class.id}`,
          cell: `substitution:${lessonId(of.section.id, date, slot).slice('lesson:'.length)}`,
          value: { teacher: best?.id ?? null, cancelled: best === null, room: null },
        })
      }
    }
    const deputy = deputies.find((one) => !absent.has(one)) ?? deputies[0]
    const at = instantAt(date, '07:40', zone)
    for (const [i, [sheet, set]] of [...groupBy(cells, (cell) => cell.sheet)].entries()) {
      drafts.push({
        sheet,
        kind: 'keep-directory',
        set: set.map(({ cell, value }) => ({ cell, value })),
        author: deputy?.id ?? '',
        at: at + i * 15_000,
      })
    }
  }
  return drafts
}

function valuesOf<V>(cells: Record<string, V>): Record<string, { value: V }> {
  return Object.fromEntries(Object.entries(cells).map(([cell, value]) => [cell, { value }]))
}

function weekOf(lessons: readonly PlannedLessons[]): Map<number, Gap[]> {
  const all = lessons.flatMap((of) =>
    of.places.map(({ weekday, slot }) => ({ weekday, gap: { lessons: of, slot } })),
  )
  const days = [...groupBy(all, ({ weekday }) => weekday)]
  return new Map(
    days.map(([weekday, gaps]) => [weekday, gaps.map(({ gap }) => gap).sort((a, b) => a.slot - b.slot)]),
  )
}

function absencesOf(
  teachers: readonly StaffPerson[],
  calendar: Calendar,
  seed: string,
): Map<Day, Set<StaffPerson>> {
  const days: Day[] = []
  for (let date = addDays(calendar.year.start, 3); date <= calendar.year.end; date = addDays(date, 1)) {
    if (isSchoolDay(date, 5, calendar)) days.push(date)
  }
  const away = new Map<Day, Set<StaffPerson>>()
  for (const person of teachers) {
    const chance = chanceOf(seed, 'teacher away', person.id)
    let left = 0
    for (const date of days) {
      if (left === 0 && chance.happens(illness.daily))
        left = 1 + Math.round(2 * (illness.days - 1) * chance.next())
      if (left === 0) continue
      left--
      const absent = away.get(date) ?? new Set()
      away.set(date, absent.add(person))
    }
  }
  return away
}

function isHeld({ section: { class: of, half } }: PlannedLessons, date: Day, calendar: Calendar): boolean {
  const isFirst = date <= '2026-12-31'
  if (half !== null && (half === 'first') !== isFirst) return false
  return isSchoolDay(date, of.grade, calendar)
}

function isFree(own: readonly Gap[], given: readonly number[], slot: number): boolean {
  if (given.length >= mostGivenADay || own.length + given.length >= mostLessonsADay) return false
  return !given.includes(slot) && !own.some((gap) => gap.slot === slot)
}

function likeness(one: StaffPerson, other: StaffPerson): boolean {
  return one.post.pool === other.post.pool && one.post.duty !== 'director'
}
