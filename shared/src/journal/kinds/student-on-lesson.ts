import { isEnrolled } from '../../people/directory'
import { out, waitingFor, type Admission } from '../receipt'
import type { LessonFacts } from './cell-rule'

/**
 * What stands against setting a cell of this student on this lesson, or null. Somebody the school does not know is no
 * person at all (A1); somebody of another class or subgroup may yet be moved into this one.
 */
export function studentOnLesson(id: string, { directory, section, lesson }: LessonFacts): Admission | null {
  const student = directory.students.get(id)
  if (!student) return out('no-such-person')
  const belongs = section.members ? section.members.includes(id) : student.class === section.class
  return belongs && isEnrolled(student, lesson.date) ? null : waitingFor('student')
}
