import { byName } from 'shared/people/names'
import type { PlannedStudent } from './families'
import type { PlannedSection } from './lessons-of-class'

/** Subjects whose groups are boys and girls; the others divide the class's list in two. */
const bySex = new Set(['tech', 'pe'])

/** The students of a group, or null where the whole class is taught together. Two groups of a class are all of it. */
export function membersOfGroup(
  { group, subject }: PlannedSection,
  students: readonly PlannedStudent[],
): string[] | null {
  if (group === null) return null
  if (bySex.has(subject)) {
    const sex = group === 0 ? 'm' : 'f'
    return students.filter((student) => student.sex === sex).map(({ id }) => id)
  }
  const list = [...students].sort((a, b) => byName(a.name, b.name) || (a.id < b.id ? -1 : 1))
  const half = Math.ceil(list.length / 2)
  return (group === 0 ? list.slice(0, half) : list.slice(half)).map(({ id }) => id)
}
