import type { PersonName } from 'shared/people/names'
import { must } from 'shared/plain/must'
import { chanceOf, type Chance } from '../chance'
import type { PlannedClass } from './classes'
import { childOf, familyName, grownUp, salted, type FamilyName, type PlainName, type Sex } from './names'
import type { Tag } from './tag'

export interface PlannedStudent {
  id: string
  class: PlannedClass
  sex: Sex
  name: PersonName
}

export interface PlannedGuardian {
  id: string
  name: PersonName
  children: PlannedStudent[]
}

export interface Families {
  students: PlannedStudent[]
  guardians: PlannedGuardian[]
}

/** A member of staff who may have children at the school. */
export interface StaffParent {
  id: string
  name: PersonName
  family: FamilyName
}

/** Of a hundred students so many families, and so many guardians: siblings share theirs, and some have only one. */
const share = { families: 0.83, guardians: 1.5 }
const boys = 0.512
const largest = 4

/** The students of these classes, and who brings them up. `staff` are those whose own children study here. */
export function familiesOf(
  classes: readonly PlannedClass[],
  staff: readonly StaffParent[],
  seed: string,
  tag: Tag,
): Families {
  const chance = chanceOf(seed, 'families')
  const seats = classes.flatMap((schoolClass) =>
    Array.from({ length: schoolClass.size }, () => ({
      class: schoolClass,
      sex: chance.happens(boys) ? ('m' as const) : ('f' as const),
    })),
  )
  const households = householdsOf(
    seats.map((seat) => seat.class),
    chance,
  )
  const alone = 2 * households.length - Math.round(share.guardians * seats.length)
  const students: PlannedStudent[] = []
  const guardians: PlannedGuardian[] = []
  const id = (letter: string, number: number) => tag(`${letter}${String(number).padStart(4, '0')}`)
  for (const [i, household] of chance.shuffled(households).entries()) {
    const parent = staff[i - Math.max(0, alone)] ?? null
    const family = parent?.family ?? familyName(chance)
    const [mother, father] = [grownUp(family, 'f', chance), grownUp(family, 'm', chance)]
    const called = new Set<string>()
    const children = household.map((seat): PlannedStudent => {
      const { class: of, sex } = must(seats[seat], 'a seat')
      const own = id('s', seat + 1)
      const name = childName(family, sex, father, called, chance)
      const student = { id: own, class: of, sex, name: salted(name, seed, own) }
      students[seat] = student
      return student
    })
    const add = (name: PlainName) => {
      const own = id('g', guardians.length + 1)
      guardians.push({ id: own, name: salted(name, seed, own), children })
    }
    // An only guardian is the mother six times out of seven.
    if (i < alone) add(chance.happens(0.86) ? mother : father)
    else {
      if (parent) guardians.push({ id: parent.id, name: parent.name, children })
      else add(mother)
      add(father)
    }
  }
  return { students, guardians }
}

// Siblings are not called alike, as long as there are names.
function childName(
  family: FamilyName,
  sex: Sex,
  father: PlainName,
  called: Set<string>,
  chance: Chance,
): PlainName {
  for (let tries = 0; ; tries++) {
    const name = childOf(family, sex, father, chance)
    if (called.has(name.first) && tries < 20) continue
    called.add(name.first)
    return name
  }
}

// Everybody is a family of their own, until some turn out to be somebody's brother or sister in another grade, or a twin.
function householdsOf(seats: readonly PlannedClass[], chance: Chance): number[][] {
  const households = new Map(seats.map((_class, seat) => [seat, [seat]]))
  const heads = seats.map((_class, seat) => seat)
  const wanted = Math.round(share.families * seats.length)
  for (let tries = 0; households.size > wanted && tries < seats.length * 50; tries++) {
    const [one, other] = [chance.whole(0, seats.length - 1), chance.whole(0, seats.length - 1)]
    const [first, second] = [households.get(heads[one] ?? -1), households.get(other)]
    if (!first || second?.length !== 1 || first.includes(other) || first.length >= largest) continue
    // The third child is rare, the fourth rarer.
    if (first.length > 1 && !chance.happens(0.4)) continue
    if (!first.every((seat) => maybeSiblings(seats[seat], seats[other], chance))) continue
    first.push(other)
    households.delete(other)
    heads[other] = heads[one] ?? one
  }
  return [...households.values()]
}

function maybeSiblings(
  one: PlannedClass | undefined,
  other: PlannedClass | undefined,
  chance: Chance,
): boolean {
  if (!one || !other) return false
  if (one === other) return chance.happens(0.4)
  return one.grade !== other.grade
}
