import type { PersonName } from './names'
import { fullName, shortName } from './names'

/**
 * The name of each person as a list shows it: short where that tells them apart, with the patronymic for namesakes, and
 * numbered in the order of the list for full namesakes.
 * @example two «Иванов Иван Петрович» // «Иванов Иван Петрович (1)», «Иванов Иван Петрович (2)»
 */
export function listNames(people: readonly { id: string; name: PersonName }[]): Map<string, string> {
  const short = countBy(people.map(({ name }) => shortName(name)))
  const full = countBy(people.map(({ name }) => fullName(name)))
  const numbered = new Map<string, number>()
  const names = new Map<string, string>()
  for (const { id, name } of people) {
    if (short.get(shortName(name)) === 1) {
      names.set(id, shortName(name))
      continue
    }
    const whole = fullName(name)
    const number = (numbered.get(whole) ?? 0) + 1
    numbered.set(whole, number)
    names.set(id, full.get(whole) === 1 ? whole : `${whole} (${number})`)
  }
  return names
}

function countBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
