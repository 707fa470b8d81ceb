import * as z from 'zod/mini'
import { salt } from '../journal/entry'

const namePart = z.string().check(z.maxLength(100))

/** A person's name. Salted: it is a personal field (L1). The patronymic may be empty. */
export const personName = z.strictObject({
  last: z.string().check(z.minLength(1), z.maxLength(100)),
  first: namePart,
  middle: namePart,
  salt,
})
export type PersonName = z.infer<typeof personName>

/** «Абрамов Кирилл»: as a class list shows a student. */
export function shortName(name: PersonName): string {
  return name.first ? `${name.last} ${name.first}` : name.last
}

/** «Абрамова С. О.»: as a journal shows a teacher. */
export function initialsName(name: PersonName): string {
  const initial = (part: string) => (part ? ` ${part.charAt(0)}.` : '')
  return `${name.last}${initial(name.first)}${initial(name.middle)}`
}

/** «Абрамов Кирилл Олегович». */
export function fullName(name: PersonName): string {
  return [name.last, name.first, name.middle].filter(Boolean).join(' ')
}

// Built once, and not before it is needed: making a collator costs more than a thousand comparisons.
let collator: Intl.Collator | null = null

/** Orders by surname, then first name and patronymic, as a Russian list does; never by the database. */
export function byName(a: PersonName, b: PersonName): number {
  collator ??= new Intl.Collator('ru')
  return (
    collator.compare(a.last, b.last) ||
    collator.compare(a.first, b.first) ||
    collator.compare(a.middle, b.middle)
  )
}
