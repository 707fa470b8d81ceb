import type { Role } from 'shared/people/directory-cells'
import type { PersonName } from 'shared/people/names'
import { chanceOf } from '../chance'
import { familyName, grownUp, salted, type FamilyName } from './names'
import type { Post } from './staffing'
import type { Tag } from './tag'

/** Somebody who works at the school. */
export interface StaffPerson {
  id: string
  name: PersonName
  family: FamilyName
  roles: Role[]
  post: Post
  /** Whose own children study here. */
  isParent: boolean
}

const letters: Record<Post['duty'], string> = {
  director: 'h',
  deputy: 'd',
  admin: 'a',
  secretary: 'q',
  psychologist: 'p',
  primary: 't',
  subject: 't',
}
const women = 0.85
/** Of all the staff so many have a child here. */
const parents = 0.08

/** A person for each post. */
export function peopleOfStaff(posts: readonly Post[], seed: string, tag: Tag): StaffPerson[] {
  const chance = chanceOf(seed, 'staff')
  const counts = new Map<string, number>()
  const mothers: StaffPerson[] = []
  const people = posts.map((post): StaffPerson => {
    const letter = letters[post.duty]
    const number = (counts.get(letter) ?? 0) + 1
    counts.set(letter, number)
    const id = tag(`${letter}${String(number).padStart(2, '0')}`)
    const family = familyName(chance)
    const isWoman = chance.happens(women)
    const name = salted(grownUp(family, isWoman ? 'f' : 'm', chance), seed, id)
    const person: StaffPerson = { id, name, family, roles: rolesOf(post), post, isParent: false }
    if (isWoman && letter === 't') mothers.push(person)
    return person
  })
  for (const [i, person] of chance.shuffled(mothers).entries()) {
    person.isParent = i < Math.max(1, Math.round(people.length * parents))
  }
  return people
}

function rolesOf({ duty, sections }: Post): Role[] {
  const own: Role[] = duty === 'primary' || duty === 'subject' ? ['teacher'] : [duty]
  return own[0] !== 'teacher' && sections.length > 0 ? [...own, 'teacher'] : own
}
