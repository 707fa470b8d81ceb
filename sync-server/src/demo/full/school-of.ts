import type {
  ClassCell,
  GuardianCell,
  SchoolCell,
  SectionCell,
  StaffCell,
  StudentCell,
  WeekLessonCell,
} from 'shared/people/directory-cells'
import type { Json } from 'shared/plain/json'
import { groupBy } from 'shared/plain/group-by'
import { must } from 'shared/plain/must'
import type { DemoSchool } from '../school'
import { calendarCells } from '../year'
import type { PlannedClass } from './classes'
import { familiesOf, type Families } from './families'
import { membersOfGroup } from './groups'
import { firstOfSecondHalf, lastOfFirstHalf } from './lessons-of-class'
import { planSchool, type SchoolPlan } from './plan'
import { signInsOf } from './sign-ins'
import { peopleOfStaff, type StaffPerson } from './staff-people'
import { standIns } from './stand-ins'
import { tagOf } from './tag'

export interface SchoolSize {
  /** From 1 on; a school of 40 has 1,000 students, 60 staff and 1,500 guardians. */
  classes: number
  /** Names, timetable and everything else that is left to chance. */
  seed: string
  /** Which of several schools, from 1: ids, logins and the database of no two are the same. */
  school?: number
}

type Cells = Record<string, Json>

const zone = 'Europe/Moscow'
const bells = 's1-40'
const firstDay = '2026-09-01'

interface Everybody extends Families {
  plan: SchoolPlan
  staff: StaffPerson[]
}

/**
 * A whole school of as many classes as asked for, of grades 1 to 11 as they are in life: staff with their loads, families,
 * subgroups, and a timetable without clashes. The same size, seed and number make the same school, byte for byte.
 */
export function makeSchoolOf({ classes, seed, school = 1 }: SchoolSize): DemoSchool {
  const tag = tagOf(school)
  const own = `${seed} ${school}`
  const plan = planSchool(classes, own, tag)
  const staff = peopleOfStaff(plan.posts, own, tag)
  const parents = staff.filter(({ isParent }) => isParent)
  const all: Everybody = { plan, staff, ...familiesOf(plan.classes, parents, own, tag) }
  const name = `Школа № ${100 + school}`
  const keeper = must(
    staff.find(({ roles }) => roles.includes('admin')),
    'an administrator',
  ).id
  return {
    db: `journal-school${100 + school}-2026`,
    name,
    keeper,
    cells: cellsOf(name, all),
    later: standIns(plan, staff, own),
    accounts: signInsOf(all, tag),
  }
}

function cellsOf(name: string, { plan, staff, students, guardians }: Everybody): Record<string, Cells> {
  const cells: Record<string, Cells> = {
    school: { school: { name, short: name, zone } satisfies SchoolCell },
    calendar: calendarCells(),
    policy: { 'policy:2026-09-01': { preset: 'product-default', overrides: {} } },
    staff: Object.fromEntries(
      staff.map(({ id, name, roles }) => [`person:${id}`, { name, roles } satisfies StaffCell]),
    ),
  }
  const teacherOf = new Map(staff.map((person) => [person.post, person.id]))
  const leaderOf = new Map(staff.map((person) => [person.post.homeroom, person.id]))
  const studentsOf = groupBy(students, (student) => student.class)
  const lessonsOf = groupBy(plan.lessons, ({ section }) => section.class)
  const familiesOf = new Map(plan.classes.map((one): [PlannedClass, Cells] => [one, {}]))
  for (const { id, name, children } of guardians) {
    // Of each class the children who are in it: the directory puts them together.
    for (const [schoolClass, here] of groupBy(children, (child) => child.class)) {
      const cell: GuardianCell = { name, children: here.map((child) => child.id).sort() }
      must(familiesOf.get(schoolClass), schoolClass.id)[`guardian:${id}`] = cell
    }
  }
  for (const schoolClass of plan.classes) {
    const { id, name, grade } = schoolClass
    const own = studentsOf.get(schoolClass) ?? []
    const lessons = lessonsOf.get(schoolClass) ?? []
    cells[`roster:${id}`] = {
      class: { name, grade, homeroom: leaderOf.get(schoolClass) ?? null, bells } satisfies ClassCell,
      ...Object.fromEntries(
        own.map((student) => [
          `student:${student.id}`,
          { name: student.name, from: firstDay } satisfies StudentCell,
        ]),
      ),
      ...Object.fromEntries(
        lessons.map(({ section, post }) => [
          `section:${section.id}`,
          {
            subject: section.subject,
            name: section.name,
            short: section.short,
            group: section.groupName,
            teacher: teacherOf.get(post) ?? null,
            members: membersOfGroup(section, own),
          } satisfies SectionCell,
        ]),
      ),
    }
    cells[`families:${id}`] = familiesOf.get(schoolClass) ?? {}
    cells[`timetable:${id}`] = Object.assign({}, ...lessons.map(weekCells))
  }
  return cells
}

function weekCells({ section: { id, half }, places, room }: SchoolPlan['lessons'][number]): Cells {
  const from = half === 'second' ? firstOfSecondHalf : firstDay
  const to = half === 'first' ? lastOfFirstHalf : null
  return Object.fromEntries(
    places.map(({ weekday, slot }) => [
      `week:${id}-${weekday}-${slot}`,
      { section: id, weekday, slot, room, from, to } satisfies WeekLessonCell,
    ]),
  )
}
