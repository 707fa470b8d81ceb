import type { Directory, Section } from '../people/directory'
import { lessonsOf, type Lesson } from './lessons'
import { addDays } from './zone'

/** Longer than any holidays, the summer apart: a section's lesson before or after is found within it. */
const reach = 30

/** The lessons of the same section before and after this one, those of the same day among them; cancelled ones are passed over. */
export function neighboursOf(
  lesson: Lesson,
  section: Section,
  directory: Directory,
): { previous: Lesson | null; next: Lesson | null } {
  const around = lessonsOf(section, addDays(lesson.date, -reach), addDays(lesson.date, reach), directory)
  const held = around.filter(({ cancelled, id }) => !cancelled || id === lesson.id)
  const at = held.findIndex(({ id }) => id === lesson.id)
  return { previous: held[at - 1] ?? null, next: held[at + 1] ?? null }
}
