import type { Day } from '../journal/ids'
import { addressOf } from '../journal/ids'
import type { Directory } from '../people/directory'
import { assigneeOf, lessonOf, lessonsOf, type Lesson } from './lessons'

/** The lessons that a person holds from one day to another, both included, in order: own ones not given away, and those given to them. Cancelled ones are not held. */
export function heldLessons(person: string, from: Day, to: Day, directory: Directory): Lesson[] {
  const lessons: Lesson[] = []
  for (const section of directory.sections.values()) {
    if (section.teacher === person) lessons.push(...lessonsOf(section, from, to, directory))
  }
  for (const [id, { teacher }] of directory.substitutions) {
    const address = addressOf(id)
    if (teacher !== person || address?.type !== 'lesson' || address.date < from || address.date > to) continue
    const lesson = lessonOf(address, directory)
    if (lesson && lesson.teacher !== person) lessons.push(lesson)
  }
  return lessons
    .filter((lesson) => !lesson.cancelled && assigneeOf(lesson) === person)
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.slot - b.slot || (a.id < b.id ? -1 : 1)))
}
