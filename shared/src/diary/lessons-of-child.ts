import { lessonsOf, type Lesson } from '../calendar/lessons'
import type { Day } from '../journal/ids'
import { isEnrolled, type Directory } from '../people/directory'
import { sectionsOfChild } from '../people/viewer'

/** The lessons of one child from one day to another, both included, in order of time (DIA-06). Cancelled ones are among them. */
export function lessonsOfChild(child: string, from: Day, to: Day, directory: Directory): Lesson[] {
  const student = directory.students.get(child)
  if (!student) return []
  const lessons: Lesson[] = []
  for (const id of sectionsOfChild(child, directory)) {
    const section = directory.sections.get(id)
    if (!section) continue
    for (const lesson of lessonsOf(section, from, to, directory)) {
      if (isEnrolled(student, lesson.date)) lessons.push(lesson)
    }
  }
  return lessons.sort(inOrder)
}

function inOrder(a: Lesson, b: Lesson): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1
  return a.slot - b.slot || (a.id < b.id ? -1 : 1)
}
