import type { Lesson } from '../calendar/lessons'
import type { Day } from '../journal/ids'
import type { Directory } from '../people/directory'
import { groupBy } from '../plain/group-by'
import { diaryLessonOf, type DiaryLesson, type DiaryMark, type DiaryRemark } from './diary-lesson'
import { homeworkOf, type DiaryHomework, type ReadCells } from './homework-due'

/** Something in a child's diary that its reader has not seen yet. */
export type DiaryNews = { lesson: Lesson; version: number } & (
  | { is: 'mark'; mark: DiaryMark }
  | { is: 'attendance'; absence: DiaryLesson['absence']; reason: DiaryLesson['reason'] }
  | { is: 'remark'; remark: DiaryRemark }
  | { is: 'homework'; homework: DiaryHomework }
)

/**
 * What changed in a child's diary after this version, the newest first. Homework counts while it can still be done:
 * due `today` or later.
 */
export function diaryNews(
  child: string,
  lessons: readonly Lesson[],
  directory: Directory,
  read: ReadCells,
  { since, today }: { since: number; today: Day },
): DiaryNews[] {
  const bySection = groupBy(lessons, ({ section }) => section)
  const news: DiaryNews[] = []
  for (const lesson of lessons) {
    if (Object.keys(read(lesson.id)).length === 0) continue
    const { marks, remarks, absence, reason, attendanceVersion } = diaryLessonOf(
      child,
      lesson,
      directory,
      read,
    )
    for (const mark of marks) news.push({ is: 'mark', mark, lesson, version: mark.version })
    for (const remark of remarks) news.push({ is: 'remark', remark, lesson, version: remark.version })
    if (absence !== null && absence !== 'present') {
      news.push({ is: 'attendance', absence, reason, lesson, version: attendanceVersion })
    }
    const homework = homeworkOf(lesson, bySection.get(lesson.section) ?? [], read)
    if (homework?.text && (homework.due ?? '') >= today)
      news.push({ is: 'homework', homework, lesson, version: homework.version })
  }
  return news.filter(({ version }) => version > since).sort((a, b) => b.version - a.version)
}

/** The highest version that a diary's reader has before their eyes: where the next visit's news begin. */
export function newestVersion(lessons: readonly Lesson[], read: ReadCells): number {
  let newest = 0
  for (const { id } of lessons) {
    for (const { version = 0 } of Object.values(read(id))) newest = Math.max(newest, version)
  }
  return newest
}
