import { isSchoolDay, type Calendar } from 'shared/calendar/calendar'
import { addDays, instantAt, weekdayOf } from 'shared/calendar/zone'
import { lessonId, type Day } from 'shared/journal/ids'
import { directoryOf } from 'shared/people/directory'
import type { SubstitutionCell } from 'shared/people/directory-cells'
import { groupBy } from 'shared/plain/group-by'
import { chanceOf } from '../chance'
import type { Draft } from '../drafts'
import { calendarCells } from '../year'
import { lastOfFirstHalf } from './lessons-of-class'
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

/** By weekday, in order. */
type Week = Map<number, Gap[]>

/**
 * The year's substitutions: who was away and who stood in, somebody of the same building who was free then and teaches
 * the like if possible. The deputy enters them in the morning, before the first lesson. Where nobody is free the lesson
 * is dropped.
 */
export function standIns({ lessons }: SchoolPlan, staff: readonly StaffPerson[], seed: string): Draft[] {
  const { calendar } = directoryOf([{ id: 'calendar', version: 1, cells: valuesOf(calendarCells()) }])
  const teachers = staff.filter(({ post }) => post.sections.length > 0)
  const deputies = staff.filter(({ roles }) => roles.includes('deputy'))
  const byPost = groupBy(lessons, ({ post }) => post)
  const weeks = new Map(teachers.map((person) => [person, weekOf(byPost.get(person.post) ?? [])]))
  const ofBuilding = groupBy(teachers, buildingOf)
  return [...absencesOf(teachers, calendar, seed)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([date, absent]) => {
      const day = new DayOfStandIns(date, absent, weeks)
      for (const person of absent) {
        const gaps = weeks.get(person)?.get(weekdayOf(date)) ?? []
        for (const gap of gaps.filter((one) => isHeld(one.lessons, date, calendar)))
          day.fill(gap, person, ofBuilding.get(buildingOf(person)) ?? [])
      }
      const deputy = deputies.find((one) => !absent.has(one)) ?? deputies[0]
      return day.draftsOf(deputy?.id ?? '')
    })
}

function buildingOf({ post }: StaffPerson): number {
  return post.sections[0]?.class.building ?? 0
}

class DayOfStandIns {
  readonly #given = new Map<StaffPerson, number[]>()
  readonly #cells: { sheet: string; cell: string; value: SubstitutionCell }[] = []

  constructor(
    readonly date: Day,
    readonly absent: ReadonlySet<StaffPerson>,
    readonly weeks: ReadonlyMap<StaffPerson, Week>,
  ) {}

  /** Finds somebody for this lesson of an absent teacher. */
  fill({ lessons: { section }, slot }: Gap, absent: StaffPerson, teachers: readonly StaffPerson[]): void {
    const givenTo = (one: StaffPerson) => this.#given.get(one) ?? []
    const rank = (one: StaffPerson) =>
      (one.post.pool === absent.post.pool ? 0 : 10) +
      givenTo(one).length -
      (section.class === one.post.homeroom ? 5 : 0)
    const [best = null] = teachers
      .filter((one) => !this.absent.has(one) && this.#isFree(one, slot))
      .sort((a, b) => rank(a) - rank(b))
    if (best) this.#given.set(best, [...givenTo(best), slot])
    this.#cells.push({
      sheet: `timetable:${section.class.id}`,
      cell: `substitution:${lessonId(section.id, this.date, slot).slice('lesson:'.length)}`,
      value: { teacher: best?.id ?? null, cancelled: best === null, room: null },
    })
  }

  #isFree(person: StaffPerson, slot: number): boolean {
    const own = this.weeks.get(person)?.get(weekdayOf(this.date)) ?? []
    const given = this.#given.get(person) ?? []
    if (given.length >= mostGivenADay || own.length + given.length >= mostLessonsADay) return false
    return !given.includes(slot) && !own.some((gap) => gap.slot === slot)
  }

  /** What the deputy enters: one entry a class. */
  draftsOf(deputy: string): Draft[] {
    const at = instantAt(this.date, '07:40', zone)
    return [...groupBy(this.#cells, ({ sheet }) => sheet)].map(([sheet, set], i) => ({
      sheet,
      kind: 'keep-directory',
      set: set.map(({ cell, value }) => ({ cell, value })),
      author: deputy,
      at: at + i * 15_000,
    }))
  }
}

function valuesOf<V>(cells: Record<string, V>): Record<string, { value: V }> {
  return Object.fromEntries(Object.entries(cells).map(([cell, value]) => [cell, { value }]))
}

function weekOf(lessons: readonly PlannedLessons[]): Week {
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
  const isFirst = date <= lastOfFirstHalf
  if (half !== null && (half === 'first') !== isFirst) return false
  return isSchoolDay(date, of.grade, calendar)
}
