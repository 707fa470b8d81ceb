import type { PersonName } from 'shared/people/names'
import { chanceOf, type Chance } from '../chance'
import source from '../data/names.json' with { type: 'json' }

/** A people with its names: a family takes all of them from one. */
type People = (typeof source)[number]
export type Sex = 'm' | 'f'

/** What the members of a family share. */
export interface FamilyName {
  people: People
  surname: { m: string; f: string }
}

export type PlainName = Omit<PersonName, 'salt'>

/** A surname, of a people as often as it is met. */
export function familyName(chance: Chance): FamilyName {
  let share = chance.next() * source.reduce((sum, people) => sum + people.share, 0)
  const people = source.find((one) => (share -= one.share) < 0) ?? source[0]
  if (!people) throw new Error('no names')
  const [m = '', f = m] = often(people.surnames, chance).split('|')
  return { people, surname: { m, f } }
}

/** A grown-up of this family; whoever married into it may bring a first name from anywhere. */
export function grownUp({ people, surname }: FamilyName, sex: Sex, chance: Chance): PlainName {
  const [given = ''] = often(people.patronymics.length > 0 ? people.patronymics : people.boys, chance).split(
    '|',
  )
  return {
    last: surname[sex],
    first: sex === 'm' ? given : often(people.women, chance),
    middle: patronymicOf(people, sex, chance),
  }
}

/** A child: the patronymic comes from the father's first name where it is known. */
export function childOf(
  { people, surname }: FamilyName,
  sex: Sex,
  father: PlainName,
  chance: Chance,
): PlainName {
  const fromFather = people.patronymics.find((line) => line.startsWith(`${father.first}|`))
  return {
    last: surname[sex],
    first: often(sex === 'm' ? people.boys : people.girls, chance),
    middle: fromFather ? formOf(fromFather, sex) : patronymicOf(people, sex, chance),
  }
}

/** The name with the salt that its commitment needs (L1). */
export function salted(name: PlainName, seed: string, person: string): PersonName {
  return { ...name, salt: chanceOf(seed, 'name', person).salt() }
}

function patronymicOf(people: People, sex: Sex, chance: Chance): string {
  if (people.patronymics.length === 0 || chance.happens(people.noPatronymic)) return ''
  return formOf(often(people.patronymics, chance), sex)
}

// «Александр|Александрович|Александровна».
function formOf(line: string, sex: Sex): string {
  return line.split('|')[sex === 'm' ? 1 : 2] ?? ''
}

// The lists begin with what is met most.
function often(list: readonly string[], chance: Chance): string {
  return list[Math.floor(list.length * chance.next() ** 1.6)] ?? ''
}
