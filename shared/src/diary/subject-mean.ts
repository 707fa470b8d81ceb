import { termOf, type Term } from '../calendar/calendar'
import type { Lesson } from '../calendar/lessons'
import { meanOf } from '../journal/mean'
import type { Directory } from '../people/directory'
import { diaryLessonOf } from './diary-lesson'
import type { ReadCells } from './homework-due'

export interface SubjectMean {
  mean: number
  count: number
  term: Term
}

/** The mean of a child's marks in one section over the term of this lesson (POL-G07), or null where there are none. */
export function subjectMean(
  child: string,
  lesson: Lesson,
  lessons: readonly Lesson[],
  directory: Directory,
  read: ReadCells,
): SubjectMean | null {
  const grade = directory.classes.get(lesson.class)?.grade ?? 0
  const term = termOf(lesson.date, grade, directory.calendar)
  if (!term) return null
  const marks = lessons
    .filter(({ section, date }) => section === lesson.section && date >= term.start && date <= term.end)
    .flatMap((one) => diaryLessonOf(child, one, directory, read).marks)
  const mean = meanOf(marks.map(({ value }) => value))
  return mean === null ? null : { mean, count: marks.length, term }
}
