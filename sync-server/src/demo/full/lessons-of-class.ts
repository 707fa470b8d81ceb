import source from '../data/curriculum.json' with { type: 'json' }
import type { PlannedClass } from './classes'
import type { Tag } from './tag'

/** A subject as it is taught to a class or to one of its groups, before somebody is named to teach it. */
export interface PlannedSection {
  id: string
  class: PlannedClass
  subject: string
  name: string
  short: string
  /** Which of the groups, from 0; null: the whole class. */
  group: number | null
  groupName: string | null
  /** A subject of half an hour a week is taught an hour a week in one half of the year. */
  half: 'first' | 'second' | null
  hours: number
}

/** What happens in a class at one time: one subject, its two groups side by side, or two subjects that share the year. */
export interface Activity {
  class: PlannedClass
  hours: number
  sections: PlannedSection[]
}

/** Where the two halves of the year meet, for subjects that have one of them. */
export const lastOfFirstHalf = '2026-12-31'
export const firstOfSecondHalf = '2027-01-01'

type Hours = Readonly<Record<string, number | undefined>>
const subjects: Record<string, { name: string; short: string } | undefined> = source.subjects
const byGrade: Record<string, Hours | undefined> = source.hours

/** The weekly hours of a class: the federal plan with the school's part up to the largest load allowed. */
export function hoursOf({ grade, profile }: Pick<PlannedClass, 'grade' | 'profile'>): Hours {
  if (profile === null) return byGrade[grade] ?? {}
  const ofProfile: Record<string, Hours | undefined> = source.profiles[profile].hours
  return ofProfile[grade] ?? {}
}

/** Everything that a class is taught in a week. */
export function activitiesOf(schoolClass: PlannedClass, tag: Tag): Activity[] {
  const activities: Activity[] = []
  const halves: PlannedSection[] = []
  for (const [subject, hours = 0] of Object.entries(hoursOf(schoolClass))) {
    const whole = Math.floor(hours)
    const groups = groupsOf(subject, schoolClass.grade)
    const sections = groups
      ? groups.map((_name, group) => sectionOf({ schoolClass, subject, hours: whole, group, tag }))
      : [sectionOf({ schoolClass, subject, hours: whole, group: null, tag })]
    if (whole > 0) activities.push({ class: schoolClass, hours: whole, sections })
    if (hours > whole) halves.push(sectionOf({ schoolClass, subject, hours: 1, group: null, tag }))
  }
  for (let i = 0; i < halves.length; i += 2) {
    const sections = halves.slice(i, i + 2).map((section, place) => ({
      ...section,
      half: place === 0 ? ('first' as const) : ('second' as const),
    }))
    activities.push({ class: schoolClass, hours: 1, sections })
  }
  return activities
}

function groupsOf(subject: string, grade: number): string[] | null {
  const found = source.divisions.find(
    ({ subject: of, grades: [from = 0, to = 0] }) => of === subject && grade >= from && grade <= to,
  )
  return found?.groups ?? null
}

interface Place {
  schoolClass: PlannedClass
  subject: string
  hours: number
  group: number | null
  tag: Tag
}

function sectionOf({ schoolClass, subject, hours, group, tag }: Place): PlannedSection {
  const { name, short } = subjects[subject] ?? { name: subject, short: subject }
  const groups = groupsOf(subject, schoolClass.grade)
  const label = group === null ? null : (groups?.[group] ?? null)
  return {
    id: tag(`${subject}${group === null ? '' : group + 1}-${plainClass(schoolClass)}`),
    class: schoolClass,
    subject,
    name,
    short,
    group,
    groupName: label,
    half: null,
    hours,
  }
}

// «c5a-2» of the second school gives «5a»: the school's tag is put on once.
function plainClass({ id }: PlannedClass): string {
  return id.slice(1).split('-')[0] ?? ''
}
