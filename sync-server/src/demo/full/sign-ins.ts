import { fullName, type PersonName } from 'shared/people/names'
import type { DemoAccount } from '../school'
import type { PlannedGuardian, PlannedStudent } from './families'
import type { StaffPerson } from './staff-people'
import type { Tag } from './tag'

interface People {
  staff: readonly StaffPerson[]
  students: readonly PlannedStudent[]
  guardians: readonly PlannedGuardian[]
}

/**
 * Sign-ins for every part that somebody plays. Logins say the part and not the name: names depend on the seed, and who
 * writes «busiest» into a bench or a story should meet the same part in every school.
 */
export function signInsOf({ staff, students, guardians }: People, tag: Tag): DemoAccount[] {
  const made: DemoAccount[] = []
  const add = (plain: string, person: Somebody | undefined, roles: DemoAccount['roles'], note: string) => {
    // A small school has not everybody; a person has one login.
    if (!person || made.some((account) => account.person === person.id)) return
    const login = tag(plain)
    const { id, name } = person
    made.push({ login, password: `${login}-2026`, person: id, name: fullName(name), roles, note })
  }
  const addStaff = (plain: string, person: StaffPerson | undefined, says: (own: StaffPerson) => string) => {
    if (person) add(plain, person, rolesOf(person), says(person))
  }
  const teachers = staff.filter(({ roles }) => roles.includes('teacher') && roles.length === 1)
  const withRole = (role: StaffPerson['roles'][number]) => staff.filter(({ roles }) => roles.includes(role))
  const [busiest] = [...teachers].sort((a, b) => b.post.hours - a.post.hours || (a.id < b.id ? -1 : 1))
  const notYet = (person: StaffPerson) => person !== busiest
  const [deputy, second] = withRole('deputy')
  addStaff('busiest', busiest, (own) => `${teaching(own)}: больше всех в школе`)
  addStaff('homeroom', teachers.filter(notYet).find(leadsOlder), teaching)
  addStaff(
    'first-grade',
    teachers.find(leadsFirst),
    (own) => `${teaching(own)}: без отметок и домашних заданий`,
  )
  addStaff(
    'parent-teacher',
    teachers.filter(notYet).find(({ isParent }) => isParent),
    (own) => `${teaching(own)}; здесь учится и свой ребёнок`,
  )
  addStaff(
    'part-time',
    teachers.find(({ post }) => post.share < 1),
    (own) => `${teaching(own)}: полставки`,
  )
  addStaff('director', withRole('director')[0], seesAll)
  addStaff('deputy', deputy, seesAll)
  addStaff('deputy-two', second, (own) => `${seesAll(own)}; второй заместитель`)
  addStaff('admin', withRole('admin')[0], () => 'Своих уроков и журналов нет')
  addStaff('secretary', withRole('secretary')[0], () => 'Своих уроков и журналов нет')
  addStaff('psychologist', withRole('psychologist')[0], () => 'Своих уроков и журналов нет')
  const families = guardians.filter(({ id }) => !staff.some((person) => person.id === id))
  const ofTwo = families.find(
    ({ children }) => children.length === 2 && children.every(({ class: of }) => of.grade > 1),
  )
  add('guardian-of-two', ofTwo, ['guardian'], `Родитель: ${children(ofTwo)}`)
  const ofOne = families.find(
    ({ children: [only, ...others] }) => only?.class.grade === 5 && others.length === 0,
  )
  add('guardian', ofOne, ['guardian'], `Родитель: ${children(ofOne)}`)
  add('student', ofOne?.children[0], ['student'], `Класс ${ofOne?.children[0]?.class.name}`)
  const older = students.find(({ class: of }) => of.grade === 11)
  add('older-student', older, ['student'], `Класс ${older?.class.name}`)
  return made
}

interface Somebody {
  id: string
  name: PersonName
}

function rolesOf({ roles, post, isParent }: StaffPerson): DemoAccount['roles'] {
  return [
    ...roles,
    ...(post.homeroom ? ['homeroom' as const] : []),
    ...(isParent ? ['guardian' as const] : []),
  ]
}

// Of grades 5 and up, in a subject that the class has every day.
function leadsOlder({ post }: StaffPerson): boolean {
  return (post.homeroom?.grade ?? 0) >= 5 && (post.pool === 'rus' || post.pool === 'math')
}

function leadsFirst({ post }: StaffPerson): boolean {
  return post.homeroom?.grade === 1
}

// «Математика, Алгебра и ещё 2: 5А, 7Б, классный руководитель 7Б».
function teaching({ post: { duty, sections, homeroom } }: StaffPerson): string {
  const subjects = [...new Set(sections.map(({ name }) => name))]
  const classes = [...new Set(sections.map((section) => section.class.name))]
  const own = homeroom ? `, классный руководитель ${homeroom.name}` : ''
  if (duty === 'primary') return `Начальные классы${own}`
  return `${firstOf(subjects, 2)}: ${firstOf(classes, 5)}${own}`
}

function seesAll(own: StaffPerson): string {
  const lessons = own.post.sections.length > 0 ? `; ведёт и свои уроки — ${teaching(own)}` : ''
  return `Видит журналы всех классов${lessons}`
}

function firstOf(list: readonly string[], most: number): string {
  const shown = list.slice(0, most).join(', ')
  return list.length > most ? `${shown} и ещё ${list.length - most}` : shown
}

function children(guardian: PlannedGuardian | undefined): string {
  return (guardian?.children ?? [])
    .map(({ name, class: of }) => `${name.first} ${name.last}, ${of.name}`)
    .join('; ')
}
