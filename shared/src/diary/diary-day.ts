import { isSchoolDay, termOf } from '../calendar/calendar'
import type { Lesson } from '../calendar/lessons'
import { weekdayOf } from '../calendar/zone'
import type { Day } from '../journal/ids'
import type { Directory } from '../people/directory'
import { groupBy } from '../plain/group-by'
import { diaryLessonOf, type DiaryLesson } from './diary-lesson'
import { homeworkDueOn, homeworkOf, type DiaryHomework, type ReadCells } from './homework-due'

/** One lesson on a day of the diary. */
export interface DiaryRow extends DiaryLesson {
  lesson: Lesson
  /** Homework to have ready for this lesson, set at earlier ones. */
  due: DiaryHomework[]
  /** Homework that this lesson set. */
  set: DiaryHomework | null
}

export interface DiaryDay {
  date: Day
  /** Why there are no lessons, where there are none. */
  is: 'lessons' | 'weekend' | 'holiday' | 'between-terms' | 'no-lessons'
  /** The public holiday's name. */
  holiday: string | null
  rows: DiaryRow[]
  /** Homework for this day whose subject has no lesson on it. */
  alsoDue: { section: string; homework: DiaryHomework }[]
}

/**
 * One day of one child's diary: the lessons with homework, marks, attendance and remarks (DIA-01 … DIA-06). `lessons`
 * are the child's, in order, from well before the day (what set its homework) to after it (what is due next).
 */
export function diaryDay(
  child: string,
  date: Day,
  lessons: readonly Lesson[],
  directory: Directory,
  read: ReadCells,
): DiaryDay {
  const bySection = groupBy(lessons, ({ section }) => section)
  const today = lessons.filter((lesson) => lesson.date === date)
  const claimed = new Set<string>()
  const rows = today.map((lesson) => {
    const ofSection = bySection.get(lesson.section) ?? []
    // Of a double lesson the first that is held asks for the homework.
    const asks = !lesson.cancelled && !claimed.has(lesson.section)
    if (asks) claimed.add(lesson.section)
    return {
      ...diaryLessonOf(child, lesson, directory, read),
      lesson,
      due: asks ? homeworkDueOn(date, ofSection, read) : [],
      set: homeworkOf(lesson, ofSection, read),
    }
  })
  const alsoDue = [...bySection].flatMap(([section, ofSection]) =>
    claimed.has(section)
      ? []
      : homeworkDueOn(date, ofSection, read).map((homework) => ({ section, homework })),
  )
  return { date, ...kindOfDay(child, date, rows.length > 0, directory), rows, alsoDue }
}

function kindOfDay(
  child: string,
  date: Day,
  hasLessons: boolean,
  directory: Directory,
): Pick<DiaryDay, 'is' | 'holiday'> {
  const { calendar } = directory
  if (hasLessons) return { is: 'lessons', holiday: null }
  const holiday = calendar.holidays.find((candidate) => candidate.date === date)
  if (holiday) return { is: 'holiday', holiday: holiday.name }
  const grade = directory.classes.get(directory.students.get(child)?.class ?? '')?.grade ?? 0
  if (termOf(date, grade, calendar) === null) return { is: 'between-terms', holiday: null }
  if (isSchoolDay(date, grade, calendar) || weekdayOf(date) < 6) return { is: 'no-lessons', holiday: null }
  return { is: 'weekend', holiday: null }
}
